"""A bounded load on loopback: a few connections, a fixed number of requests, and what the server's processes spent."""

from __future__ import annotations

import http.client
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

CONNECTIONS = 4
TICKS = os.sysconf("SC_CLK_TCK")

Request = Callable[[http.client.HTTPConnection, int], int]
"""Send request number i over a connection; return the status."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Hold one run: requests a second, 95th percentile in milliseconds, CPU milliseconds an answer, bytes of a page."""

    per_second: float
    p95_ms: float
    cpu_ms: float


def measure(port: int, pid: int, request: Request, *, count: int, warm: int = 40) -> Measured:
    """Send `count` requests over four connections to loopback and measure the answers and the server's CPU."""
    _run(port, request, warm)
    before, begun = cpu_seconds(pid), perf_counter()
    times = _run(port, request, count)
    spent = perf_counter() - begun
    return Measured(
        count / spent, sorted(times)[int(len(times) * 0.95)] * 1000, (cpu_seconds(pid) - before) * 1000 / count
    )


def cpu_seconds(pid: int) -> float:
    """Add up user and system seconds of a process and its children that live."""
    total = 0.0
    for member in [pid, *_children(pid)]:
        fields = Path(f"/proc/{member}/stat").read_text().rsplit(")", 1)[1].split()
        total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_children(int(child))]
    return found


def _run(port: int, request: Request, count: int) -> list[float]:
    times: list[float] = []
    numbers = iter(range(count))
    lock = threading.Lock()
    problems: list[str] = []

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None or problems:
                return
            begun = perf_counter()
            status = request(connection, number)
            took = perf_counter() - begun
            with lock:
                times.append(took)
                if status >= 400:
                    problems.append(f"request {number}: {status}")

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise RuntimeError(problems[0])
    return times
