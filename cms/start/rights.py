"""What somebody may change, and where they may add something: Wagtail's own rights, asked for all pages at once."""

from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from toolkit import locales
from toolkit.models import Mark


def marks_of(user):
    """Give the marks that somebody may change, in every language, in their order on the site."""
    theirs = page_permission_policy.instances_user_has_permission_for(user, "change")
    # For those who have no right at all the policy gives no query, but an empty one: an own page counts, too.
    return Mark.objects.filter(pk__in=theirs.values("pk"), alias_of=None).select_related("locale").order_by("path")


def rooms_for(user, parent_type: type[Page]) -> list[Page]:
    """Give the pages of a type below which somebody may add one, those of the source language first."""
    theirs = page_permission_policy.instances_user_has_permission_for(user, "add")
    rooms = parent_type.objects.filter(pk__in=theirs.values("pk"), alias_of=None).select_related("locale")
    allowed = [room for room in rooms if room.permissions_for_user(user).can_add_subpage()]
    return sorted(allowed, key=lambda room: locales.place(room.locale.language_code))


def ordered(codes: set[str]) -> list[str]:
    """Give language codes in the order of the site, the source first."""
    return sorted(codes, key=locales.place)
