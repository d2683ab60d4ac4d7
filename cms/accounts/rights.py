"""Who may give which rights: nobody gives what they do not have.

Rights come from groups: permissions, rights on pages and collections (and all below them), and steps of a review.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, GroupCollectionPermission, GroupPagePermission


@dataclass(frozen=True)
class Rights:
    """Permissions by name; (permission, path) of pages and of collections; reviews by number."""

    permissions: frozenset[str]
    pages: frozenset[tuple[int, str]]
    collections: frozenset[tuple[int, str]]
    reviews: frozenset[int]

    def cover(self, other: "Rights") -> bool:
        """Tell whether these are all rights that others are, and perhaps more."""
        return (
            self.permissions >= other.permissions
            and self.reviews >= other.reviews
            and _below(self.pages, other.pages)
            and _below(self.collections, other.collections)
        )


def _below(wide: frozenset, narrow: frozenset) -> bool:
    """Tell whether each right of one set stands at or below a place where the other set has the same."""
    return all(any(right == one and path.startswith(top) for one, top in wide) for right, path in narrow)


def rights_of(groups: list[Group], permissions: frozenset[str] = frozenset()) -> Rights:
    """Give the rights that groups have together, and permissions beside them."""
    of = {"group__in": [group.pk for group in groups]}
    named = Group.objects.filter(pk__in=of["group__in"]).values_list(
        "permissions__content_type__app_label", "permissions__codename"
    )
    pages = GroupPagePermission.objects.filter(**of).values_list("permission", "page__path")
    collections = GroupCollectionPermission.objects.filter(**of).values_list("permission", "collection__path")
    reviews = GroupApprovalTask.groups.through.objects.filter(**of).values_list("groupapprovaltask", flat=True)
    return Rights(
        permissions | {f"{app}.{name}" for app, name in named if name},
        frozenset(pages),
        frozenset(collections),
        frozenset(reviews),
    )


def rights_of_person(person) -> Rights:
    """Give the rights that somebody has, but for those of a superuser."""
    return rights_of(list(person.groups.all()), frozenset(person.get_all_permissions()))


def may_invite(person) -> bool:
    """Tell whether somebody may bring others in."""
    return person.is_active and person.has_perm("auth.add_user")


def groups_to_give(person) -> list[Group]:
    """List the groups that somebody may put others into."""
    groups = list(Group.objects.order_by("name"))
    if person.is_superuser:
        return groups
    own = rights_of_person(person)
    return [group for group in groups if own.cover(rights_of([group]))]


def may_give(person, *, groups: list[Group], is_superuser: bool) -> bool:
    """Tell whether somebody may give others all this."""
    if person.is_superuser:
        return True
    return not is_superuser and rights_of_person(person).cover(rights_of(groups))


def may_manage(person, other) -> bool:
    """Tell whether somebody may change the account of another: one with more rights could be taken over so."""
    if not (person.is_active and person.has_perm("auth.change_user")):
        return False
    return person.is_superuser or (not other.is_superuser and rights_of_person(person).cover(rights_of_person(other)))
