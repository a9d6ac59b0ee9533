"""Verbs of what happens to accounts."""

from typing import Final

SIGNED_IN: Final = "account.signed_in"
SIGNED_OUT: Final = "account.signed_out"
PASSWORD_SET: Final = "account.password_set"  # noqa: S105 -- a verb
LINK_SENT: Final = "account.link_sent"
PREFERENCES_CHANGED: Final = "account.preferences_changed"
