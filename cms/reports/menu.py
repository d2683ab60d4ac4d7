"""The menu of reports: ours, Wagtail's under plain names, and a screen that says what each is for."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem, reports_menu
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.reports.names import NAMES, REPLACED, help_of
from cms.reports.rights import may_view
from cms.reports.screens.changes import ChangesReport
from cms.reports.screens.clear import ClearReport
from cms.reports.screens.links import LinksReport
from cms.reports.screens.pictures import PicturesReport
from cms.reports.screens.unread import UnreadReport

OVERVIEW = "all-reports"
OURS = {
    "not-looked-at": UnreadReport,
    "broken-links": LinksReport,
    "wordless-pictures": PicturesReport,
    "changed-this-month": ChangesReport,
    "is-it-clear": ClearReport,
}


class ReportItem(MenuItem):
    """The way to a report of ours, for those who may see it."""

    def is_shown(self, request):
        return may_view(request.user)


def overview_item() -> MenuItem:
    """Give the item of the screen that says what each report is for."""
    return MenuItem(_("All reports"), reverse("reports:index"), OVERVIEW, icon_name="help", order=1)


def our_item(name: str) -> MenuItem:
    """Give the item of a report of ours; they stand in their order, before Wagtail's."""
    view, order = OURS[name], 100 + list(OURS).index(name)
    return ReportItem(view.page_title, reverse(view.index_url_name), name, icon_name=view.header_icon, order=order)


def tidy(items: list[MenuItem]):
    """Take out what ours replace, and call the rest by plain names. Who may see no report sees no list of them."""
    items[:] = [item for item in items if item.name not in REPLACED]
    for item in items:
        if item.name in NAMES:
            item.label = NAMES[item.name][1]
    if [item.name for item in items] == [OVERVIEW]:
        items.clear()


def reports_for(request) -> list[dict]:
    """Give name, address and help of each report that somebody may see, in the order of the menu."""
    items = sorted(reports_menu.menu_items_for_request(request), key=lambda item: item.order)
    return [
        {"name": item.label, "address": item.url, "icon": item.icon_name, "help": help_of(item)}
        for item in items
        if item.name != OVERVIEW
    ]


class Overview(WagtailAdminTemplateMixin, TemplateView):
    """All reports that somebody may see, with a line for each."""

    page_title = _("All reports")
    header_icon = "help"
    template_name = "admin/reports/overview.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def reports(self) -> list[dict]:
        return reports_for(self.request)
