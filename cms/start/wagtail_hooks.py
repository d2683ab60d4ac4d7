"""Where Wagtail's admin asks for the start page, for help, and for its look."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem

from cms.start import views
from cms.start.deleting import ask_before_deleting
from cms.start.panel import StartPanel

# After all others: what they add is looked at, too.
LAST = 1000
# Menu items that lead away from the work at hand, by the beginning of their names.
ELSEWHERE = ("whats-new-in-wagtail-", "editor-guide")


@hooks.register("register_admin_urls")
def addresses():
    screens = [
        path("marks/", views.marks, name="marks"),
        path("waiting/", views.waiting, name="waiting"),
        path("reports/", views.reports, name="reports"),
        path("handbook/", views.handbook, name="handbook"),
    ]
    return [path("start/", include((screens, "start")))]


@hooks.register("construct_homepage_panels")
def ask_what_to_do(request, panels: list):
    panels.append(StartPanel())


@hooks.register("construct_homepage_summary_items", order=LAST)
def count_nothing(request, items: list[SummaryItem]):
    """Nobody comes to learn how many pages, pictures and files there are."""
    items.clear()


@hooks.register("register_help_menu_item")
def lead_to_the_handbook():
    # In a tab of its own: who looks something up is in the middle of something.
    look = {"icon_name": "help", "order": 1, "attrs": {"target": "_blank"}}
    return MenuItem(_("Handbook (in a new tab)"), reverse("start:handbook"), name="handbook", **look)


@hooks.register("construct_help_menu", order=LAST)
def hide_what_leads_away(request, items: list):
    items[:] = [item for item in items if not item.name.startswith(ELSEWHERE)]


@hooks.register("insert_global_admin_css")
def look():
    return format_html('<link rel="stylesheet" href="{}">', static("start/admin.css"))


hooks.register("before_delete_page", ask_before_deleting, order=LAST)
