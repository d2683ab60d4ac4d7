"""Where Wagtail's admin asks us."""

from wagtail import hooks

from cms.models import Change
from cms.publishing.signals import request_publish


@hooks.register("after_convert_alias_page")
def publish_converted_alias(request, page):
    """An alias that becomes a page of its own has had the code of another, and goes live without any signal."""
    page.specific.take_free_code()
    request_publish(Change.Kind.PAGE, page=page)
