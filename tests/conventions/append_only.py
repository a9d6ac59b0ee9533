"""The tables that refuse update and delete, and the moment by which their retention is counted."""

from __future__ import annotations

from typing import Final

APPEND_ONLY: Final = {"evidence": "entered_at", "retraction": "at", "event": "at", "audit_entry": "at"}
