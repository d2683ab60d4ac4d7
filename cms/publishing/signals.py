"""What makes the site publish itself: every change that the public could see is written down as it is made."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import get_active_log_context
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.models import Change
from cms.publishing.lease import publishes_here
from cms.publishing.tasks import publish_waiting
from toolkit.documents.library import page_types

waiting = local()
# What saving a draft writes to the row of a page.
OF_DRAFTS = {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}


def connect():
    """Connect the receivers. Called once, when Django is ready."""
    for signal in (page_published, page_unpublished, page_slug_changed):
        signal.connect(page_changed, dispatch_uid="publish")
    post_page_move.connect(page_moved, dispatch_uid="publish")
    for page_type in page_types():
        post_save.connect(page_saved, sender=page_type, dispatch_uid=f"publish-{page_type.__name__}")
        post_delete.connect(page_changed, sender=page_type, dispatch_uid=f"publish-{page_type.__name__}")
    others = {PageViewRestriction: restriction_changed, Locale: locale_changed}
    others |= {CollectionViewRestriction: collection_changed, Collection: collection_changed}
    others |= {get_image_model(): image_changed, get_document_model(): document_changed}
    for model, receiver in others.items():
        for signal in (post_save, post_delete):
            signal.connect(receiver, sender=model, dispatch_uid=f"publish-{model.__name__}")


def page_changed(instance, **kwargs):
    request_publish(Change.Kind.PAGE, page=instance)


def page_moved(instance, **kwargs):
    request_publish(Change.Kind.PAGE, page=instance, in_tree=True)


def page_saved(instance, update_fields, **kwargs):
    if instance.live and (update_fields is None or not OF_DRAFTS.issuperset(update_fields)):
        request_publish(Change.Kind.PAGE, page=instance)


def restriction_changed(instance, **kwargs):
    request_publish(Change.Kind.PAGE, page=instance.page)


def locale_changed(**kwargs):
    request_publish(Change.Kind.EVERYTHING)


def collection_changed(created=False, **kwargs):
    """Its pictures and files may be private now, or no longer; in a new one there are none."""
    sender = kwargs["sender"]
    if not created or sender is CollectionViewRestriction:
        request_publish(Change.Kind.EVERYTHING)


def image_changed(instance, **kwargs):
    request_publish(Change.Kind.IMAGE, object_id=instance.pk)


def document_changed(instance, **kwargs):
    request_publish(Change.Kind.DOCUMENT, object_id=instance.pk)


def request_publish(kind: str, *, page: Page | None = None, object_id: int | None = None, in_tree: bool = False):
    """Write down that something waits to be published, in the transaction that it is part of.

    It is published at the end of the request where one is being answered, else when all is committed.
    """
    change = Change.objects.create(
        kind=kind,
        key=str(page.translation_key) if page else "",
        object_id=page.pk if page else object_id,
        in_tree=in_tree,
        user=get_active_log_context().user,
    )
    waiting.changes = [*getattr(waiting, "changes", ()), change]
    if not getattr(waiting, "collecting", False):
        transaction.on_commit(publish_once)


def publish_once() -> list[Change]:
    """Publish, unless that has been done since it was asked for; give the changes that asked.

    What a publisher itself changes, such as words that an older backup has brought back, it publishes with the rest.
    """
    changes, waiting.changes = getattr(waiting, "changes", []), []
    if changes and not publishes_here():
        publish_waiting.enqueue()
    return changes


@contextmanager
def collected() -> Iterator[None]:
    """Leave it to whoever calls `publish_once` to publish, however many changes ask for it.

    Unpublishing a stage unpublishes its marks.
    """
    # What is left of a transaction that was taken back asks for nothing.
    waiting.collecting, waiting.changes = True, []
    try:
        yield
    finally:
        waiting.collecting = False
