"""What keeps translations in step with what editors do to pages, without anybody asking for it."""

from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from toolkit.documents.library import page_types
from toolkit.translation.follow import follow, forget_source
from toolkit.translation.places import take_along, take_in
from toolkit.translation.standings import restand


def connect():
    """Connect the receivers. Called once, when Django is ready, before anybody publishes on the same signals."""
    receivers = {page_published: page_has_words, post_page_move: page_has_moved}
    receivers |= {page_unpublished: page_has_gone, post_delete: page_is_deleted}
    for page_type in page_types():
        for signal, receiver in receivers.items():
            signal.connect(receiver, sender=page_type, dispatch_uid=f"translation-{page_type.__name__}")


def page_has_words(instance, revision=None, **kwargs):
    follow(instance, user=revision and revision.user)
    take_in(instance)
    restand([instance.translation_key])


def page_has_gone(instance, **kwargs):
    restand([instance.translation_key])


def page_is_deleted(instance, **kwargs):
    forget_source(instance)
    restand([instance.translation_key])


def page_has_moved(instance, **kwargs):
    take_along(instance)
    below = Page.objects.filter(path__startswith=instance.path)
    restand(below.values_list("translation_key", flat=True))
