"""Erasing somebody: their account and their traces go, what they wrote for the toolkit stays without their name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import FileField
from wagtail.models import ReferenceIndex

from cms.consent.withdrawal.database import clean_files_of_database
from cms.consent.withdrawal.traces import rewrite_logs
from cms.data_protection.finding import Named, invitations_of, log_about, named, sessions_of, tries_of
from cms.data_protection.nobody import NAME, USERNAME, nobody
from cms.data_protection.ties import TIES, Then, Tie
from cms.data_protection.tombstones import remember

MESSAGES = "_messages"


class UnableToErase(Exception):
    """Says in words why somebody cannot be erased now."""


@dataclass(frozen=True)
class Step:
    """One kind of thing that is kept of somebody, how much of it there is, and what becomes of it."""

    name: str
    count: int
    then: str


def plan(who: Named) -> list[Step]:
    """Say what erasing somebody would do. Changes nothing. Raises UnableToErase."""
    refuse(who)
    person, steps = who.account, []
    if person:
        steps = [Step(tie.name, tie.rows(person).count(), tie.then.value) for tie in TIES]
        steps += [
            Step("log of the account", log_about(person).count(), "stays without the name"),
            Step("sessions", len(list(sessions_of(person))), "end"),
            Step("account", 1, "is deleted"),
        ]
    steps += [
        Step("invitations to them", invitations_of(who).count(), "are deleted"),
        Step("tries with a wrong password", sum(rows.count() for rows in tries_of(who)), "are deleted"),
        Step("messages on other screens that name them", len(messages_naming(who)), "are deleted"),
        Step("logs in the data folder that name them", rewrite_logs(masking(who), dry_run=True), "lose the name"),
    ]
    return [step for step in steps if step.count]


def erase(who: Named, *, now: datetime):
    """Erase somebody. Raises UnableToErase, and OSError where it cannot be written down beside the releases."""
    refuse(who)
    with transaction.atomic():
        if who.account:
            _untie(who.account)
        invitations_of(who).delete()
        for rows in tries_of(who):
            rows.delete()
        for session, data in messages_naming(who):
            session.session_data = session.get_session_store_class()().encode(data)
            session.save(update_fields=["session_data"])
        # It is written down before the end: what then fails is done again by the worker.
        remember(person=who.account, email=who.email, now=now)
        if who.account:
            who.account.delete()
    transaction.on_commit(clean_files)
    rewrite_logs(masking(who))


def clean_files():
    """Let the database's own files forget what is deleted, unless a transaction is still open."""
    if not connection.in_atomic_block:
        clean_files_of_database()


def refuse(who: Named):
    """Raise UnableToErase where nobody could look after the site any more, or there is nobody to erase."""
    person = who.account
    if person is None:
        return
    if person.get_username() == USERNAME:
        raise UnableToErase("This account stands for all who have left, and has nobody's name.")
    others = get_user_model().objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
    if person.is_superuser and person.is_active and not others.exists():
        raise UnableToErase(
            f"{person.get_username()} is the last administrator. Give somebody else the tick “Administrator” first, "
            "under Settings, Users, or make a new one: manage.py createsuperuser."
        )


def _untie(person):
    """Take everything off an account, so that nothing else goes when it does."""
    for tie in TIES:
        _end(tie, person)
    for session in sessions_of(person):
        session.delete()
    log_about(person).update(label=NAME, data={})
    kind = ContentType.objects.get_for_model(person)
    ReferenceIndex.objects.filter(to_content_type=kind, to_object_id=str(person.pk)).delete()


def _end(tie: Tie, person):
    rows = tie.rows(person)
    if tie.then is Then.DELETE:
        _delete_files(rows)
        rows.delete()
    elif rows.exists():
        # Nothing is saved: what was written then is not changed now, and nothing is published for it.
        rows.update(**{tie.by: nobody() if tie.then is Then.NOBODY else None, **tie.also})


def _delete_files(rows):
    for name in [field.name for field in rows.model._meta.concrete_fields if isinstance(field, FileField)]:
        for row in rows:
            if file := getattr(row, name):
                transaction.on_commit(_deleter(file.storage, file.name))


def _deleter(storage, name: str) -> Callable[[], None]:
    return lambda: storage.delete(name)


def messages_naming(who: Named) -> list[tuple[Session, dict]]:
    """Give the sessions of others with a message for them that names somebody, and what is left of each without."""
    found = []
    for session in Session.objects.iterator():
        data = session.get_decoded()
        if MESSAGES in data and who.pattern.search(str(data[MESSAGES])):
            found.append((session, {name: value for name, value in data.items() if name != MESSAGES}))
    return found


def masking(who: Named) -> Callable[[bytes], bytes]:
    """Give what puts stars in the place of somebody's names in the bytes of a log."""
    pattern = who.pattern
    return lambda content: pattern.sub("***", content.decode(errors="surrogateescape")).encode(
        errors="surrogateescape"
    )


def erase_account(person, *, now: datetime):
    """Erase an account. Raises as `erase` does."""
    erase(named(person), now=now)
