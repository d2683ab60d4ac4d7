"""What people deleted for good, known by its key: so that no backup brings it back."""

import json
from collections.abc import Iterable
from datetime import date

from toolkit.models.withdrawals import Erasure


def remember_erased(what: Erasure.What, keys: Iterable, *, until: date | None = None):
    """Keep that what has these keys was deleted. Its transaction is that of whoever deletes it."""
    rows = [Erasure(what=what, key=str(key), until=until) for key in keys]
    Erasure.objects.bulk_create(rows, ignore_conflicts=True)


def erased(what: Erasure.What) -> list[str]:
    """Give the keys of what was deleted."""
    return list(Erasure.objects.filter(what=what).values_list("key", flat=True))


def forget_erased(*, today: date):
    """Forget what would be over by now anyway."""
    Erasure.objects.filter(until__lt=today).delete()


def erased_of_database() -> list[list]:
    """Give what the database knows, as it is written into the record: kind, key, last day."""
    rows = Erasure.objects.order_by("what", "key").values_list("what", "key", "until")
    return [[what, key, until and until.isoformat()] for what, key, until in rows]


def read_erased(content: bytes) -> list[list]:
    """Read what a record of what was taken back says of this; earlier ones say nothing. Raises ValueError."""
    try:
        return [[what, key, until] for what, key, until in json.loads(content).get("erased", [])]
    except (TypeError, AttributeError) as error:
        raise ValueError("it is not a record of what was deleted") from error


def take_up_erased(record: Iterable[list]) -> bool:
    """Let the database know what a record knows, and tell whether anything was new to it."""
    known = set(Erasure.objects.values_list("what", "key"))
    new = [one for one in record if (one[0], one[1]) not in known]
    rows = [Erasure(what=what, key=key, until=until and date.fromisoformat(until)) for what, key, until in new]
    Erasure.objects.bulk_create(rows, ignore_conflicts=True)
    return bool(rows)
