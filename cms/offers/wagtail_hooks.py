"""Where Wagtail's admin asks for offers."""

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.offers import urls
from cms.offers.dashboard import OffersItem, add_offers_panel


@hooks.register("register_admin_urls")
def addresses():
    return [path("offers/", include(urls))]


@hooks.register("register_admin_menu_item")
def offers_item():
    return OffersItem(_("Offers"), reverse("offers:index"), name="offers", icon_name="mail", order=250)


@hooks.register("register_permissions")
def permissions():
    """Let the right be given to groups in the admin."""
    return Permission.objects.filter(content_type__app_label="offers", codename="moderate_offers")


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels):
    """Say on the dashboard how many offers wait."""
    add_offers_panel(request, panels)
