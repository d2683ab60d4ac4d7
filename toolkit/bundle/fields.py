"""The fields of content files: which there are for each type of page, and what may stand in them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

from toolkit.consent import Consent, Naming
from toolkit.models.home import PROMPTS
from toolkit.models.lake import MOST, IdeaKind, Where
from toolkit.models.voices import Kind
from toolkit.translation.states import PUBLIC_STATES

CODE = re.compile(r"[A-Za-z0-9_-]+")
DRAFT = "draft"
# Words that somebody took back do not travel.
CONSENTS = [consent for consent in Consent.values if consent != Consent.WITHDRAWN]

Check = Callable[[object], object]


def text(value) -> str:
    """Give words as they are. YAML takes `no` for false, and `[a]` for a list: such words need quotes."""
    if isinstance(value, bool | list | dict):
        raise ValueError("must be words; put them in quotes")
    return "" if value is None else str(value)


def number(value) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise ValueError("must be a number")
    return value


def count(value) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST):
        raise ValueError(f"must be a whole number from 1 to {MOST}")
    return value


def day(value) -> date | None:
    if value is not None and (isinstance(value, datetime) or not isinstance(value, date)):
        raise ValueError("must be a day, such as 2026-11-22")
    return value


def moment(value) -> datetime | None:
    if value is not None and not isinstance(value, datetime):
        raise ValueError("must be a day and a time, such as 2026-11-22 10:00:00+00:00")
    return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


def code(value) -> str:
    if not CODE.fullmatch(text(value)):
        raise ValueError(f"must be a code (letters, numbers and hyphens), not “{value}”")
    return str(value)


def key(value) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError:
        raise ValueError(f"must be a key such as 12345678-1234-1234-1234-123456789abc, not “{value}”") from None


def codes(value) -> list[str]:
    if not isinstance(value or [], list):
        raise ValueError("must be a list of codes")
    return [code(item) for item in value or []]


def one_of(*choices: str) -> Check:
    def check(value):
        if text(value) not in choices:
            raise ValueError(f"must be one of {', '.join(filter(None, choices))}, not “{value}”")
        return str(value or "")

    return check


def prompts(value) -> dict:
    if not isinstance(value, dict):
        raise ValueError(f"must have {', '.join(PROMPTS)}")
    return checked(value, dict.fromkeys(PROMPTS, text), PROMPTS)


def credits(value) -> list[dict]:
    if not isinstance(value or [], list) or not all(isinstance(credit, dict) for credit in value or []):
        raise ValueError("must be a list, each with a name")
    return [checked(credit, {"name": text, **CREDIT, "key": key}, ["name"]) for credit in value or []]


CREDIT = {
    "year": number,
    "naming": one_of(*Naming.values),
    "thanks": text,
    "consent": one_of(*CONSENTS),
    "consent_date": day,
    "consent_until": day,
    "consent_scope": text,
}
FIRST = {"type": text, "title": text, "slug": text, "order": number}
LAST = {
    "state": one_of(DRAFT),
    "translation": one_of(*PUBLIC_STATES),
    "review": one_of("needed"),
    "key": key,
    "published_at": moment,
    "updated_at": moment,
    "expire_at": moment,
}
PAGE = {"summary": text}
IDEA = {
    "kind": one_of(*IdeaKind.values),
    **PAGE,
    "stages": codes,
    "marks": codes,
    "time": text,
    "minutes": count,
    "group_size": text,
    "people_from": count,
    "people_to": count,
    "setting": one_of("", *Where.values),
    "credits": credits,
    "source": text,
    "source_url": text,
}
# In the order in which they stand in a file.
OF_TYPE = {
    "toolkit": {**PAGE, "prompts": prompts},
    "stage": PAGE,
    "mark": PAGE,
    "quote": {"kind": one_of(*Kind.values), "credit": text, **CREDIT, "original_language": text},
    "idea": IDEA,
    "term": {},
    "lake": PAGE,
    "voices": PAGE,
    "glossary": PAGE,
    "guide": PAGE,
    "easy-read": PAGE,
}
# The fields that a file of each type must have.
REQUIRED = {
    "toolkit": ["title", "summary", "prompts"],
    "stage": ["title", "order", "summary"],
    "mark": ["title", "order", "summary"],
    "quote": ["title", "kind"],
    "idea": ["title", "kind", "summary", "credits"],
    "term": ["title"],
    "lake": ["title", "order", "summary"],
    "voices": ["title", "order", "summary"],
    "glossary": ["title", "order", "summary"],
    "guide": ["title", "order", "summary"],
    "easy-read": ["title", "summary"],
}


def checked_fields(fields: dict) -> dict:
    """Give the fields of a file in their order. Raises ValueError, naming the field and what may stand in it."""
    if fields.get("type") not in OF_TYPE:
        raise ValueError(f"the type “{fields.get('type')}” is none of {', '.join(OF_TYPE)}")
    known = {**FIRST, **OF_TYPE[fields["type"]], **LAST}
    return checked(fields, known, REQUIRED[fields["type"]])


def checked(fields: dict, known: dict[str, Check], required: list[str]) -> dict:
    """Give fields in the order of those that are known. Raises ValueError for unknown, missing and wrong ones."""
    if unknown := [str(name) for name in fields if name not in known]:
        raise ValueError(f"there is no field {', '.join(unknown)} here; the fields are {', '.join(known)}")
    if missing := [name for name in required if name not in fields]:
        raise ValueError(f"these fields are missing: {', '.join(missing)}")
    return {name: _checked(name, check, fields[name]) for name, check in known.items() if name in fields}


def _checked(name: str, check: Check, value):
    try:
        return check(value)
    except ValueError as error:
        raise ValueError(f"the field {name} {error}") from None
