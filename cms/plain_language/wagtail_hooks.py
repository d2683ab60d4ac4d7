"""Where Wagtail's admin asks for plain language."""

from django.contrib.auth.models import Permission
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.plain_language.axe import put_ours
from cms.plain_language.panel import check_form
from cms.plain_language.report import PERMISSION, PlainLanguageReport, may_see_report
from cms.plain_language.viewsets import PlainWords


@hooks.register("register_admin_viewset")
def word_list():
    return PlainWords()


@hooks.register("register_admin_urls")
def addresses():
    screens = [
        path("check/", check_form, name="check"),
        path("report/", PlainLanguageReport.as_view(), name="report"),
        path("report/results/", PlainLanguageReport.as_view(results_only=True), name="report_results"),
    ]
    return [path("plain-language/", include((screens, "plain_language")))]


class ReportItem(MenuItem):
    """The way to the report, for those who may see it."""

    def is_shown(self, request):
        return may_see_report(request.user)


@hooks.register("register_reports_menu_item")
def report_item():
    address = reverse("plain_language:report")
    return ReportItem(_("Plain language"), address, name="plain-language", icon_name="clipboard-list", order=600)


@hooks.register("register_permissions")
def permissions():
    """Let the right to see the report be given to groups."""
    app, codename = PERMISSION.split(".")
    return Permission.objects.filter(content_type__app_label=app, codename=codename)


@hooks.register("insert_editor_js")
def script():
    return format_html('<script src="{}" defer></script>', static("plain_language/panel.js"))


@hooks.register("insert_global_admin_css")
def style():
    return format_html('<link rel="stylesheet" href="{}">', static("plain_language/panel.css"))


@hooks.register("construct_wagtail_userbar")
def our_checker(request, items, page):
    """Let Wagtail's checks of the preview say it in our words."""
    put_ours(items, page)
