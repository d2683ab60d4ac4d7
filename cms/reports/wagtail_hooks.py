"""Where Wagtail's admin asks for reports."""

from collections.abc import Iterator
from functools import partial

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from cms.reports import urls
from cms.reports.menu import OURS, our_item, overview_item, tidy
from cms.reports.reviews import REVIEWED, TAKEN_BACK
from cms.reports.rights import is_reviewable, may_review


@hooks.register("register_admin_urls")
def addresses():
    return [path("reports/", include(urls))]


@hooks.register("register_permissions")
def permissions():
    """Let administrators give the right in the form of a group."""
    return Permission.objects.filter(content_type__app_label="reports", codename="view_reports")


# Wagtail asks each function for one item.
for make_item in (overview_item, *(partial(our_item, name) for name in OURS)):
    hooks.register("register_reports_menu_item", make_item)


@hooks.register("construct_reports_menu")
def tidy_menu(request, items):
    tidy(items)


@hooks.register("register_page_header_buttons")
def still_right_button(page, user, next_url=None, view_name=None) -> Iterator[Button]:
    """One press in the menu at the head of a page; without a script, a screen asks first."""
    if is_reviewable(page) and may_review(user, page):
        address = reverse("reports:still_right", args=[page.pk])
        attributes = {
            "data-controller": "w-action",
            "data-action": "click->w-action#post",
            "data-w-action-url-value": address,
        }
        yield Button(_("I have read it: still right"), address, icon_name="check", attrs=attributes, priority=13)


@hooks.register("register_log_actions")
def register_reviews(actions):
    @actions.register_action(REVIEWED)
    class Reviewed(LogFormatter):
        label = _("Say that a page is still right")

        def format_message(self, entry):
            if entry.data.get("taken_back"):
                return _("Read it, and said that it is still right; that was taken back")
            return _("Read it, and said that it is still right")

    actions.register_action(
        TAKEN_BACK, _("Take back that a page is still right"), _("Took back that it is still right")
    )
