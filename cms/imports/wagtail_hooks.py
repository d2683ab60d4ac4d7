"""Where Wagtail's admin asks for what brings in documents."""

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.imports import urls
from cms.imports.access import RIGHT


@hooks.register("register_admin_urls")
def addresses():
    return [path("imports/", include(urls))]


@hooks.register("register_permissions")
def rights():
    """Let administrators give the right to a group."""
    return Permission.objects.filter(content_type__app_label="imports", codename="add_import")


class ImportsItem(MenuItem):
    """The way to the screens, for those who may bring in documents."""

    def is_shown(self, request):
        return request.user.has_perm(RIGHT)


@hooks.register("register_admin_menu_item")
def imports_item():
    return ImportsItem(
        _("Bring in a document"), reverse("imports:index"), name="imports", icon_name="upload", order=245
    )
