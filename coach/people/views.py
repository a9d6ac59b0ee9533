"""Pages of people."""

from __future__ import annotations

from typing import Final

from flask import Blueprint

pages: Final = Blueprint("people", __name__)
