"""Argon2id. Hashing is slow on purpose and never runs inside a transaction."""

from __future__ import annotations

from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from coach.errors import Invalid
from coach.words import Message

SHORTEST: Final = 12
LONGEST: Final = 256
_hasher: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # OWASP's Argon2id minimum


def make_hash(password: str) -> str:
    """Hash a new password; raise Invalid where it is too short, too long or on every attacker's list."""
    if len(password) < SHORTEST:
        raise Invalid(Message("Use at least %(n)d characters. A sentence works well.", n=SHORTEST), field="password")
    if len(password) > LONGEST:
        raise Invalid(Message("Use at most %(n)d characters.", n=LONGEST), field="password")
    if len(set(password.lower())) < SHORTEST // 2 or any(word in password.lower() for word in _GUESSED):
        raise Invalid(Message("This password is easy to guess. Try a sentence of your own."), field="password")
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Check a password; an account without one costs the same time and says no."""
    nobody = _nobody()  # made on the first call whoever asks, so that it tells nothing
    try:
        verified = _hasher.verify(stored or nobody, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return verified and stored is not None


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")


_GUESSED: Final = ("password", "123456", "qwerty", "letmein", "iloveyou", "didimdidim", "abcdef")
