"""Where Wagtail's admin asks us."""

from wagtail import hooks

from cms.models import Change
from cms.publishing.notices import warn_of_failure
from cms.publishing.signals import request_publish
from cms.releases_admin.views import Releases


@hooks.register("after_convert_alias_page")
def publish_converted_alias(request, page):
    """An alias that becomes a page of its own goes live without any signal."""
    request_publish(Change.Kind.PAGE, page=page)


@hooks.register("register_admin_viewset")
def register_releases():
    return Releases()


@hooks.register("before_edit_page")
def say_that_it_is_not_live(request, page):
    """Who opens a page that could not be built reads so above it."""
    warn_of_failure(request, page)
