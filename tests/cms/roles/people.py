"""Somebody of each role, on a small site."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, WorkflowPage

from cms.roles.groups import EDITORS, KEEPERS, PUBLISHERS, REVIEWERS
from cms.roles.rooms import AGREEMENT, furnish_roles
from tests.translations import person, translated_site
from toolkit.models import Lake, Voices

ROLES = {"editor": EDITORS, "reviewer": REVIEWERS, "publisher": PUBLISHERS, "keeper": KEEPERS}


def furnished_site() -> dict:
    """Make the small site with all groups; give its pages by their code."""
    pages = translated_site()
    furnish_roles()
    # It took the starter content's, which are hidden here.
    WorkflowPage.objects.filter(workflow__name=AGREEMENT).update(page=pages["all-voices"])
    for code, kind in (("all-voices", Voices), ("small-lake", Lake)):
        GroupPagePermission.objects.filter(page__in=kind.objects.all()).update(page=pages[code])
    return pages


def somebody(role: str):
    """Give somebody of a role: one of ROLES, "translator", "translation reviewer", "administrator", "nobody"."""
    if role.startswith("translat"):
        return person("reviewer" if role.endswith("reviewer") else "translator", "cy")
    user, is_new = get_user_model().objects.get_or_create(username=role, defaults={"email": f"{role}@example.org"})
    if is_new:
        user.is_superuser = role == "administrator"
        user.set_password("a long password")
        user.save()
        user.groups.set(Group.objects.filter(name=ROLES.get(role)))
    return user
