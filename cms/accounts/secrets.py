"""What people are shown once: tokens of invitations and backup codes, and what is kept of them."""

import re
import secrets

from django.utils.crypto import salted_hmac

from toolkit.documents.canonical import digest

# So many backup codes, of so many digits each. On a phone, the field for codes brings up a keyboard without letters.
CODES, LENGTH = 10, 12


def new_token() -> str:
    """Give a token of 256 bits: nobody finds one by trying, so that wrong guesses need no limiter."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Give the SHA-256 of a token as 64 hexadecimal letters."""
    return digest(token.encode())


def new_codes() -> list[str]:
    """Give backup codes, such as 1234 5678 9012."""
    made = [f"{secrets.randbelow(10**LENGTH):0{LENGTH}}" for _code in range(CODES)]
    return [f"{code[:4]} {code[4:8]} {code[8:]}" for code in made]


def digest_of_code(code: str) -> str:
    """Give what is kept of a backup code, with or without spaces.

    A code has only 40 bits. So the digest is keyed: a copy of the database alone does not let anybody try them all.
    """
    plain = re.sub(r"[\s-]", "", code)
    return salted_hmac("cms.accounts.backup-code", plain, algorithm="sha256").hexdigest()
