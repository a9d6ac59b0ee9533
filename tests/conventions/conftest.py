"""The filled department, for tests that walk through the product."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from tests.applications import Applications
from tests.conventions.walk import Walk, Walker
from tests.conventions.world import World, fill


@pytest.fixture(scope="session")
def world(applications: Applications, folder: Path) -> World:
    """Fill the department once."""
    return fill(applications, folder)


@pytest.fixture
def filled(world: World) -> Iterator[Flask]:
    """Give an application on a copy of the filled department."""
    with world.app() as app:
        yield app


@pytest.fixture
def walker(filled: Flask, world: World) -> Walker:
    """Give somebody who walks through the product as any member of the cast."""
    return Walker(filled, world)


@pytest.fixture(scope="session")
def walk(world: World) -> Callable[[str], Walk]:
    """Give what somebody comes to on a walk through the product; each walks once a run."""

    @cache
    def once(who: str) -> Walk:
        with world.app() as app:
            return Walker(app, world).walk(who)

    return once
