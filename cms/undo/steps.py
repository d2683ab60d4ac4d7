"""What one request changed for readers, as numbers that a form can carry: pure, without clock or database."""

from dataclasses import astuple, dataclass

from django.core import signing

# With more pages than that a message would be longer than what a browser keeps between two screens.
MOST = 100


class UnableToUndo(Exception):
    """Why something cannot be put back, as a sentence for the person who asked."""


@dataclass(frozen=True)
class Words:
    """Which version of a page readers saw, and which they see now: numbers of revisions, 0 where they see none."""

    page: int
    was: int
    now: int


@dataclass(frozen=True)
class Place:
    """Where a page stood, and where it stands now: below which page, and before which (0: the last)."""

    page: int
    was_below: int
    was_before: int
    now_below: int


Steps = list[Words | Place]


def sealed(steps: Steps, *, user_id: int) -> str:
    """Give steps as a text that only its own user can send back, and nobody can change."""
    return signing.dumps([astuple(step) for step in steps], salt=_salt(user_id), compress=True)


def unsealed(text: str, *, user_id: int) -> Steps:
    """Give the steps of such a text. Raises `signing.BadSignature` for any other."""
    return [Words(*one) if len(one) == 3 else Place(*one) for one in signing.loads(text, salt=_salt(user_id))]


def _salt(user_id: int) -> str:
    return f"undo-{user_id}"
