"""What a night does for certificates: whoever seems to have everything is looked at again.

It renews what ends soon, and finds what no lesson and no piece of evidence brought about: a new role, a changed path.
"""

from __future__ import annotations

from coach.certificates import services
from coach.db import pause, session, unit_of_work


def look_again() -> None:
    """Look at everybody who is ready, each in a transaction of their own."""
    who = list(session().scalars(services.ready()))
    pause()
    for person_id in who:
        with unit_of_work():
            services.consider(person_id)
