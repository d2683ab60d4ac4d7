"""Where Wagtail's admin asks for people and their accounts."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from cms.accounts import people, second_step
from cms.accounts.panel import add_warning
from cms.accounts.rights import may_manage
from cms.accounts.users import erase_all, refuse_beyond_rights


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("people/", include((people.urlpatterns, "people"))),
        path("second-step/", include((second_step.urlpatterns, "second_step"))),
    ]


@hooks.register("register_account_menu_item")
def second_step_item(request):
    return {
        "url": reverse("second_step:index"),
        "label": gettext("Second step at login"),
        "help_text": gettext("A code from your phone, beside your password."),
    }


@hooks.register("register_user_listing_buttons")
def second_step_button(user, request_user) -> Iterator[Button]:
    """The way to help somebody whose phone is lost."""
    if user != request_user and may_manage(request_user, user):
        address = reverse("people:reset", args=[user.pk])
        yield Button(gettext("Take away the second step"), url=address, icon_name="key", priority=40)


@hooks.register("before_bulk_action")
def stay_within_own_rights(request, action_type, objects, action):
    """What is done with many accounts at once goes no further than what is done with one."""
    if action.model is get_user_model() and request.method == "POST":
        refuse_beyond_rights(request, objects, action)
        if action_type == "delete":
            erase_all(objects)


@hooks.register("construct_homepage_panels")
def ask_for_second_step(request, panels):
    """Say on the dashboard when an account on which much depends has a password alone."""
    add_warning(request.user, panels)


@hooks.register("insert_global_admin_js")
def notice_when_logged_out():
    """Whoever writes while their session ends is told so before they press Save, and loses nothing."""
    return format_html(
        '<script defer src="{}" data-ask="{}" data-login="{}" data-out="{}" data-way="{}" data-back="{}"></script>',
        versioned_static("accounts/still-here.js"),
        reverse("accounts_still_here"),
        reverse("wagtailadmin_login"),
        gettext("You are logged out. Your text is still here, but it is not saved."),
        gettext("Log in in a new tab, then come back to this one."),
        gettext("You are logged in again. You can save now."),
    )


@hooks.register("insert_global_admin_css")
def notice_styles():
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("accounts/still-here.css"))


@hooks.register("register_log_actions")
def register_steps(actions):
    @actions.register_action("accounts.second_step_on")
    class On(LogFormatter):
        label = message = _("Set up the second step at login")

    @actions.register_action("accounts.second_step_off")
    class Off(LogFormatter):
        label = message = _("Take away the second step at login")

    @actions.register_action("accounts.backup_code")
    class Backup(LogFormatter):
        label = message = _("Log in with a backup code")
