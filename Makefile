# Didim: two commands to know are `make run` and `make test`. `make help` lists the others.
.DEFAULT_GOAL := help
.PHONY: help run demo test lint unit slow sure format lock vendor clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name what; do printf '%-14s %s\n' "$$name" "$$what"; done

run: ## Set up and serve on http://127.0.0.1:8000 (another port: PORT=8001 make run)
	@tools/setup run
	@tools/run

demo: ## Put a fresh demo database in place of the one under var/
	@tools/setup run
	@.venv/bin/flask --app wsgi demo fresh

test: ## Linters, then tests on SQLite and PostgreSQL, then the browser journeys
	@tools/setup dev
	@tools/lint
	@tools/test quick

lint: ## The linters alone
	@tools/setup dev
	@tools/lint

unit: ## The tests on SQLite alone, without linters (narrow it: make unit ONLY=tests/slices)
	@tools/setup dev
	@tools/test sqlite

slow: ## Simulations and drills
	@tools/setup dev
	@tools/test slow

sure: ## All that CI does: test, then slow
	@.ci/run

format: ## Rewrite the code in the house style
	@tools/setup dev
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .

lock: ## Lock the newest versions that requirements*.in allow, with hashes
	@tools/setup dev
	@tools/lock

vendor: ## Rebuild the vendored browser files from their packages (needs npm)
	@tools/setup dev
	@tools/vendor

clean: ## Remove what setup and tests made; keeps var/, where the database is
	rm -rf .venv .tools build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
