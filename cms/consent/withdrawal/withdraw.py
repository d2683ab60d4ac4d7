"""Taking words back: one call, which may be made again, and which the worker ends where somebody was killed in it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from api.releases.manifest import current_release
from cms.consent.withdrawal.burying import bury, write_record
from cms.consent.withdrawal.database import clean_files_of_database
from cms.consent.withdrawal.subjects import Subject, subject_of
from cms.consent.withdrawal.traces import clean_logs, files_with, tables_with, telling
from cms.publishing.publish import publish
from cms.publishing.purging import came_back, purge_private_files, purge_releases
from toolkit.models import Quote, Withdrawal
from toolkit.withdrawal.words import normal, plain

# Whoever withdraws is given so long to end it before the worker does.
PATIENCE = timedelta(minutes=5)


def withdraw(key, kind: str, *, user=None) -> Withdrawal:
    """Take a quote or a credit back, with all copies, out of everything that this site keeps, and say where it was.

    When this returns, readers do not see it any more. Raises UNFINISHED and what else `publish` raises: then the
    database has let go of the words, and the worker does the rest.
    """
    subject = subject_of(key, kind)
    passages = telling(said_by(subject))
    with transaction.atomic():
        copies = [bury(subject_of(quote.key, kind), user=user) for quote in copies_of(subject)]
        withdrawal = bury(subject, user=user)
    for one in copies:
        finish(one)
    finish(withdrawal, passages=passages)
    return withdrawal


def said_by(subject: Subject) -> set[str]:
    """Give all that a quote ever said, in every language and version."""
    is_quote = subject.kind == Withdrawal.Kind.QUOTE
    return {text for texts in subject.words.values() for text in texts} if is_quote else set()


def copies_of(subject: Subject) -> list[Quote]:
    """Give one of each other quote that says the same: a page that was copied has a key of its own."""
    said = {normal(plain(words)) for words in subject.words.get("words", ())} - {""}
    others = Quote.objects.exclude(translation_key=subject.key).exclude(words="")
    same = {quote.key: quote for quote in others.iterator() if normal(plain(quote.words)) in said}
    return list(same.values())


def finish(withdrawal: Withdrawal, *, passages: Iterable[str] = ()):
    """Publish without the words, then take them out of older releases, of logs and of the database's own files.

    `passages` are looked for at the end; the report says where they still stand. Raises what `publish` raises.
    """
    passages, folder = list(passages), settings.RELEASES_DIR
    publish()
    purged = purge_releases(folder, withdrawal.page_keys, current=current_release(folder))
    logs = clean_logs(passages)
    if not connection.in_atomic_block:
        clean_files_of_database()
    counts = {"releases": purged.releases, "files": purged.files, "logs": logs}
    still = [["still", place] for place in places_with(passages)]
    withdrawal.report += [[name, count] for name, count in counts.items() if count] + still
    withdrawal.blobs = sorted({*withdrawal.blobs, *purged.blobs})
    withdrawal.finished_at = timezone.now()
    withdrawal.save()
    write_record()


def places_with(passages: list[str]) -> list[str]:
    """Name the places in which passages still stand: another page that cites them, or a file."""
    named = {name_of(model, row) for model, rows in tables_with(passages) for row in rows}
    return [*sorted(named), *sorted(path.name for path in files_with(passages))]


def name_of(model, row) -> str:
    """Name a row of a table for an editor: the page that it belongs to, where it belongs to one."""
    if model is Revision:
        page = Revision.objects.get(pk=row).content_object
        return page.get_admin_display_title() if isinstance(page, Page) else str(page)
    if issubclass(model, Page):
        return Page.objects.get(pk=row).get_admin_display_title()
    return f"{model._meta.verbose_name} {row}"


def finish_what_is_left(*, now: datetime):
    """End withdrawals in which somebody was killed, or whose publish failed."""
    for withdrawal in Withdrawal.objects.filter(finished_at=None, made_at__lt=now - PATIENCE):
        finish(withdrawal)


def keep_out():
    """Take out of the releases again what an older copy of their folder has brought back, and private files with it.

    What has come back to the database, each publish takes out by itself. Raises UNFINISHED and what `publish` raises.
    """
    folder, known = settings.RELEASES_DIR, list(Withdrawal.objects.values_list("page_keys", "blobs"))
    if came_back(folder, {sha256 for _keys, blobs in known for sha256 in blobs}):
        publish(everything=True)
        keys = {key for page_keys, _blobs in known for key in page_keys}
        purge_releases(folder, keys, current=current_release(folder))
    purge_private_files(folder)
