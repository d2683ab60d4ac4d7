"""Links that do not lead where they should."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.reports.links import FoundLink, found_links
from cms.reports.reading import ADDRESS, PAGE
from cms.reports.report import Cell, Chosen, PageCell, Report, ReportFilters, TimeCell
from cms.reports.rights import seen_ids
from cms.reports.showing import ShownPage, codes_of_locales, language_name, shown_page

BROKEN, OUTSIDE = "broken", "outside"
SHOWS = [(BROKEN, _("Broken links")), (OUTSIDE, _("All links to other sites"))]


@dataclass(frozen=True)
class LinkRow:
    """A link, the page that it stands on, and what is wrong with it."""

    page: ShownPage
    language: str
    words: str
    target: str
    says: str
    checked_at: datetime | None


class LinkFilters(ReportFilters):
    show = Chosen(label=_("Show"), choices=SHOWS, empty_label=None)


class LinksReport(Report):
    """Broken links of public pages, and those to other sites."""

    page_title = _("Broken links")
    header_icon = "link"
    filterset_class = LinkFilters
    defaults = {"show": BROKEN}
    index_url_name = "reports:links"
    index_results_url_name = "reports:links_results"
    columns = [
        PageCell("page", label=_("Page")),
        Cell("language", label=_("Language")),
        Cell("words", label=_("Link or block")),
        Cell("target", label=_("Leads to"), classname="report-address"),
        Cell("says", label=_("What is wrong")),
        TimeCell("checked_at", label=_("Checked")),
    ]

    @property
    def nothing(self):
        if self.wish("show") == OUTSIDE:
            return gettext("No page leads to another site.")
        return gettext("All is well: every link on our pages that we know of leads somewhere.")

    @cached_property
    def seen(self) -> set[int]:
        return seen_ids(self.request.user)

    @cached_property
    def every(self) -> list[FoundLink]:
        code, locales = self.wish("locale"), codes_of_locales()
        return [
            link
            for link in found_links()
            if link.page in self.seen and (not code or locales.get(link.locale) == code)
        ]

    def things(self):
        if self.wish("show") == OUTSIDE:
            return [link for link in self.every if link.is_outside]
        return [link for link in self.every if link.trouble]

    @property
    def notes(self):
        outside = [link for link in self.every if link.is_outside]
        if not outside:
            return ()
        text = ngettext(
            "Our pages have {count} link to another site.",
            "Our pages have {count} links to other sites.",
            len(outside),
        )
        return (text.format(count=len(outside)), self.checking(outside))

    @staticmethod
    def checking(outside: list[FoundLink]) -> str:
        """Say honestly what is known of the links to other sites."""
        if not settings.CHECK_OUTSIDE_LINKS:
            return gettext(
                "They are not checked: that is switched off, so that nothing leaves this server unless somebody asks "
                "for it. Whoever looks after the server can switch it on (CHECK_OUTSIDE_LINKS)."
            )
        missing = sum(link.checked_at is None for link in outside)
        if not missing:
            return gettext("Each of them was checked, and is checked again every week.")
        text = ngettext(
            "{count} of them has not been checked yet. Each is checked once a week.",
            "{count} of them have not been checked yet. Each is checked once a week.",
            missing,
        )
        return text.format(count=missing)

    def rows(self, things):
        links = list(things)
        locales = codes_of_locales()
        targets = {int(one.link.target) for one in links if one.link.kind == PAGE and one.link.target.isdecimal()}
        pages = Page.objects.in_bulk({one.page for one in links} | targets)
        return [
            LinkRow(
                shown_page(pages[one.page], locales),
                language_name(locales[one.locale]),
                one.link.words,
                self.target(one, pages, locales),
                self.says(one),
                one.checked_at,
            )
            for one in links
            if one.page in pages
        ]

    def target(self, found: FoundLink, pages: dict, locales: dict) -> str:
        """Say where a link leads: of a page the title, if they may see it."""
        if found.link.kind == ADDRESS:
            return found.link.target
        if found.link.kind == PAGE and found.link.target.isdecimal():
            page = pages.get(int(found.link.target))
            return str(shown_page(page, locales)) if page and page.pk in self.seen else ""
        return ""

    @staticmethod
    def says(found: FoundLink) -> str:
        if found.trouble:
            label = str(found.trouble.label)
            return f"{label} ({found.asked.status})" if found.asked and found.asked.status else label
        if found.checked_at:
            return gettext("Nothing, when it was checked")
        return gettext("Not checked yet") if settings.CHECK_OUTSIDE_LINKS else gettext("Not checked: switched off")
