"""Who may decide on offers. Making a draft also takes the right to add a page in that place, which is Wagtail's."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

MODERATE = "offers.moderate_offers"


def may_moderate(user) -> bool:
    """Tell whether somebody may see what waits, and decide on it."""
    return user.is_active and user.has_perm("wagtailadmin.access_admin") and user.has_perm(MODERATE)


def may_add(user, parent: Page | None) -> bool:
    """Tell whether somebody may make a draft below a page."""
    return parent is not None and parent.permissions_for_user(user).can_add_subpage()


def for_moderators(view):
    """Let in who may decide on offers."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_moderate(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return require_admin_access(guarded)
