"""Who somebody is, and that they may try at all: asked in this order when somebody logs in."""

from axes.backends import AxesStandaloneBackend
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend


class NotLockedOut(AxesStandaloneBackend):
    """Turns away whoever was wrong too often. Programs that log in without a request have no address to count."""

    def authenticate(self, request, username=None, password=None, **rest):
        return super().authenticate(request, username, password, **rest) if request is not None else None


class NameOrEmail(ModelBackend):
    """Knows people by their user name, or by their e-mail address where only one person has it."""

    def authenticate(self, request, username=None, password=None, **rest):
        name = rest.get(get_user_model().USERNAME_FIELD) if username is None else username
        return super().authenticate(request, name and user_name(name), password, **rest)


def user_name(given: str) -> str:
    """Give the user name of whoever logs in with it or with their e-mail address; else what was given."""
    people = get_user_model().objects
    if "@" not in given or people.filter(username=given).exists():
        return given
    names = people.filter(email__iexact=given.strip(), is_active=True).values_list("username", flat=True)[:2]
    return names[0] if len(names) == 1 else given
