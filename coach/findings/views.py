"""Pages of findings."""

from __future__ import annotations

from typing import Final

from flask import Blueprint

pages: Final = Blueprint("findings", __name__)
