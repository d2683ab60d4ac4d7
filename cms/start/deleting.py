"""The question before a page is deleted: says what is lost for ever, and offers to take it off the site instead."""

from django.conf import settings
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import ReferenceIndex

from toolkit import locales

# Wagtail's own: of so many pages it asks for the name of the site before it deletes them.
MANY = 10


def ask_before_deleting(request, page):
    """Show our question in the place of Wagtail's, which goes on to delete what was confirmed."""
    if request.method == "POST":
        return None
    usage = ReferenceIndex.get_references_to(page).group_by_source_object()
    below = page.get_descendant_count()
    rights = page.permissions_for_user(request.user)
    context = {
        "header_title": _("Delete this page?"),
        "title": page.get_admin_display_title(),
        "language": locales.language(page.locale.language_code),
        "is_live": page.live,
        "below": below,
        "all_pages": below + 1,
        "used": usage.count(),
        "usage_address": reverse("wagtailadmin_pages:usage", args=[page.pk]) + "?describe_on_delete=1",
        "is_protected": usage.is_protected,
        "asks_for_name": below + 1 >= getattr(settings, "WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT", MANY),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "unpublish_address": reverse("wagtailadmin_pages:unpublish", args=[page.pk])
        if rights.can_unpublish()
        else "",
        "next": get_valid_next_url_from_request(request),
        "back": reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
    }
    return TemplateResponse(request, "admin/start/delete.html", context)
