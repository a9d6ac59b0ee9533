"""people in the order of the language that they are read in

A second column holds the order of names in Korean, and both are filled anew from the names kept. On PostgreSQL both
compare by code point, as SQLite does: the language of a server then orders nobody differently.
"""

from __future__ import annotations

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PERSON = sa.table(
    "person",
    sa.column("id", sa.Uuid()),
    sa.column("name", sa.JSON()),
    sa.column("sort_name", sa.String()),
    sa.column("sort_name_ko", sa.String()),
)
PLAIN = sa.String(200)
BY_CODE_POINT = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sort_name_ko", BY_CODE_POINT, nullable=True))
    _fill()
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.alter_column("sort_name", existing_type=PLAIN, existing_nullable=False, type_=BY_CODE_POINT)
        batch_op.alter_column("sort_name_ko", existing_type=BY_CODE_POINT, nullable=False)
        batch_op.create_index("ix_person_sort_name_ko", ["sort_name_ko", "id"], unique=False)


def downgrade() -> None:
    """Go down; what the first column holds now is as good as what it held."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index("ix_person_sort_name_ko")
        batch_op.drop_column("sort_name_ko")
        batch_op.alter_column("sort_name", existing_type=BY_CODE_POINT, existing_nullable=False, type_=PLAIN)


def _fill() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(PERSON.c.id, PERSON.c.name)).all()
    change = sa.update(PERSON).where(PERSON.c.id == sa.bindparam("person"))
    change = change.values(sort_name=sa.bindparam("english"), sort_name_ko=sa.bindparam("korean"))
    if rows:
        connection.execute(change, [{"person": id_, **_orders(name)} for id_, name in rows])


def _orders(name: dict[str, str]) -> dict[str, str]:
    english, korean = _folded(name["en"]), _folded(name["ko"])
    first = "0" if "가" <= korean[:1] <= "힣" else "1"
    return {"english": _both(english, korean)[:200], "korean": f"{first}{_both(korean, english)}"[:200]}


def _folded(text: str) -> str:
    bare = (mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(unicodedata.normalize("NFC", "".join(bare)).lower().split())


def _both(first: str, second: str) -> str:
    return first if first == second else f"{first} {second}"
