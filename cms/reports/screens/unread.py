"""What nobody has looked at for long."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.reports.report import Cell, Chosen, PageCell, Report, ReportFilters, TimeCell
from cms.reports.reviews import NEVER, not_looked_at
from cms.reports.rights import reviewable_ids, seen_pages
from cms.reports.showing import ShownPage, codes_of_locales, language_name, person_name, shown_page, type_name
from toolkit.documents.library import page_types

PERIODS = {"half": timedelta(days=182), "year": timedelta(days=365), "two": timedelta(days=730)}
PERIOD_NAMES = [("half", _("Half a year")), ("year", _("A year")), ("two", _("Two years"))]


@dataclass(frozen=True)
class Unread:
    """A page, and when somebody last looked at it; None where nobody has."""

    pk: int
    page: ShownPage
    type: str
    language: str
    reviewed_at: datetime | None
    reviewed_by: str
    published_at: datetime | None
    may_review: bool


class StillRightCell(Cell):
    """The button that says that a page is still right."""

    cell_template_name = "admin/reports/still-right-cell.html"

    def get_cell_context_data(self, instance, parent_context):
        request = parent_context["request"]
        return {
            **super().get_cell_context_data(instance, parent_context),
            "csrf_token": get_token(request),
            "address": reverse("reports:still_right", args=[instance.pk]),
            # Not where the list alone is to be had, for a script that changes the filters.
            "next": request.get_full_path().replace(reverse("reports:unread_results"), reverse("reports:unread")),
        }


def types() -> list[tuple[str, str]]:
    """Give the page types to choose from."""
    return [(kind.document_type, kind._meta.verbose_name) for kind in page_types()]


class UnreadFilters(ReportFilters):
    period = Chosen(label=_("Nobody has looked at it for"), choices=PERIOD_NAMES, empty_label=None)
    type = Chosen(label=_("Type"), choices=types, empty_label=_("All types"))


class UnreadReport(Report):
    """Public pages that nobody has published or reviewed for so long."""

    page_title = _("Not looked at for a year")
    header_icon = "time"
    filterset_class = UnreadFilters
    defaults = {"period": "year"}
    index_url_name = "reports:unread"
    index_results_url_name = "reports:unread_results"
    nothing = _("All is well: somebody has looked at every page within this time.")
    columns = [
        PageCell("page", label=_("Page")),
        Cell("type", label=_("Type")),
        Cell("language", label=_("Language")),
        TimeCell("reviewed_at", label=_("Last looked at")),
        Cell("reviewed_by", label=_("By")),
        TimeCell("published_at", label=_("Last published")),
        StillRightCell("still_right", label=_("Is it still right?"), is_exported=False),
    ]

    def things(self):
        since = timezone.now() - PERIODS[self.wish("period")]
        pages = seen_pages(self.request.user).filter(live=True, alias_of=None, depth__gt=1)
        kinds = [kind for kind in page_types() if self.wish("type") in ("", kind.document_type)]
        pages = pages.filter(content_type__in=ContentType.objects.get_for_models(*kinds).values())
        if code := self.wish("locale"):
            pages = pages.filter(locale__language_code=code)
        return not_looked_at(pages, since=since)

    def rows(self, things):
        pages = list(things)
        locales = codes_of_locales()
        people = get_user_model().objects.in_bulk({one for page in pages if (one := self.looker(page))})
        mine = set() if self.is_export else reviewable_ids(self.request.user, pages)
        return [self.row(page, locales, people, mine) for page in pages]

    @staticmethod
    def looker(page) -> int | None:
        """Give the id of whoever last looked at a page, as far as the log knows."""
        if page.reviewed_at == NEVER:
            return None
        return page.last_said_by if page.reviewed_at == page.last_said_at else page.last_published_by

    def row(self, page, locales, people, mine) -> Unread:
        looker = self.looker(page)
        is_never = page.reviewed_at == NEVER
        return Unread(
            page.pk,
            shown_page(page, locales),
            type_name(page.content_type_id),
            language_name(locales[page.locale_id]),
            None if is_never else page.reviewed_at,
            person_name(people.get(looker)) if looker else "" if is_never else gettext("The server itself"),
            page.last_published_at,
            page.pk in mine,
        )
