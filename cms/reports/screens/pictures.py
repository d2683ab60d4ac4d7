"""Pictures without words."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.images.permissions import permission_policy
from wagtail.models import Page

from cms.reports.pictures import Wordless, on_pages, used_nowhere
from cms.reports.report import Cell, Chosen, PageCell, Report, ReportFilters
from cms.reports.rights import seen_ids
from cms.reports.showing import ShownPage, codes_of_locales, language_name, shown_page

PAGES, LIBRARY = "pages", "library"
PLACES = [(PAGES, _("Only pictures on pages")), (LIBRARY, _("Only pictures that are used nowhere"))]


@dataclass(frozen=True)
class PictureRow:
    """A picture, and where it says nothing."""

    place: ShownPage
    picture: str
    language: str
    version: str
    todo: str


class PictureFilters(ReportFilters):
    where = Chosen(label=_("Where"), choices=PLACES, empty_label=_("Everywhere"))


class PicturesReport(Report):
    """Pictures on pages without words, and those of the library that have no description and are used nowhere."""

    page_title = _("Pictures without words")
    header_icon = "image"
    filterset_class = PictureFilters
    index_url_name = "reports:pictures"
    index_results_url_name = "reports:pictures_results"
    nothing = _("All is well: every picture says in words what it shows, or is there for decoration only.")
    columns = [
        PageCell("place", label=_("Where to put it right")),
        Cell("picture", label=_("Picture")),
        Cell("language", label=_("Language")),
        Cell("version", label=_("Seen by")),
        Cell("todo", label=_("What to do")),
    ]

    def things(self):
        where = self.wish("where")
        return [*(() if where == LIBRARY else self.on_pages()), *(() if where == PAGES else self.in_library())]

    def on_pages(self) -> list[Wordless]:
        seen, code, locales = seen_ids(self.request.user), self.wish("locale"), codes_of_locales()
        return [one for one in on_pages() if one.page in seen and (not code or locales.get(one.locale) == code)]

    def in_library(self) -> list[Wordless]:
        if self.wish("locale"):
            return []
        return list(used_nowhere(permission_policy.instances_user_has_permission_for(self.request.user, "change")))

    def rows(self, things):
        found = list(things)
        locales = codes_of_locales()
        pages = Page.objects.in_bulk({one.page for one in found if one.page})
        titles = {
            pk: image.title for pk, image in get_image_model().objects.in_bulk({one.image for one in found}).items()
        }
        rows = []
        for one in found:
            title = titles.get(one.image) or gettext("A picture that was deleted")
            if one.page is None:
                rows.append(self.of_library(one, title))
            elif one.page in pages:
                place = shown_page(pages[one.page], locales)
                rows.append(self.of_page(one, title, place, language_name(locales[one.locale])))
        return rows

    @staticmethod
    def of_page(one: Wordless, title: str, place: ShownPage, language: str) -> PictureRow:
        seen = gettext("Readers") if one.is_live else gettext("Nobody yet: it is a draft")
        todo = gettext("Say in words what the picture shows, or tick “Only decoration”.")
        return PictureRow(place, title, language, seen, todo)

    @staticmethod
    def of_library(one: Wordless, title: str) -> PictureRow:
        place = ShownPage(gettext("Library of pictures"), reverse("wagtailimages:edit", args=[one.image]))
        todo = gettext("Describe it, or delete it if nobody needs it.")
        return PictureRow(place, title, "", gettext("Nobody: it is used nowhere"), todo)
