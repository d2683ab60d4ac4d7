"""What changed in a month: who did what to which page, and never anybody's words."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.reports.changes import WHAT, WORDS, entries_of_month, month_begins, months_until, release_of
from cms.reports.report import Cell, Chosen, PageCell, Report, ReportFilters, TimeCell
from cms.reports.rights import seen_pages
from cms.reports.showing import (
    ShownPage,
    codes_of_locales,
    is_somebodys,
    language_name,
    person_name,
    shown_page,
    type_name,
    withheld,
)

# Months to choose from.
MONTHS = 24


@dataclass(frozen=True)
class ChangeRow:
    """Something that was done to a page; `release` is the one that brought it to readers, None where none did."""

    page: ShownPage
    type: str
    language: str
    what: str
    who: str
    at: datetime
    release: int | None

    @property
    def release_address(self) -> str:
        return reverse("releases:release", args=[self.release]) if self.release else ""


class ReleaseCell(Cell):
    """The way to what changed with a release."""

    cell_template_name = "admin/reports/release-cell.html"


def months() -> list[tuple[str, str]]:
    """Give the months to choose from, the newest first."""
    days = months_until(localdate(), count=MONTHS)
    return [(f"{day:%Y-%m}", date_format(day, "YEAR_MONTH_FORMAT")) for day in days]


class ChangeFilters(ReportFilters):
    month = Chosen(label=_("Month"), choices=months, empty_label=None)
    what = Chosen(label=_("What was done"), choices=list(WORDS.items()), empty_label=_("Everything"))


class ChangesReport(Report):
    """What was done to pages in one month."""

    page_title = _("What changed this month")
    header_icon = "history"
    filterset_class = ChangeFilters
    index_url_name = "reports:changes"
    index_results_url_name = "reports:changes_results"
    nothing = _("Nothing was published, taken off or deleted in this month.")
    columns = [
        PageCell("page", label=_("Page")),
        Cell("type", label=_("Type")),
        Cell("language", label=_("Language")),
        Cell("what", label=_("What was done")),
        Cell("who", label=_("Who")),
        TimeCell("at", label=_("When")),
        ReleaseCell("release", label=_("Release")),
    ]

    @cached_property
    def defaults(self):
        return {"month": f"{localdate():%Y-%m}"}

    @cached_property
    def sees_all(self) -> bool:
        """Whether they see all pages: only then is it theirs to know which ones were deleted."""
        user = self.request.user
        return user.is_superuser or Page.get_first_root_node().permissions_for_user(user).can_edit()

    def things(self):
        pages = seen_pages(self.request.user).filter(depth__gt=1)
        if code := self.wish("locale"):
            pages = pages.filter(locale__language_code=code)
        return entries_of_month(
            month_begins(self.wish("month")),
            what=self.wish("what"),
            pages=pages,
            sees_deleted=self.sees_all and not code,
        )

    def rows(self, things):
        entries = list(things)
        pages = Page.objects.in_bulk({entry.page_id for entry in entries})
        locales = codes_of_locales()
        return [self.row(entry, pages.get(entry.page_id), locales) for entry in entries]

    def row(self, entry, page, locales) -> ChangeRow:
        what = WHAT[entry.action]
        code = locales[page.locale_id] if page else ""
        return ChangeRow(
            shown_page(page, locales) if page else self.gone(entry),
            type_name(entry.content_type_id),
            language_name(code),
            str(WORDS[what]),
            person_name(entry.user) if entry.user_id else gettext("The server itself"),
            entry.timestamp,
            release_of(entry.timestamp, path=path_of(page, code), locale=code) if page else None,
        )

    @staticmethod
    def gone(entry) -> ShownPage:
        """Name a page that is not there any more: of somebody's words, not even the title."""
        return ShownPage(withheld() if is_somebodys(entry.content_type_id) else entry.label)


def path_of(page: Page, code: str) -> str:
    """Give the address of a page on the site."""
    return f"/{code}/{page.url_path.split('/', 2)[2]}"
