"""The site and the editor of the releases' tests, and how somebody presses Undo."""

import re
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

# pytest finds fixtures by their names in this module.
from tests.cms.releases_admin.conftest import does, editor, edits, releases, said, site  # noqa: F401
from tests.small_site import fresh


def steps_in(told: str) -> str:
    """Give what the Undo button of a message sends, "" where there is none."""
    found = re.search(r'name="steps" value="([^"]+)"', told)
    return unescape(found[1]) if found else ""


@pytest.fixture
def press(django_capture_on_commit_callbacks):
    """Presses the Undo button of a message, and gives what the admin says then."""

    def undo(client, told: str, **more) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(reverse("undo"), {"steps": steps_in(told)}, **more)
        assert response.status_code == 302
        return said(client, response.url)

    return undo


@pytest.fixture
def words():
    """Gives the summary that readers see of a page, None where they see nothing."""

    def read(page) -> str | None:
        found = fresh(page)
        return found.summary if found.live else None

    return read


def somebody(name: str, page, *rights: str):
    """Give somebody who comes into the admin and has rights on a page and all below it."""
    group = Group.objects.create(name=f"{name}s")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in rights:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{right}_page")
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    user = get_user_model().objects.create_user(name)
    user.groups.add(group)
    return user
