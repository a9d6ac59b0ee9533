"""The outbox: delivered at least once, tried again with longer waits, given up in the end."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from coach import clock
from coach.db import begin_writing, discard, end_writing, session, unit_of_work
from coach.jobs.alone import alone
from coach.jobs.delivery import TRIES, Undeliverable, deliver_due, wait_after
from coach.jobs.models import OutboxMessage
from coach.jobs.queue import connect, install_tasks, is_due, open_queue, run_nightly
from coach.jobs.services import send_later


@pytest.fixture
def message_id(app, cast):
    with unit_of_work():
        send_later("link_reset", to=cast("jiwoo"), token="secret-token")
    return session().scalar(sa.select(OutboxMessage.id))


def look(message_id):
    session().rollback()
    return session().get_one(OutboxMessage, message_id, populate_existing=True)


class Broken:
    """Be a mail server that is down for the first tries."""

    def __init__(self, failures):
        self.failures, self.taken = failures, []

    def __call__(self, message):
        if self.failures:
            self.failures -= 1
            raise ConnectionRefusedError
        self.taken.append((message.kind, dict(message.payload)))


def test_a_message_leaves_once_and_what_it_carried_is_forgotten(message_id):
    server = Broken(failures=0)
    assert deliver_due(server) == 1
    assert deliver_due(server) == 0
    assert server.taken == [("link_reset", {"token": "secret-token"})]
    assert look(message_id).sent_at == clock.now()
    assert look(message_id).payload == {}


def test_a_failed_message_waits_longer_each_time_and_then_leaves(message_id, frozen):
    server = Broken(failures=2)
    for tries in (1, 2):
        assert deliver_due(server) == 0
        assert look(message_id).due_at == clock.now() + wait_after(tries)
        assert deliver_due(server) == 0, "not before its time"
        frozen.shift(wait_after(tries))
    assert deliver_due(server) == 1
    assert look(message_id).attempts == 3


def test_a_message_is_given_up_after_eight_tries(message_id, frozen):
    server = Broken(failures=100)
    for _ in range(TRIES + 3):
        deliver_due(server)
        frozen.shift(timedelta(days=1))
    assert server.failures == 100 - TRIES
    assert look(message_id).failed_at is not None
    assert look(message_id).payload == {}


def test_a_worker_that_dies_while_sending_leaves_the_message_to_the_next_try(message_id, frozen):
    def die(message):
        raise SystemExit

    with pytest.raises(SystemExit):
        deliver_due(die)
    server = Broken(failures=0)
    assert deliver_due(server) == 0, "still claimed"
    frozen.shift(wait_after(1))
    assert deliver_due(server) == 1


def test_a_slow_mail_server_gets_no_message_from_two_workers(app, cast, frozen):
    with unit_of_work():
        for who in ("jiwoo", "taeyang", "sora", "kyungmi"):
            send_later("link_reset", to=cast(who))
    taken = []

    def another_worker():
        with app.app_context():
            deliver_due(lambda message: taken.append(message.person_id))

    def slow(message):
        taken.append(message.person_id)
        discard()
        frozen.shift(wait_after(1) - timedelta(seconds=1))
        thread = threading.Thread(target=another_worker)
        thread.start()
        thread.join(30)

    deliver_due(slow)
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 4


def test_what_can_not_be_delivered_is_not_tried_again(message_id):
    def refuse(message):
        raise Undeliverable("nobody there")

    assert deliver_due(refuse) == 0
    assert look(message_id).failed_at == clock.now()
    assert look(message_id).attempts == 1


def test_no_transaction_is_open_for_others_while_a_message_is_claimed(message_id, app):
    def write_meanwhile(message):
        if message.id == message_id:
            with unit_of_work():
                send_later("recheck_due", to=None)

    assert deliver_due(write_meanwhile) == 2
    assert session().scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 2


def test_an_outbox_row_of_a_rolled_back_transaction_never_leaves(app, cast):
    begin_writing()
    send_later("recheck_due", to=cast("jiwoo"))
    discard()
    end_writing()
    assert deliver_due(Broken(failures=0)) == 0


@pytest.mark.parametrize(
    ("hour", "done_on", "due"),
    [(2, None, False), (3, None, True), (3, "2026-11-23", False), (3, "2026-11-22", True), (15, "2026-11-20", True)],
)
def test_the_night_comes_once_a_day_from_three_on(hour, done_on, due):
    assert is_due(clock.now().replace(hour=hour), done_on) is due


def test_a_step_of_the_night_that_fails_does_not_stop_the_others(app, caplog):
    done = []

    def fails():
        session().execute(sa.text("SELECT 1 FROM nowhere"))

    def counts():
        with unit_of_work():
            done.append(session().scalar(sa.select(sa.func.count()).select_from(OutboxMessage)))

    run_nightly((counts, fails, counts))
    assert done == [0, 0]
    assert "fails" in caplog.text


def test_a_night_longer_than_a_minute_is_not_begun_again(app, tmp_path, frozen):
    frozen.move_to(clock.now().replace(hour=20))  # five in the morning in Seoul
    queue, nights = open_queue(f"sqlite:///{tmp_path}/x.db", tmp_path, secret="s" * 32), []
    queue.immediate = True

    def tick():
        [task] = queue._registry.periodic_tasks
        queue.execute(task)

    def slow():
        nights.append(1)
        tick()  # a minute later the clock asks again

    connect(app, send=Broken(failures=0), nightly=(slow,))
    install_tasks(queue, app)
    tick()
    tick()
    assert nights == [1]
    frozen.shift(timedelta(days=1))
    tick()
    assert nights == [1, 1]


def test_a_worker_that_starts_leaves_the_night_to_the_one_at_it(app, tmp_path, frozen):
    frozen.move_to(clock.now().replace(hour=20))
    queue, nights = open_queue(f"sqlite:///{tmp_path}/x.db", tmp_path, secret="s" * 32), []
    queue.immediate = True
    connect(app, send=Broken(failures=0), nightly=(lambda: nights.append(1),))
    install_tasks(queue, app)
    [task] = queue._registry.periodic_tasks
    with alone(app.config["SETTINGS"].var) as is_alone:
        assert is_alone
        queue.execute(task)
        assert nights == []
    queue.execute(task)
    assert nights == [1]
