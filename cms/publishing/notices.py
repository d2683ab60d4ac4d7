"""What an editor is told after a change: that it is live, or in words why it is not."""

from collections.abc import Iterable, Iterator
from time import monotonic, sleep

from django.contrib.messages import ERROR, SUCCESS, WARNING, add_message, get_messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.admin import messages

from api.releases.manifest import Release
from cms.models import Change, Failure, Publisher
from cms.publishing.fates import FAILED, GONE, HIDDEN, LIVE, MOVED, PLANNED, Fate, fates_of, release_now
from cms.publishing.targets import name_of_page
from cms.undo.offering import undo_form
from cms.undo.watching import Before, steps_of
from toolkit.locales import direction
from toolkit.publishable import NotReady

# A worker needs well under a second; an editor should not wait for long for one that is busy or away.
PATIENCE = 1
PAUSE = 0.05
# So many pages are named; of more, only how many they are.
NAMED = 3
# A button with more letters of a title than that would not fit on a phone.
LETTERS = 30


def release_before(request) -> Release | None:
    """Give the release that readers see before a request of the admin changes something."""
    return release_now() if _is_ours(request) and request.method == "POST" else None


def tell(request, changes: Iterable[Change], before: Release | None, seen: Before):
    """Tell an editor of the admin what became of their changes, with a button that undoes them.

    `before` is the release from before them, `seen` are the versions that readers saw then.
    """
    if not _is_ours(request):
        return
    published = _published(changes)
    now, steps = release_now(), steps_of(seen)
    fates = fates_of(changes, before, now)
    if published and now == before and not steps and all(fate.kind == LIVE for fate in fates):
        # Whoever locks a page saves it, and nothing is different for readers.
        return
    _take_back(request, fates)
    with override(_language(request.user)):
        # It undoes all that was changed, so it stands in the first message alone.
        undo = iter([undo_form(request, steps)])
        if published:
            _tell_published(request, changes, fates, before, now, undo)
        else:
            _tell_waiting(request, fates, undo)


def _language(user) -> str:
    """Give the language that an editor has chosen: Wagtail speaks it only while it answers itself."""
    profile = getattr(user, "wagtail_userprofile", None)
    return profile.get_preferred_language() if profile else get_language()


def _say(request, level: int, text: str, buttons: list, undo: Iterator[str]):
    add_message(request, level, messages.render(text, buttons, next(undo, "")))


def _tell_published(
    request,
    changes: Iterable[Change],
    fates: list[Fate],
    before: Release | None,
    now: Release | None,
    undo: Iterator[str],
):
    for kind, (level, text) in _notices().items():
        if named := [fate for fate in fates if fate.kind == kind]:
            _say(request, level, format_html(text, pages=_names(named)), _buttons(named, before, now), undo)
    failed = _tell_failures(request, fates, changes, undo)
    if now != before and not fates and not failed:
        text = _("Live now: the public site is up to date.")
        _say(request, SUCCESS, text, _buttons([], before, now), undo)


def _is_ours(request) -> bool:
    return hasattr(request, "_messages") and request.path.startswith("/admin/")


def _notices() -> dict:
    return {
        LIVE: (SUCCESS, _("Live now: {pages}.")),
        MOVED: (SUCCESS, _("Live now at a new address: {pages}. Whoever comes to the old one is sent on.")),
        GONE: (SUCCESS, _("Gone from the site: {pages}. Whoever comes to its address reads so.")),
        PLANNED: (SUCCESS, _("Goes live by itself at the time that you set: {pages}.")),
        HIDDEN: (
            WARNING,
            _("Published, but not on the site: {pages}. It is private, or a page above it is not public."),
        ),
    }


def _tell_failures(request, fates: list[Fate], changes: Iterable[Change], undo: Iterator[str]) -> bool:
    """Name the pages that could not be built: those that were changed, and then others that show them."""
    mine = [fate for fate in fates if fate.kind == FAILED]
    for fate in mine:
        text = _("Not live yet: {pages}. {reason} Readers still see the last good version.")
        if not fate.path:
            text = _("Not live yet: {pages}. {reason} Readers do not see it so far.")
        text = format_html(text, pages=_names([fate]), reason=fate.reason)
        _say(request, ERROR, text, _edit_button([fate]), undo)
    ids = [fate.page_id for fate in fates if fate.page_id]
    others = Failure.objects.filter(since__gte=min(change.made_at for change in changes)).exclude(page_id__in=ids)
    others = list(others.order_by("title", "pk"))
    if others:
        text = _("Not live yet: {pages}. {reason} Readers still see the last good version.")
        titles = _listed([failure.title for failure in others])
        _say(request, ERROR, format_html(text, pages=titles, reason=others[0].reason), [], undo)
    return bool(mine or others)


def _tell_waiting(request, fates: list[Fate], undo: Iterator[str]):
    publisher = Publisher.objects.filter(pk=1).first()
    buttons = [*_edit_button(fates), messages.button(reverse("releases:index"), _("Releases"))]
    if publisher and publisher.error:
        text = _("Saved, but not live yet. {reason} Readers still see the last good version.")
        _say(request, ERROR, text.format(reason=publisher.error), buttons, undo)
    else:
        text = _("Saved. It goes live by itself in a moment; “Releases” shows when.")
        _say(request, WARNING, text, buttons, undo)


def _names(fates: list[Fate]) -> str:
    """Give the titles of pages, each marked as being in its own language."""
    marked = '<bdi lang="{}" dir="{}">{}</bdi>'
    return _listed([format_html(marked, fate.locale, direction(fate.locale), fate.title) for fate in fates])


def _listed(names: list[str]) -> str:
    """Give the first few names, and how many more there are."""
    shown = format_html_join(", ", "{}", ((name,) for name in names[:NAMED]))
    more = len(names) - NAMED
    return format_html(_("{pages} and {count} more"), pages=shown, count=more) if more > 0 else shown


def _buttons(fates: list[Fate], before: Release | None, now: Release | None) -> list:
    """Give the ways to pages on the site, to the editor, and to what has changed."""
    live = [fate for fate in fates if fate.kind in (LIVE, MOVED)][:NAMED]
    buttons = [messages.button(fate.path, _("See “{page}”").format(page=_short(fate.title))) for fate in live]
    buttons += _edit_button(fates)
    if now and now != before:
        buttons.append(messages.button(reverse("releases:release", args=[now.id]), _("See what changed")))
    return buttons


def _short(title: str) -> str:
    return Truncator(title).chars(LETTERS)


def _edit_button(fates: list[Fate]) -> list:
    """Give the way back to the editor of a single page, as Wagtail's own message does."""
    pages = [fate.page_id for fate in fates]
    if len(pages) != 1 or not pages[0]:
        return []
    return [messages.button(reverse("wagtailadmin_pages:edit", args=pages), _("Edit"))]


def _take_back(request, fates: list[Fate]):
    """Take back what Wagtail has said about these pages: that they are published, before anybody can see them."""
    titles = [str(escape(fate.title)) for fate in fates]
    for message in list(get_messages(request)):
        if message.level != SUCCESS or not any(title in str(message) for title in titles):
            add_message(request, message.level, message.message, message.extra_tags)


def _published(changes: Iterable[Change]) -> bool:
    """Wait a moment until a release holds changes, and tell whether one does."""
    ids, deadline = [change.pk for change in changes], monotonic() + PATIENCE
    while Change.objects.filter(pk__in=ids).exists():
        if monotonic() > deadline or Publisher.objects.exclude(error="").exists():
            return False
        sleep(PAUSE)
    return True


def tell_what_to_mend(request, error: NotReady) -> HttpResponse:
    """Lead an editor to the page that cannot be published yet, and say what to mend there. Its draft is kept."""
    page = error.page
    with override(_language(request.user)):
        text = _("“{page}” is not published yet. {faults}")
        said = format_html_join(" ", "{}", ((fault.says,) for fault in error.faults))
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        messages.error(
            request, format_html(text, page=page.title, faults=said), buttons=[messages.button(address, _("Mend it"))]
        )
    is_mine = page.permissions_for_user(request.user).can_edit()
    return redirect(address if is_mine else reverse("wagtailadmin_home"))


def warn_of_failure(request, page):
    """Say above a page's editor that its last version could not be built, and why."""
    target = name_of_page(str(page.translation_key), page.locale.language_code)
    failure = Failure.objects.filter(target=target).first()
    if failure and request.method == "GET":
        text = _(
            "The last version of this page could not be put on the site. {reason} Readers see the last good version."
        )
        messages.error(request, text.format(reason=failure.reason))
