"""Send an outbox message as mail: read, write the letter, end the transaction, hand it over."""

from __future__ import annotations

from flask import current_app

from coach.db import pause, session
from coach.jobs.delivery import Undeliverable
from coach.jobs.models import OutboxMessage
from coach.notifications.letters import LETTERS, compose
from coach.notifications.postboxes import postbox
from coach.people.models import Person


def send(message: OutboxMessage) -> None:
    """Send one message to its person; raise Undeliverable where no try will help."""
    letter = LETTERS.get(message.kind)
    person = session().get(Person, message.person_id) if message.person_id else None
    if letter is None:
        raise Undeliverable("nobody wrote a letter of this kind")
    if person is None or not person.is_active or not person.email:
        raise Undeliverable("the person is not here or has no address")
    mail = compose(message, person, letter)
    pause()  # no transaction stays open while a mail server thinks
    settings = current_app.config["SETTINGS"]
    postbox(settings.mail_url, settings.var).take(mail)
