"""Tokens: what a link to a draft is known by, and what is kept of one."""

import secrets

from toolkit.documents.canonical import digest

# 256 bits: nobody finds one by trying, however fast, so that wrong guesses need no limiter.
LENGTH = 32


def new_token() -> str:
    """Give a new token, in letters that need no quoting in an address."""
    return secrets.token_urlsafe(LENGTH)


def digest_of(token: str) -> str:
    """Give the SHA-256 of a token as 64 hexadecimal letters."""
    return digest(token.encode())
