"""Where Wagtail's admin asks us."""

from wagtail import hooks

from cms.care import add_care_panel
from cms.models import Change
from cms.publishing.notices import warn_of_failure
from cms.publishing.signals import request_publish
from cms.releases_admin.views import Releases


@hooks.register("after_convert_alias_page")
def publish_converted_alias(request, page):
    """An alias that becomes a page of its own has had the code of another, and goes live without any signal."""
    page.specific.take_free_code()
    request_publish(Change.Kind.PAGE, page=page)


@hooks.register("register_admin_viewset")
def register_releases():
    return Releases()


@hooks.register("before_edit_page")
def say_that_it_is_not_live(request, page):
    """Who opens a page that could not be built reads so above it."""
    warn_of_failure(request, page)


@hooks.register("construct_homepage_panels")
def show_what_needs_care(request, panels):
    """Say at the top of the dashboard what could not be published, and what is late."""
    add_care_panel(panels)
