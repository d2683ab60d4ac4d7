"""The tokens and codes that give somebody a power over a board. Each is kept as a digest only.

A token is made from the server's secret key and what it is for, so that the link of a board can be shown again to
those who take part, and a request that is sent twice gets the same answer, though nothing at rest tells the token.
"""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from django.conf import settings

# 160 bits.
BYTES = 20
TOKEN = "[A-Za-z0-9_-]{27}"
# Without letters and digits that are taken for each other: 0 and o, 1, i and l.
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
VOWELS = frozenset("aeuy")
CODE_LENGTH = 8


def token_for(*purpose) -> str:
    """Give the token for a purpose, such as ("join", board, 1): the same each time, and nobody else can tell it."""
    return urlsafe_b64encode(_secret(purpose)[:BYTES]).decode().rstrip("=")


def digest_of(token: str) -> str:
    """Give what is kept of a token or code: its SHA-256, in 64 hexadecimal digits."""
    return sha256(token.encode()).hexdigest()


def code_for(*purpose) -> str:
    """Give the short code for a purpose: 8 letters and digits that can be told apart when read out."""
    number, letters = int.from_bytes(_secret(purpose), "big"), ""
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return letters


def spells(code: str) -> bool:
    """Tell whether a code may spell a word, perhaps one that nobody wants to read out: it has a vowel."""
    return not VOWELS.isdisjoint(code)


def code_digest(code: str) -> str:
    """Give what is kept of a code. It is so short that its plain digest could be turned back by trying them all."""
    return hmac.new(settings.SECRET_KEY.encode(), code.encode(), sha256).hexdigest()


def read_code(text: str) -> str:
    """Give a code as it is made, of what somebody typed or pasted: any case, with spaces and hyphens or without.

    "" when it cannot be one.
    """
    letters = "".join(letter for letter in text.lower() if letter.isalnum())
    return letters if len(letters) == CODE_LENGTH and set(letters) <= set(LETTERS) else ""


def _secret(purpose: tuple) -> bytes:
    words = "\0".join(str(part) for part in ("board", *purpose))
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), sha256).digest()
