"""append-only tables refuse update and delete

Evidence, retractions, events and audit entries are only ever added. The retention job may delete rows older than its
permit says; the permit lives in one row, for the length of the job's transaction.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = {"evidence": "entered_at", "retraction": "at", "event": "at", "audit_entry": "at"}


def upgrade() -> None:
    """Go up."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        op.execute(FUNCTIONS)
    for table, moment in TABLES.items():
        for statement in (SQLITE if sqlite else POSTGRESQL).format(table=table, moment=moment).split("--next"):
            op.execute(statement)


def downgrade() -> None:
    """Go down."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in TABLES:
        for what in ("update", "delete"):
            op.execute(f"DROP TRIGGER append_only_{table}_{what}" + ("" if sqlite else f" ON {table}"))
    if not sqlite:
        op.execute("DROP FUNCTION append_only_refuse()")
        op.execute("DROP FUNCTION append_only_permit()")


SQLITE = """
CREATE TRIGGER append_only_{table}_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
--next
CREATE TRIGGER append_only_{table}_delete BEFORE DELETE ON {table}
WHEN NOT EXISTS (SELECT 1 FROM retention_permit p WHERE p.table_name = '{table}' AND OLD.{moment} < p.before)
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

FUNCTIONS = """
CREATE FUNCTION append_only_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE FUNCTION append_only_permit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE allowed boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM retention_permit p WHERE p.table_name = $1 AND ($2).%I < p.before)',
                   TG_ARGV[0]) INTO allowed USING TG_TABLE_NAME, OLD;
    IF allowed THEN RETURN OLD; END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
"""

POSTGRESQL = """
CREATE TRIGGER append_only_{table}_update BEFORE UPDATE OR TRUNCATE ON {table}
EXECUTE FUNCTION append_only_refuse()
--next
CREATE TRIGGER append_only_{table}_delete BEFORE DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION append_only_permit('{moment}')
"""
