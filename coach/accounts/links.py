"""Addresses that leave the house: built from the configured base address, never from a request's host."""

from __future__ import annotations

from flask import current_app


def full_address(endpoint: str, **values: object) -> str:
    """Give the full address of a page, for a mail or a terminal."""
    path = current_app.url_map.bind("didim.invalid").build(endpoint, values)
    return f"{current_app.config['BASE_URL']}{path}"
