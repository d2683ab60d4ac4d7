"""Puts back what readers saw: asks for the rights that publishing asks for, and refuses in words."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision

from cms.undo.steps import Place, Steps, UnableToUndo, Words
from toolkit.consent import Consent
from toolkit.translation.follow import is_translation


def put_back(steps: Steps, *, user):
    """Undo all steps, or none. Raises UnableToUndo."""
    try:
        with transaction.atomic():
            # Whoever presses at the same time waits here, and then finds that it has been done.
            list(Page.objects.select_for_update().filter(pk__in=[step.page for step in steps]).order_by("pk"))
            pages = pages_of(steps)
            refuse(steps, pages, user=user)
            # A page before those below it, which readers cannot see without it.
            for step in sorted(steps, key=lambda step: pages[step.page].depth):
                _do(step, pages[step.page], user)
    except PermissionDenied as error:
        raise UnableToUndo(str(error) or not_yours()) from error
    except ValidationError as error:
        raise UnableToUndo(" ".join(error.messages)) from error


def pages_of(steps: Steps) -> dict[int, Page]:
    """Give the pages of steps by their number, as the database has them now."""
    return {page.pk: page for page in Page.objects.filter(pk__in=[step.page for step in steps]).specific()}


def refuse(steps: Steps, pages: dict[int, Page], *, user):
    """Raise UnableToUndo where a step is not to be undone, or not by this person."""
    for step in steps:
        page = pages.get(step.page)
        if page is None:
            raise UnableToUndo(_("This page has been deleted, so there is nothing to put back."))
        if page.permissions_for_user(user).page_locked():
            text = _("“{title}” is locked, or waits to go live at a set time. So it stays as it is.")
            raise UnableToUndo(text.format(title=page.title))
        (_refuse_place if isinstance(step, Place) else _refuse_words)(step, page, user)


def not_yours() -> str:
    return _("You may not do this with this page. Ask somebody who may publish it.")


def _refuse_words(step: Words, page, user):
    now = page.live_revision_id if page.live else 0
    if now != step.now:
        raise UnableToUndo(_changed_since(page))
    rights = page.permissions_for_user(user)
    if not (rights.can_publish() if step.was else rights.can_unpublish()):
        raise UnableToUndo(not_yours())
    if step.was and not page.revisions.filter(pk=step.was).exists():
        raise UnableToUndo(_("The earlier version of “{title}” is not kept any more.").format(title=page.title))
    if step.was and _is_withdrawn(page):
        text = _(
            "Somebody has taken back their words in “{title}”. An earlier version would show them again, so "
            "everything stays as it is."
        )
        raise UnableToUndo(text.format(title=page.title))


def _refuse_place(step: Place, page, user):
    if page.get_parent().pk != step.now_below:
        raise UnableToUndo(_changed_since(page))
    parent = Page.objects.filter(pk=step.was_below).first()
    if parent is None:
        raise UnableToUndo(_("The place where “{title}” was is not there any more.").format(title=page.title))
    if not page.permissions_for_user(user).can_move_to(parent):
        raise UnableToUndo(not_yours())
    if not Page._slug_is_available(page.slug, parent, page=page):
        text = _("Another page has the old address of “{title}” by now.")
        raise UnableToUndo(text.format(title=page.title))


def _changed_since(page) -> str:
    text = _(
        "“{title}” has been changed since, so it stays as it is. “Go back to an earlier version” in its editor shows "
        "all that was."
    )
    return text.format(title=page.title)


def _is_withdrawn(page) -> bool:
    """Tell whether anybody took back their words: an earlier version does not know."""
    latest = page.get_latest_revision_as_object()
    return any(one.consent == Consent.WITHDRAWN for one in [*page.attributions, *latest.attributions])


def _do(step: Words | Place, page, user):
    if isinstance(step, Place):
        _move_back(step, page, user)
    elif step.was:
        _publish_again(page.revisions.get(pk=step.was), step, page, user)
    else:
        UnpublishPageAction(page, user=user).execute()


def _publish_again(revision: Revision, step: Words, page, user):
    """Publish an earlier version; it is in the editor, too, unless somebody has written on since."""
    if step.now and page.latest_revision_id == step.now and not is_translation(page):
        earlier = revision.as_object()
        kept = earlier.save_revision(user=user, log_action=True, previous_revision=revision, clean=False)
        page.publish(kept, user=user, previous_revision=revision)
    else:
        page.publish(revision, user=user)


def _move_back(step: Place, page, user):
    sibling = Page.objects.filter(pk=step.was_before).first()
    if sibling and sibling.get_parent().pk == step.was_below:
        MovePageAction(page, sibling, pos="left", user=user).execute()
    else:
        MovePageAction(page, Page.objects.get(pk=step.was_below), pos="last-child", user=user).execute()
