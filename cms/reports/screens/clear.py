"""Whether readers find pages clear, and what was hard for them."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.reports.clear import told_of, words_about
from cms.reports.report import Cell, PageCell, Report, TimeCell
from cms.reports.rights import seen_pages
from cms.reports.showing import ShownPage, codes_of_locales, language_name, shown_page
from toolkit.locales import direction

# So many of the newest texts stand in the report itself.
FEW = 3


@dataclass(frozen=True)
class ClearRow:
    """What was said of a page."""

    pk: int
    page: ShownPage
    language: str
    yes: int
    no: int
    texts: list[str]
    newest: date
    lang: str

    @property
    def words(self) -> str:
        """All texts, for a file."""
        return "\n\n".join(self.texts)

    @property
    def few(self) -> list[str]:
        return self.texts[:FEW]

    @property
    def dir(self) -> str:
        return direction(self.lang)

    @property
    def words_address(self) -> str:
        return reverse("reports:words", args=[self.pk])


class WordsCell(Cell):
    """The newest texts, and the way to all of them."""

    cell_template_name = "admin/reports/words-cell.html"


class ClearReport(Report):
    """The pages of which readers said whether they are clear, those first that most found hard."""

    page_title = _("Is it clear?")
    header_icon = "comment"
    index_url_name = "reports:clear"
    index_results_url_name = "reports:clear_results"
    nothing = _("No reader has said within a year whether a page is clear.")
    columns = [
        PageCell("page", label=_("Page")),
        Cell("language", label=_("Language")),
        Cell("no", label=_("Said “Not quite”")),
        Cell("yes", label=_("Said “Yes, it is clear”")),
        WordsCell("words", label=_("What was hard to understand")),
        TimeCell("newest", label=_("Newest answer")),
    ]

    def things(self):
        return told_of(seen_pages(self.request.user), today=localdate(), locale=self.wish("locale"))

    def rows(self, things):
        told, locales = list(things), codes_of_locales()
        pages = Page.objects.in_bulk([one.page for one in told])
        words = words_about(told, today=localdate())
        return [self.row(one, shown_page(pages[one.page], locales), words[one.page]) for one in told]

    @staticmethod
    def row(one, page: ShownPage, words: list[str]) -> ClearRow:
        language = language_name(one.locale)
        return ClearRow(one.page, page, language, one.yes, one.no, words, one.newest, one.locale)
