"""The worker as a process: it delivers by itself and ends cleanly when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from coach.db import unit_of_work
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
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "worker"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    yield process
    process.kill()
    process.communicate()


def test_a_message_leaves_by_itself_and_sigterm_ends_the_worker(worker, cast, tmp_path):
    with unit_of_work():
        send_later("recheck_due", to=cast("jiwoo"))
    for _ in range(PATIENCE * 10):
        if list(tmp_path.glob("mail/*.eml")) or worker.poll() is not None:
            break
        time.sleep(0.1)
    assert len(list(tmp_path.glob("mail/*.eml"))) == 1, worker.poll()
    worker.send_signal(signal.SIGTERM)
    out, _ = worker.communicate(timeout=PATIENCE)
    assert worker.returncode == 0, out
    assert b"Traceback" not in out
