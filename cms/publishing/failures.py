"""What went wrong with publishing, in words for editors."""

from django import db
from django.template.base import TemplateSyntaxError
from django.template.exceptions import TemplateDoesNotExist
from django.utils.translation import gettext as _
from wagtail.models import Page

from api.releases.shared import StorageFailed
from cms.models import Failure
from toolkit.documents.facts import parts_of

NO_SPACE = 28  # errno.ENOSPC


def failure_of(target: str, error: Exception) -> Failure:
    """Make the note of a target that could not be built."""
    kind, key, locale = parts_of(target)
    page = kind == "page" and Page.objects.filter(translation_key=key, locale__language_code=locale).first()
    title = page.title if page else _("A part of the site in {locale}").format(locale=locale or _("all languages"))
    return Failure(target=target, title=title, page_id=page.pk if page else None, reason=in_words(error))


def in_words(error: Exception) -> str:
    """Say what an error means, and what to do, in a sentence or two."""
    if isinstance(error, OSError) and error.errno == NO_SPACE:
        return _("The disk of the server is full. Ask whoever looks after it to make room.")
    if isinstance(error, db.Error):
        return _("The database did not answer. It is tried again by itself.")
    if isinstance(error, StorageFailed):
        return _("The storage that the servers share did not answer. It is tried again by itself.")
    if isinstance(error, OSError):
        return _("The server could not write its files. Ask whoever looks after it to have a look.")
    if isinstance(error, (TemplateSyntaxError, TemplateDoesNotExist)):
        return _("The template of this page has a mistake in it. Ask whoever looks after the server to have a look.")
    return _("Something in it could not be shown. Undo the last change, or ask whoever looks after the server.")
