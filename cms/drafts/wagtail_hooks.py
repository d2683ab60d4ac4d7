"""Where Wagtail's admin asks for what shares drafts."""

from collections.abc import Iterator

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from cms.drafts.screen import ShareView, revoke_link
from cms.drafts.sharing import may_share


@hooks.register("register_admin_urls")
def addresses():
    screens = [
        path("<int:page_id>/", ShareView.as_view(), name="share"),
        path("<int:page_id>/revoke/<int:link_id>/", revoke_link, name="revoke"),
    ]
    return [path("drafts/", include((screens, "drafts")))]


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def share_button(page, user, next_url=None, view_name=None) -> Iterator[Button]:
    """The way to the screen: in the menu of a page's editor, also of a translator's, and in lists of pages."""
    if may_share(user, page):
        address = reverse("drafts:share", args=[page.pk])
        # Right after "Edit".
        yield Button(_("Share this draft"), address, icon_name="link", priority=12)
