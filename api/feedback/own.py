"""A key with which a reader takes their answer back: it names the answer, and holds for a day."""

from datetime import timedelta

from django.core import signing

SALT = "feedback.own"
HOLDS = timedelta(days=1)


def key_of(answer: int) -> str:
    return signing.dumps(answer, salt=SALT)


def answer_of(key: str) -> int | None:
    """Give the answer that a key is for, None where it is no key of ours or holds no more."""
    try:
        return signing.loads(key, salt=SALT, max_age=HOLDS)
    except signing.BadSignature:
        return None
