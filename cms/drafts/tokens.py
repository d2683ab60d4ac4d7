"""Tokens: what a link to a draft is known by, and what is kept of one."""

from base64 import urlsafe_b64encode

from django.utils.crypto import salted_hmac

from toolkit.documents.canonical import digest


def token_for(*made_for) -> str:
    """Give the token of a link by what it is made for, in 43 letters that need no quoting in an address.

    It is an HMAC-SHA256 under our secret key. 256 bits: nobody finds one by trying, however fast, so that wrong
    guesses need no limiter.
    """
    made = salted_hmac("cms.drafts", " ".join(map(str, made_for)), algorithm="sha256").digest()
    return urlsafe_b64encode(made).rstrip(b"=").decode()


def digest_of(token: str) -> str:
    """Give the SHA-256 of a token as 64 hexadecimal letters."""
    return digest(token.encode())
