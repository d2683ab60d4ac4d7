"""Accounts of people in roles, made on a site that runs: they are called after what they do."""

from pathlib import Path

from tests.programs import manage

PASSWORD = "a long enough password"
MAKE = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
for name, group in %r.items():
    user, _ = get_user_model().objects.get_or_create(username=name)
    user.set_password(%r)
    user.save()
    user.groups.set([Group.objects.get(name=group)])
"""


def make_people(data: Path, groups: dict[str, str]):
    """Make an account in each of these groups, by its name; all have the same password."""
    manage(data, "shell", "-c", MAKE % (groups, PASSWORD))
