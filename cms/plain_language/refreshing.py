"""Keeps what is known of public pages in step: those that have changed are looked at anew."""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from wagtail.models import Page

from cms.plain_language.looking import Known, Looked, all_known, digest_of, look_at
from cms.plain_language.models import CheckedPage, FoundOnPage
from cms.plain_language.words import block_of
from toolkit.documents.canonical import digest
from toolkit.documents.library import page_types

# So many pages are looked at between two looks at the clock: about half a second's work.
BATCH = 100
CODE = ("toolkit/plain_language", "cms/plain_language")


def pages_to_check(*, locale: str | None = None, drafts: bool = False) -> Iterator:
    """Give the public pages in the order of types and the tree; with `drafts` all, as they were written last."""
    for kind in page_types():
        pages = kind.objects.filter(alias_of=None).select_related("locale").order_by("path")
        pages = pages.prefetch_related(*kind.document_prefetch)
        if locale:
            pages = pages.filter(locale__language_code=locale)
        if drafts:
            pages = pages.select_related("locale", "latest_revision")
        for page in (pages if drafts else pages.live()).iterator(chunk_size=BATCH):
            yield page.get_latest_revision_as_object() if drafts else page


def refresh(*, seconds: float | None = None) -> int:
    """Look at what has changed, for so many seconds at most; give how many pages are left.

    Where nothing has changed, it is a fixed number of queries, however many pages there are.
    """
    began, known = time.monotonic(), all_known()
    stale = stale_pages(known)
    for kind, stamps in stale.items():
        ids = list(stamps)
        for start in range(0, len(ids), BATCH):
            if seconds is not None and time.monotonic() - began > seconds:
                return sum(map(len, stale.values()))
            batch = ids[start : start + BATCH]
            # A page that somebody deletes meanwhile, or that another process has just looked at.
            with suppress(IntegrityError), transaction.atomic():
                _look_at_all(kind, {pk: stamps[pk] for pk in batch}, known)
            for pk in batch:
                del stamps[pk]
    return 0


def stale_pages(known: Known) -> dict[type, dict[int, str]]:
    """Give the stamps of the pages to look at, by type and id; forget pages that are not public any more."""
    kinds = {found.pk: kind for kind, found in ContentType.objects.get_for_models(*page_types()).items()}
    prefix = digest(f"{digest_of(known)} {code()}".encode())[:16]
    rows = Page.objects.live().filter(content_type_id__in=kinds, alias_of=None).order_by("path")
    wanted = {
        pk: (kinds[kind], f"{prefix} {revision} {at and at.isoformat()}")
        for pk, kind, revision, at in rows.values_list(
            "pk", "content_type_id", "live_revision_id", "last_published_at"
        )
    }
    there = dict(CheckedPage.objects.values_list("pk", "stamp"))
    if gone := there.keys() - wanted.keys():
        CheckedPage.objects.filter(pk__in=gone).delete()
    stale = defaultdict(dict)
    for pk, (kind, stamp) in wanted.items():
        if there.get(pk) != stamp:
            stale[kind][pk] = stamp
    return stale


def _look_at_all(kind: type, stamps: dict[int, str], known: Known):
    pages = kind.objects.filter(pk__in=stamps).select_related("locale").prefetch_related(*kind.document_prefetch)
    looked = [(page, look_at(page, known)) for page in pages]
    CheckedPage.objects.filter(pk__in=stamps).delete()
    CheckedPage.objects.bulk_create(_checked(page, one, stamps[page.pk]) for page, one in looked)
    FoundOnPage.objects.bulk_create(found for page, one in looked for found in _found(page, one))


def _checked(page, looked: Looked, stamp: str) -> CheckedPage:
    figures = looked.readability
    return CheckedPage(page_id=page.pk, stamp=stamp, lix=figures.lix, longest=figures.longest)


def _found(page, looked: Looked) -> Iterator[FoundOnPage]:
    for number, one in enumerate(looked.findings):
        figures = {**one.figures, "block": block_of(page, one.place)}
        yield FoundOnPage(
            checked_id=page.pk, number=number, code=one.code, place=one.place, words=one.words, figures=figures
        )


@cache
def code() -> str:
    """Give the digest of the code that looks at pages."""
    files = [file for room in CODE for file in sorted((Path(settings.BASE_DIR) / room).glob("*.py"))]
    return digest(b"".join(file.read_bytes() for file in files))
