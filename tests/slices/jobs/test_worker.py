"""The worker as a process: it delivers by itself and ends cleanly when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
import sqlalchemy as sa

from coach.clock import EPOCH
from coach.db import session, unit_of_work
from coach.jobs.models import OutboxMessage
from coach.jobs.services import send_later

PATIENCE = 60


@pytest.fixture
def worker(app, tmp_path):
    """Start `flask worker` on the database of this test."""
    settings = app.config["SETTINGS"]
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "DIDIM_VAR": str(tmp_path),
        "DIDIM_SECRET_KEY": settings.secret_key,
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        yield process
        process.kill()


def wait_for(what):
    """Look ten times a second, for a minute at most."""
    for _ in range(PATIENCE * 10):
        if what():
            return True
        time.sleep(0.1)
    return False


def test_a_message_leaves_by_itself_and_sigterm_ends_the_worker(worker, cast, tmp_path):
    with unit_of_work():
        send_later("recheck_due", to=cast("jiwoo"))
        session().execute(sa.update(OutboxMessage).values(due_at=EPOCH))  # the worker has a clock of its own
    assert wait_for(lambda: list(tmp_path.glob("mail/*.eml")) or worker.poll() is not None)
    assert len(list(tmp_path.glob("mail/*.eml"))) == 1
    worker.send_signal(signal.SIGTERM)
    assert wait_for(lambda: worker.poll() is not None)
    out, _ = worker.communicate()
    assert (worker.returncode, b"Traceback" in out) == (0, False), out
