"""Pages of assignments."""

from __future__ import annotations

from typing import Final

from flask import Blueprint

pages: Final = Blueprint("assignments", __name__)
