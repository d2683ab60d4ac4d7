"""Where Wagtail's admin asks for what undoes changes."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem

from cms.undo.views import undo


@hooks.register("register_admin_urls")
def addresses():
    return [path("undo/", undo, name="undo")]


class EarlierVersion(ActionMenuItem):
    """The way to all earlier versions of a page, beside the button that saves it."""

    name = "earlier"
    label = _("Go back to an earlier version")
    icon_name = "history"

    def is_shown(self, context):
        if context["view"] == "create":
            return False
        page = context["page"]
        rights = page.permissions_for_user(context["request"].user)
        return rights.can_view_revisions() and page.revisions.count() > 1

    def get_url(self, parent_context):
        return reverse("wagtailadmin_pages:history", args=[parent_context["page"].pk])


@hooks.register("register_page_action_menu_item")
def earlier_version():
    return EarlierVersion(order=95)
