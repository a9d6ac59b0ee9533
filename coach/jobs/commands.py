"""`flask worker`: deliver the outbox and do the night's work, in the foreground."""

from __future__ import annotations

import logging
from typing import Final

import click
from flask.cli import ScriptInfo

from coach.jobs.queue import install_tasks, open_queue

THREADS: Final = 2


@click.command("worker")
@click.pass_context
def worker(context: click.Context) -> None:
    """Work until SIGTERM or SIGINT; what was begun is finished first on SIGTERM."""
    app = context.ensure_object(ScriptInfo).load_app()
    settings = app.config["SETTINGS"]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("huey").setLevel(logging.WARNING)
    queue = open_queue(settings.database_url, settings.var, secret=settings.secret_key)
    install_tasks(queue, app)
    click.echo("The worker is ready.")
    queue.create_consumer(workers=THREADS, scheduler_interval=1, max_delay=1.0, graceful_signal="TERM").run()
