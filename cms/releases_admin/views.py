"""The two screens of releases in the admin: the list of all, and what changed with one."""

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.http import Http404
from django.urls import path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BaseColumn, Column, StatusFlagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.viewsets.base import ViewSet

from api.releases.manifest import release_ids
from cms.moments import moment
from cms.releases_admin.difference import Row, difference, whole
from cms.releases_admin.history import (
    ADDED,
    FOLLOWED,
    GONE,
    KINDS,
    LABELS,
    ChangedPage,
    Shown,
    document_at,
    is_kept,
    readable,
    shown_releases,
)
from cms.releases_admin.lines import lines_of


def when(shown: Shown) -> str:
    """Say when a release was made, in the editor's time zone; else, which it is."""
    return moment(shown.when) if shown.when else gettext("Release {id}").format(id=shown.id)


def who(shown: Shown) -> str:
    """Say who made a release."""
    return ", ".join(shown.who) or gettext("The server itself")


class What(BaseColumn):
    """What changed with a release, in words."""

    cell_template_name = "admin/releases/what.html"


class ReleasePaginator(WagtailPaginator):
    verbose_name = gettext_lazy("release")
    verbose_name_plural = gettext_lazy("releases")


class PagePaginator(WagtailPaginator):
    verbose_name = gettext_lazy("page")
    verbose_name_plural = gettext_lazy("pages")


class ReleasesView(BaseListingView):
    """All releases that are kept, the newest first. Only those of one screen are read."""

    page_title = gettext_lazy("Releases")
    header_icon = "history"
    paginate_by = 20
    paginator_class = ReleasePaginator
    verbose_name_plural = gettext_lazy("releases")
    index_url_name = "releases:index"
    columns = [
        TitleColumn("when", label=gettext_lazy("When"), accessor=when, url_name="releases:release", id_accessor="id"),
        Column("who", label=gettext_lazy("Who"), accessor=who),
        What("what", label=gettext_lazy("What changed")),
        StatusFlagColumn("is_current", label=gettext_lazy("Status"), true_label=gettext_lazy("Live now")),
    ]

    def get_queryset(self):
        return release_ids(settings.RELEASES_DIR)[::-1]

    def get_table(self, object_list):
        return super().get_table(shown_releases(settings.RELEASES_DIR, object_list))


@dataclass(frozen=True)
class Compared:
    """A page of a release with what differs: `rows` is None where its words are not kept.

    A page is shown whole when it was added or is gone, or when what it was is not kept.
    """

    about: ChangedPage
    rows: list[Row] | None
    is_whole: bool = False


class ReleaseView(BaseListingView):
    """What changed with one release, page by page."""

    template_name = "admin/releases/release.html"
    results_template_name = "admin/releases/pages.html"
    header_icon = "history"
    paginate_by = 20
    paginator_class = PagePaginator
    # More pages than that stand folded up; so do those that only mention another.
    OPEN = 3

    @cached_property
    def shown(self) -> Shown:
        release_id = self.kwargs["release_id"]
        if not is_kept(settings.RELEASES_DIR, release_id):
            raise Http404
        return shown_releases(settings.RELEASES_DIR, [release_id])[0]

    @cached_property
    def parent(self):
        return readable(settings.RELEASES_DIR, self.shown.release and self.shown.release.parent)

    def get_page_title(self):
        return gettext("Release {id}").format(id=self.shown.id)

    def get_breadcrumbs_items(self):
        above = {"url": reverse_lazy("releases:index"), "label": gettext("Releases")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_index_url(self):
        return reverse("releases:release", args=[self.shown.id])

    def get_queryset(self):
        return self.shown.pages or []

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        pages = [self.compared(page) for page in context["object_list"]]
        release = self.shown.release
        return {
            **context,
            "shown": self.shown,
            "when": when(self.shown),
            "who": who(self.shown),
            "groups": [(LABELS[kind], list(found)) for kind, found in groupby(pages, lambda one: one.about.kind)],
            "open_kinds": KINDS[:-1] if len(pages) <= self.OPEN or pages[self.OPEN].about.kind == FOLLOWED else (),
            "lost_parent": release and release.parent and not self.parent and release.parent,
        }

    def compared(self, page: ChangedPage) -> Compared:
        """Compare a page with what it was; where that is not kept, give its words as they are."""
        folder = settings.RELEASES_DIR
        now = None if page.kind == GONE else document_at(folder, self.shown.release, page.api)
        before = None if page.kind == ADDED else document_at(folder, self.parent, page.api)
        if now and before:
            return Compared(page, difference(lines_of(before), lines_of(now)))
        only = before if page.kind == GONE else now
        return Compared(page, whole(lines_of(only)) if only else None, is_whole=True)


class Releases(ViewSet):
    """Releases in the menu, for everybody who may come into the admin."""

    name = "releases"
    icon = "history"
    menu_label = gettext_lazy("Releases")
    menu_order = 250
    add_to_admin_menu = True

    def get_urlpatterns(self):
        return [
            path("", self.construct_view(ReleasesView), name="index"),
            path("<int:release_id>/", self.construct_view(ReleaseView), name="release"),
        ]
