"""Pages of evidence."""

from __future__ import annotations

from typing import Final

from flask import Blueprint

pages: Final = Blueprint("evidence", __name__)
