"""What a mail says: one neutral sentence and one link, in the reader's language; never a score, a rating or a note."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any, Final
from urllib.parse import urlsplit

from flask import current_app

from coach import clock
from coach.accounts.links import full_address
from coach.accounts.services import INVITATION_DAYS, RESET_HOURS
from coach.jobs.models import OutboxMessage
from coach.people.models import Person
from coach.web.language import in_language
from coach.words import Message

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Letter:
    """Hold the words of one kind of mail and where its link leads."""

    subject: Message
    sentence: Message
    link: Callable[[Payload], str]


def _first_page(_payload: Payload) -> str:
    return full_address("home.today")


def _workshop_page(payload: Payload) -> str:
    return full_address("training.workshop", workshop_id=payload["workshop"])


def _objection_page(payload: Payload) -> str:
    if "finding" in payload:
        return full_address("findings.show", finding_id=payload["finding"])
    return full_address("evidence.person_skill", person_id=payload["person"], skill_id=payload["skill"])


LETTERS: Final[Mapping[str, Letter]] = {
    "link_reset": Letter(
        Message("Set a new password"),
        Message(
            "Somebody asked for a new password for your account. Open this link within %(hours)d hours to set one. "
            "If it was not you, leave this mail be: nothing changes.",
            hours=RESET_HOURS,
        ),
        lambda payload: full_address("accounts.reset_link", token=payload["token"]),
    ),
    "link_invite": Letter(
        Message("Your invitation to Didim"),
        Message(
            "You have an account now. Open this link within %(days)d days to choose a password.", days=INVITATION_DAYS
        ),
        lambda payload: full_address("accounts.welcome_link", token=payload["token"]),
    ),
    "assignment_made": Letter(
        Message("Something new for you to learn"),
        Message("Somebody chose a lesson for you. It stands on your first page."),
        _first_page,
    ),
    "finding_opened": Letter(
        Message("Something to look at with your team"),
        Message("There is something new to look at for somebody in your team."),
        lambda payload: full_address("findings.show", finding_id=payload["finding"]),
    ),
    "objection_made": Letter(
        Message("An objection waits for an answer"),
        Message("Somebody whom you coach or manage sees something differently."),
        _objection_page,
    ),
    "coach_needed": Letter(
        Message("Somebody needs a coach"),
        Message("Something waits for an answer, but no coach and no direct manager is there to give one. Add a coach."),
        lambda payload: full_address("people.coaches", person_id=payload["person"]),
    ),
    "practice_waiting": Letter(
        Message("Practice waits for you to score"),
        Message("Somebody whom you coach or manage handed in practice."),
        lambda payload: full_address("practice.score", work_id=payload["work"]),
    ),
    "practice_scored": Letter(
        Message("There is feedback for you"),
        Message("Somebody looked at what you handed in."),
        lambda payload: full_address("practice.show", work_id=payload["work"]),
    ),
    "workshop_seat": Letter(
        Message("You have a seat in a workshop"),
        Message("A seat became free, and it is yours."),
        _workshop_page,
    ),
    "workshop_moved": Letter(
        Message("A workshop of yours has changed"), Message("Its time or place is another one now."), _workshop_page
    ),
    "workshop_called_off": Letter(
        Message("A workshop of yours is called off"), Message("It does not take place."), _workshop_page
    ),
    "outside_waiting": Letter(
        Message("A diploma waits for you to confirm"),
        Message("Somebody whom you coach or manage took a programme elsewhere."),
        lambda _payload: full_address("training.outside_waiting"),
    ),
    "outside_decided": Letter(
        Message("Somebody looked at your diploma"),
        Message("You sent a diploma from elsewhere. See what came of it."),
        lambda _payload: full_address("training.workshops"),
    ),
    "certificate_earned": Letter(
        Message("You have a new certificate"),
        Message("You have gone through the whole path of your role. Your certificate is ready to look at and print."),
        lambda payload: full_address("certificates.show", certificate_id=payload["certificate"]),
    ),
    "recheck_due": Letter(
        Message("A short check is ready for you"), Message("A short check waits on your first page."), _first_page
    ),
    "draft_to_read": Letter(
        Message("A draft to read"),
        Message("An editor asks you to read a draft and say what you think."),
        lambda payload: full_address("publishing.show", draft_id=payload["draft"]),
    ),
}
_HELLO: Final = Message("Hello %(name)s,")
_FOOT: Final = Message("This mail was sent by Didim. Please do not answer it.")


def compose(message: OutboxMessage, person: Person, letter: Letter) -> EmailMessage:
    """Write the mail; its Message-ID is the outbox row's, so that a second delivery can be told from a second mail."""

    def say(words: Message) -> str:
        return in_language(person.language, words)

    mail = EmailMessage()
    host = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    mail["Subject"] = say(letter.subject)
    mail["From"] = formataddr(("Didim", current_app.config["SETTINGS"].mail_from))
    mail["To"] = formataddr((person.name.of(person.language), person.email or ""))
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{message.id}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    hello = say(Message(_HELLO.id, name=person.short_name))
    mail.set_content("\n\n".join((hello, say(letter.sentence), letter.link(message.payload), say(_FOOT))) + "\n")
    return mail
