"""Passwords for one use: made by chance, read aloud easily, replaced by their owner at once."""

import secrets
from typing import Final

from django.contrib.auth.hashers import PBKDF2PasswordHasher

#: Without what looks or sounds alike: 0 o 1 i l u v.
_LETTERS: Final = "abcdefghjkmnpqrstwxyz23456789"
_GROUPS, _LENGTH = 4, 4
#: A hash is slow because people choose guessable passwords. These hold 77 bits of chance, and a
#: file of five hundred accounts must not take a minute; the first sign-in replaces it anyway.
_ROUNDS: Final = 20_000


def make() -> str:
    """Such as ``k7mq-xw3d-9fzt-hbn4``."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


def hashed(password: str) -> str:
    """For ``User.password``."""
    hasher = PBKDF2PasswordHasher()
    return hasher.encode(password, hasher.salt(), iterations=_ROUNDS)
