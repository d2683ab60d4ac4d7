"""What an editor is told after a change: that it is live, or in words why it is not."""

from collections.abc import Iterable
from time import monotonic, sleep

from django.contrib.messages import SUCCESS, add_message, get_messages
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
from toolkit.locales import direction

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


def tell(request, changes: Iterable[Change], before: Release | None):
    """Tell an editor of the admin what became of their changes; `before` is the release from before them."""
    if not _is_ours(request):
        return
    published = _published(changes)
    now = release_now()
    fates = fates_of(changes, before, now)
    _take_back(request, fates)
    with override(_language(request.user)):
        if published:
            _tell_published(request, changes, fates, before, now)
        else:
            _tell_waiting(request, fates)


def _language(user) -> str:
    """Give the language that an editor has chosen: Wagtail speaks it only while it answers itself."""
    profile = getattr(user, "wagtail_userprofile", None)
    return profile.get_preferred_language() if profile else get_language()


def _tell_published(
    request, changes: Iterable[Change], fates: list[Fate], before: Release | None, now: Release | None
):
    for kind, (say, text) in _notices().items():
        if named := [fate for fate in fates if fate.kind == kind]:
            say(request, format_html(text, pages=_names(named)), buttons=_buttons(named, before, now))
    failed = _tell_failures(request, fates, changes)
    if now != before and not fates and not failed:
        messages.success(request, _("Live now: the public site is up to date."), buttons=_buttons([], before, now))


def _is_ours(request) -> bool:
    return hasattr(request, "_messages") and request.path.startswith("/admin/")


def _notices() -> dict:
    return {
        LIVE: (messages.success, _("Live now: {pages}.")),
        MOVED: (messages.success, _("Live now at a new address: {pages}. Whoever comes to the old one is sent on.")),
        GONE: (messages.success, _("Gone from the site: {pages}. Whoever comes to its address reads so.")),
        PLANNED: (messages.success, _("Goes live by itself at the time that you set: {pages}.")),
        HIDDEN: (
            messages.warning,
            _("Published, but not on the site: {pages}. It is private, or a page above it is not public."),
        ),
    }


def _tell_failures(request, fates: list[Fate], changes: Iterable[Change]) -> bool:
    """Name the pages that could not be built: those that were changed, and then others that show them."""
    mine = [fate for fate in fates if fate.kind == FAILED]
    for fate in mine:
        text = _("Not live yet: {pages}. {reason} Readers still see the last good version.")
        if not fate.path:
            text = _("Not live yet: {pages}. {reason} Readers do not see it so far.")
        messages.error(request, format_html(text, pages=_names([fate]), reason=fate.reason), _edit_button([fate]))
    ids = [fate.page_id for fate in fates if fate.page_id]
    others = Failure.objects.filter(since__gte=min(change.made_at for change in changes)).exclude(page_id__in=ids)
    others = list(others.order_by("title", "pk"))
    if others:
        text = _("Not live yet: {pages}. {reason} Readers still see the last good version.")
        titles = _listed([failure.title for failure in others])
        messages.error(request, format_html(text, pages=titles, reason=others[0].reason))
    return bool(mine or others)


def _tell_waiting(request, fates: list[Fate]):
    publisher = Publisher.objects.filter(pk=1).first()
    buttons = [*_edit_button(fates), messages.button(reverse("releases:index"), _("Releases"))]
    if publisher and publisher.error:
        text = _("Saved, but not live yet. {reason} Readers still see the last good version.")
        messages.error(request, text.format(reason=publisher.error), buttons=buttons)
    else:
        text = _("Saved. It goes live by itself in a moment; “Releases” shows when.")
        messages.warning(request, text, buttons=buttons)


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


def warn_of_failure(request, page):
    """Say above a page's editor that its last version could not be built, and why."""
    target = name_of_page(str(page.translation_key), page.locale.language_code)
    failure = Failure.objects.filter(target=target).first()
    if failure and request.method == "GET":
        text = _(
            "The last version of this page could not be put on the site. {reason} Readers see the last good version."
        )
        messages.error(request, text.format(reason=failure.reason))
