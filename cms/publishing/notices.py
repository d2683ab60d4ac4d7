"""What an editor is told after a change: that it is live, or in words why it is not."""

from collections.abc import Iterable
from time import monotonic, sleep

from django.contrib import messages
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models import Change, Failure, Publisher
from cms.publishing.targets import name_of_page

# A worker needs well under a second; an editor should not wait for long for one that is busy or away.
PATIENCE = 2
PAUSE = 0.05


def tell(request, changes: Iterable[Change]):
    """Tell an editor of the admin what became of their changes."""
    if not hasattr(request, "_messages") or not request.path.startswith("/admin/"):
        return
    if not _published(changes):
        messages.warning(request, _not_yet())
        return
    pages = Page.objects.filter(pk__in=[change.object_id for change in changes if change.kind == Change.Kind.PAGE])
    pages = [page.specific for page in pages.select_related("locale")[:1]]
    if failure := Failure.objects.filter(target__in=map(_target, pages)).first():
        text = _("Not live yet: {reason} Readers still see the last good version.")
        messages.error(request, text.format(reason=failure.reason))
    else:
        messages.success(request, _live(pages))


def _target(page) -> str:
    return name_of_page(page.key, page.locale.language_code)


def _live(pages: list):
    if pages and pages[0].live:
        text = _("Live now. Have a look:")
        return format_html('{} <a href="{}">{}</a>', text, pages[0].public_path, pages[0].title)
    if pages and pages[0].scheduled_revision:
        return _("Not public yet: it goes live by itself at the time that you set.")
    return _("Live now: the public site is up to date.")


def _not_yet() -> str:
    publisher = Publisher.objects.filter(pk=1).first()
    if publisher and publisher.error:
        text = _("Saved, but not live yet. {reason} Readers still see the last good version.")
        return text.format(reason=publisher.error)
    return _("Saved. It goes live by itself in a moment; “Releases” shows when.")


def _published(changes: Iterable[Change]) -> bool:
    """Wait a moment until a release holds changes, and tell whether one does."""
    ids, deadline = [change.pk for change in changes], monotonic() + PATIENCE
    while Change.objects.filter(pk__in=ids).exists():
        if monotonic() > deadline or Publisher.objects.exclude(error="").exists():
            return False
        sleep(PAUSE)
    return True
