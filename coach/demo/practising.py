"""What Jiwoo hands in to practise, and what Taeyang says to it."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from coach.access.identity import Identity
from coach.db import session
from coach.demo.people import Ids
from coach.practice import queries, services
from coach.practice.models import Submission
from coach.practice.rows import Handed
from coach.rubrics.queries import rubric_of
from coach.rubrics.rows import Said, Verdict

MAIL: Final = "an-p-mail-after-first-call"
NOTE: Final = "hv-p-studio-to-account"
TEXTS: Final = {
    MAIL: (
        "Dear Mina,\n\n"
        "thank you for the six minutes this morning. This is what I understood: you print drafts every day, and on "
        "Fridays about sixty samples that your customers hold in their hands. On ordinary paper the colours look dull, "
        "and two of them have said so. Is that right?\n\n"
        "One thing I would like to know before I come back to you: the new printer arrives in March. Will the samples "
        "be printed on it too, or stay where they are?\n\n"
        "I call you on Thursday at 10.\n\n"
        "Jiwoo"
    ),
    NOTE: (
        "Design studio, nine people. Need: bright paper for Friday samples, sixty sheets a week. Mina decides, the "
        "owner signs above 500,000 won. Promised: samples by Thursday, I send them.\n\n"
        "To Mina: from Monday Minho looks after you and calls on Monday at 10. He knows what we said, you need not "
        "tell anything twice."
    ),
}
VERDICT: Final = Verdict(
    marks={"use-first": 3, "follows-up": 2, "sums-up": 3, "number": 3},
    focus=("follows-up",),
    note="She can say yes to every sentence of it. Ask what the two customers said, in their own words.",
    remarks=(Said("“Is that right?” is the best line of this mail."),),
)


def hand_in(ids: Ids, task: str) -> None:
    """Let Jiwoo hand in the text of a task."""
    services.hand_in(by=Identity(ids["jiwoo"]), task=queries.task(task), handed=Handed(text=TEXTS[task]))


def score(ids: Ids) -> None:
    """Let Taeyang score the mail."""
    work = session().scalars(sa.select(Submission).where(Submission.item_id == MAIL)).one()
    services.score(by=ids["taeyang"], work=work, rubric=rubric_of(work.skill_id), verdict=VERDICT)
