"""Where Wagtail's admin asks us."""

from django.core.exceptions import PermissionDenied
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import LogFormatter

from cms.care import add_care_panel
from cms.models import Change
from cms.publishing.notices import warn_of_failure
from cms.publishing.signals import request_publish
from cms.releases_admin.views import Releases
from cms.translations import stock
from cms.translations import urls as translation_urls
from cms.translations.explorer import Explorer
from cms.translations.rights import languages_of, may_coordinate


@hooks.register("after_convert_alias_page")
def publish_converted_alias(request, page):
    """An alias that becomes a page of its own has had the code of another, and goes live without any signal."""
    page.specific.take_free_code()
    request_publish(Change.Kind.PAGE, page=page)


@hooks.register("after_bulk_action")
def publish_moved_files(request, action_type, objects, action):
    """Many pictures or files that are put into another collection at once give no signal: it may be a private one."""
    kinds = {get_image_model(): Change.Kind.IMAGE, get_document_model(): Change.Kind.DOCUMENT}
    if action_type == "add_to_collection":
        for item in objects:
            request_publish(kinds[type(item)], object_id=item.pk)


@hooks.register("register_admin_viewset")
def register_releases():
    return Releases()


@hooks.register("register_admin_viewset")
def register_explorer():
    return Explorer()


@hooks.register("before_edit_page")
def say_that_it_is_not_live(request, page):
    """Who opens a page that could not be built reads so above it."""
    warn_of_failure(request, page)


@hooks.register("before_move_page")
def ask_only_who_may_move(request, page, destination):
    """Wagtail looks at rights when the page is moved, and before shows anybody the titles of both."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("construct_homepage_panels")
def show_what_needs_care(request, panels):
    """Say at the top of the dashboard what could not be published, and what is late."""
    add_care_panel(panels)


@hooks.register("register_admin_urls", order=-1)
def translation_addresses():
    return [path("translations/", include(translation_urls)), *stock.urlpatterns]


# Before wagtail-localize, which opens a screen of its own.
hooks.register("before_edit_page", stock.open_ours, order=-1)


class TranslationsItem(MenuItem):
    """The way to the translators' screens, for those who translate or look after it."""

    def is_shown(self, request):
        return bool(languages_of(request.user)) or may_coordinate(request.user)


@hooks.register("register_admin_menu_item")
def translations_item():
    address = reverse("translations:index")
    return TranslationsItem(_("Translations"), address, name="our-translations", icon_name="globe", order=240)


@hooks.register("register_log_actions")
def register_meaning(actions):
    @actions.register_action("toolkit.meaning")
    class Meaning(LogFormatter):
        label = _("Say whether a change has changed the meaning")

        def format_message(self, entry):
            same = entry.data.get("minor")
            return _("Said that the meaning is the same") if same else _("Said that the meaning has changed")


@hooks.register("register_log_actions")
def register_withdrawal(actions):
    actions.register_action("toolkit.withdrawn", _("Take words back"), _("Taken back by the person who said them"))
