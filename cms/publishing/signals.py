"""What makes the site publish itself: every change that the public could see."""

from contextlib import contextmanager
from threading import local

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.publishing.tasks import publish_site
from toolkit.documents.library import page_types

waiting = local()


def connect():
    """Connect the receivers. Called once, when Django is ready."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(request_publish, dispatch_uid="publish")
    models = (PageViewRestriction, Locale, get_image_model(), get_document_model())
    for model in models:
        post_save.connect(request_publish, sender=model, dispatch_uid=f"publish-{model.__name__}")
    for model in (*models, *page_types()):
        post_delete.connect(request_publish, sender=model, dispatch_uid=f"publish-{model.__name__}")


def request_publish(**kwargs):
    """Ask for a publish: at the end of the request where one is being answered, else when all is committed."""
    waiting.yes = True
    if not getattr(waiting, "collecting", False):
        transaction.on_commit(publish_once)


def publish_once():
    """Publish, unless that has been done since it was asked for."""
    if getattr(waiting, "yes", False):
        waiting.yes = False
        publish_site.enqueue()


@contextmanager
def one_publish():
    """Publish once at the end, however many changes ask for it: unpublishing a stage unpublishes its marks."""
    waiting.collecting = True
    try:
        yield
    finally:
        waiting.collecting = False
        publish_once()
