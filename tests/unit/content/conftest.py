"""Every test gets a copy of the small library that it may damage."""

from __future__ import annotations

import pytest

from tests.unit.content.small_library import GOOD


@pytest.fixture
def sources() -> dict[str, str]:
    return dict(GOOD)
