"""What readers saw of each page before a request changes it: noted as it happens, forgotten with the request."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import local

from django.db.models.signals import post_save, pre_save
from wagtail.models import Page, Revision
from wagtail.signals import pre_page_move

from cms.undo.steps import Place, Steps, Words
from toolkit.documents.library import page_types

# What saving a draft writes to the row of a page.
OF_DRAFTS = {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}
# When a page was published that says no date itself: before all that anybody can have written since.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
watching = local()


@dataclass
class Before:
    """By the number of a page: the version that readers saw; and below and before which page it stood."""

    words: dict[int, int] = field(default_factory=dict)
    places: dict[int, tuple[int, int]] = field(default_factory=dict)


def connect():
    """Connect the receivers. Called once, when Django is ready."""
    for page_type in page_types():
        pre_save.connect(note_words, sender=page_type, dispatch_uid=f"undo-{page_type.__name__}")
        post_save.connect(note_new, sender=page_type, dispatch_uid=f"undo-{page_type.__name__}")
    pre_page_move.connect(note_place, dispatch_uid="undo")


@contextmanager
def watched() -> Iterator[Before]:
    """Note what is changed meanwhile."""
    watching.before = Before()
    try:
        yield watching.before
    finally:
        watching.before = None


def note_words(instance, update_fields=None, **kwargs):
    before = getattr(watching, "before", None)
    is_draft = update_fields is not None and OF_DRAFTS.issuperset(update_fields)
    if before is not None and instance.pk and not is_draft and instance.pk not in before.words:
        before.words[instance.pk] = version_of(type(instance).objects.filter(pk=instance.pk).first())


def note_new(instance, created, **kwargs):
    before = getattr(watching, "before", None)
    if before is not None and created:
        before.words[instance.pk] = 0


def note_place(instance, parent_page_before, **kwargs):
    before = getattr(watching, "before", None)
    if before is not None and instance.pk not in before.places:
        sibling = Page.objects.get(pk=instance.pk).get_next_sibling()
        before.places[instance.pk] = (parent_page_before.pk, sibling.pk if sibling else 0)


def version_of(page) -> int:
    """Give the number of the revision that readers see of a page, 0 where they see none.

    A live page that was never published from a revision, as an import may make one, is kept as one now.
    """
    if page is None or not page.live:
        return 0
    return page.live_revision_id or _kept(page).pk


def _kept(page) -> Revision:
    """Keep a page as it is, as a version older than all that were written since."""
    content = {"content": page.serializable_data(), "object_str": str(page)}
    of = {"content_object": page, "base_content_type": page.get_base_content_type()}
    return Revision.objects.create(**of, **content, created_at=page.last_published_at or LONG_AGO)


def steps_of(before: Before) -> Steps:
    """Give what is different for readers now."""
    pages = {page.pk: page for page in Page.objects.filter(pk__in={*before.words, *before.places}, alias_of=None)}
    steps = [Words(pk, was, _shown(pages[pk])) for pk, was in before.words.items() if pk in pages]
    for pk, (below, sibling) in before.places.items():
        if pk in pages:
            steps.append(Place(pk, below, sibling, pages[pk].get_parent().pk))
    return [step for step in steps if isinstance(step, Place) or (step.was != step.now and step.now is not None)]


def _shown(page: Page) -> int | None:
    """Give the version of a page that readers see; None where no revision has it, so that nobody could tell it."""
    if not page.live:
        return 0
    return page.live_revision_id
