"""What is remembered of erased accounts, in the database and beside the releases, where no backup undoes it."""

import json

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime

from api.releases.files import write_whole
from api.releases.verify import ERASED
from cms.data_protection.models import ErasedAccount
from cms.publishing.push import push_record, shared_record
from toolkit.documents.canonical import canonical_bytes

SALT = "cms.data_protection.erased"
FIELDS = ("account", "email", "erased_at")


def digest(text: str, secret: str | None = None) -> str:
    """Give the keyed SHA-256 of a text."""
    return salted_hmac(SALT, text, secret=secret, algorithm="sha256").hexdigest()


def all_digests(text: str) -> set[str]:
    """Give the digests of a text by every key that this site has had."""
    return {digest(text, secret) for secret in (None, *settings.SECRET_KEY_FALLBACKS)}


def account_text(person) -> str:
    """Give what an account is known by: its number and the second in which it was made.

    Names can be changed, and be given to somebody else later. Some kinds of backup keep no more than milliseconds.
    """
    return f"account {person.pk} {int(person.date_joined.timestamp())}"


def email_text(email: str) -> str:
    return f"email {email.strip().casefold()}"


def remember(*, person, email: str, now):
    """Write down that an account, or somebody who was only invited, was erased. Raises OSError."""
    about = account_text(person) if person else f"{email_text(email)} {now.isoformat()}"
    fields = {"email": digest(email_text(email)) if email else "", "erased_at": now}
    ErasedAccount.objects.get_or_create(account=digest(about), defaults=fields)
    write_record()


def write_record():
    """Write down beside the releases, and for all servers, which accounts were erased so far. Raises OSError."""
    rows = ErasedAccount.objects.order_by("account").values(*FIELDS)
    content = canonical_bytes({"erased": [{**row, "erased_at": row["erased_at"].isoformat()} for row in rows]})
    settings.RELEASES_DIR.mkdir(parents=True, exist_ok=True)
    write_whole(settings.RELEASES_DIR / ERASED, content)
    push_record(content, ERASED)


def read_record(content: bytes) -> list[dict]:
    """Read a record: of each account what FIELDS names. Raises ValueError."""
    try:
        rows = [{name: one[name] for name in FIELDS} for one in json.loads(content)["erased"]]
        return [{**row, "erased_at": parse_datetime(row["erased_at"])} for row in rows]
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"{ERASED} is not a record of erased accounts") from error


def take_up(record: list[dict]) -> int:
    """Let the database know what a record knows, and give how many accounts were new to it."""
    known = set(ErasedAccount.objects.values_list("account", flat=True))
    new = {row["account"]: ErasedAccount(**row) for row in record if row["account"] not in known}
    ErasedAccount.objects.bulk_create(new.values())
    return len(new)


def take_up_records():
    """Take up what this folder and the shared storage know of."""
    own = settings.RELEASES_DIR / ERASED
    for content in (own.read_bytes() if own.exists() else None, shared_record(ERASED)):
        if content:
            take_up(read_record(content))
