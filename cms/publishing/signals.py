"""What makes the site publish itself: every change that the public could see."""

from threading import local

from django.db import transaction
from django.db.models.signals import post_delete, post_save
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
    for model in (PageViewRestriction, Locale, get_image_model()):
        post_save.connect(request_publish, sender=model, dispatch_uid=f"publish-{model.__name__}")
    for model in (PageViewRestriction, Locale, get_image_model(), *page_types()):
        post_delete.connect(request_publish, sender=model, dispatch_uid=f"publish-{model.__name__}")


def request_publish(**kwargs):
    """Ask for one publish once what is being saved is committed, however many changes are saved together."""
    waiting.yes = True
    transaction.on_commit(publish_once)


def publish_once():
    """Publish, unless a change of the same transaction has done so already."""
    if getattr(waiting, "yes", False):
        waiting.yes = False
        publish_site.enqueue()
