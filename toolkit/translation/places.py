"""Where translations stand in the tree: below the translation of what their source stands below."""

from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from toolkit.translation.follow import is_translation


def take_along(page):
    """Move the translations of a source that has moved, as far as its new place is public in their language.

    Where it is not, a translation stays where readers find it, until that is published.
    """
    if is_translation(page):
        return
    parent = page.get_parent()
    for translation in _translations(page.translation_key).exclude(pk=page.pk):
        new_parent = _translations(parent.translation_key).filter(locale=translation.locale, live=True).first()
        if new_parent:
            _put(translation, new_parent)


def take_in(page):
    """Move below a translation, now that it is public, those of what stands below its source."""
    source = TranslationSource.objects.filter(object_id=page.translation_key).first()
    if source is None or source.locale_id == page.locale_id:
        return
    original = _translations(page.translation_key).filter(locale_id=source.locale_id).first()
    keys = original.get_children().values_list("translation_key", flat=True) if original else []
    for translation in Page.objects.filter(translation_key__in=keys, locale=page.locale, alias_of=None):
        if not is_translation(original) and is_translation(translation):
            _put(translation, page)


def _translations(key):
    return Page.objects.filter(translation_key=key, alias_of=None)


def _put(page: Page, parent: Page):
    """Move a page, unless another has its address there: then it stays where readers find it."""
    taken = parent.get_children().filter(slug=page.slug).exclude(pk=page.pk).exists()
    if not taken and not page.is_child_of(parent):
        page.move(parent, pos="last-child")
