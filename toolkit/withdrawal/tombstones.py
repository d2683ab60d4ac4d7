"""Asking what was taken back, and keeping that beside the releases too, where no backup of the database undoes it."""

import json
from collections.abc import Collection

from django.utils.dateparse import parse_datetime

from toolkit.models.withdrawals import Withdrawal, WithdrawnPassage
from toolkit.withdrawal.words import all_digests

# What SQLite takes in one question, and more.
ASKED_AT_ONCE = 500
# Beside the releases: see api/releases/verify.py.
NAME = "withdrawn.json"
FIELDS = ("key", "kind", "code", "page_keys", "blobs", "made_at", "digests")


def is_withdrawn(key) -> bool:
    """Tell whether what has this key was taken back."""
    return Withdrawal.objects.filter(key=key).exists()


def withdrawn_among(texts: Collection[str]) -> set[str]:
    """Give those of some texts that somebody took back, as a whole or a sentence of them."""
    if not texts or not WithdrawnPassage.objects.exists():
        return set()
    by_text = {text: all_digests(text) for text in texts}
    asked = sorted({digest for digests in by_text.values() for digest in digests})
    known = set()
    for start in range(0, len(asked), ASKED_AT_ONCE):
        some = asked[start : start + ASKED_AT_ONCE]
        known |= set(WithdrawnPassage.objects.filter(digest__in=some).values_list("digest", flat=True))
    return {text for text, digests in by_text.items() if not known.isdisjoint(digests)}


# --- The record ------------------------------------------------------------------------------------------------


def read_record(content: bytes) -> list[dict]:
    """Read a record: of each withdrawal what FIELDS names. Raises ValueError."""
    try:
        found = json.loads(content)["withdrawn"]
        return [{name: one[name] for name in FIELDS} for one in found]
    except (TypeError, KeyError) as error:
        raise ValueError(f"{NAME} is not a record of what was taken back") from error


def record_of_database() -> list[dict]:
    """Give what the database knows, as it is written into a record."""
    return [
        {
            "key": str(one.key),
            "kind": one.kind,
            "code": one.code,
            "page_keys": one.page_keys,
            "blobs": one.blobs,
            "made_at": one.made_at.isoformat(),
            "digests": sorted(passage.digest for passage in one.passages.all()),
        }
        for one in Withdrawal.objects.order_by("key").prefetch_related("passages")
    ]


def take_up(record: list[dict]) -> list[Withdrawal]:
    """Let the database know what a record knows, and give what was new to it: all of that has to be done again."""
    known = {str(key) for key in Withdrawal.objects.values_list("key", flat=True)}
    new = []
    for one in record:
        if one["key"] not in known:
            fields = {name: one[name] for name in ("key", "kind", "code", "page_keys", "blobs")}
            withdrawal = Withdrawal.objects.create(**fields, made_at=parse_datetime(one["made_at"]))
            remember(withdrawal, one["digests"])
            new.append(withdrawal)
    return new


def remember(withdrawal: Withdrawal, digests):
    """Keep digests of what was taken back."""
    there = set(withdrawal.passages.values_list("digest", flat=True))
    rows = [WithdrawnPassage(withdrawal=withdrawal, digest=one) for one in sorted(set(digests) - there)]
    WithdrawnPassage.objects.bulk_create(rows)
