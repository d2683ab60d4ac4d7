"""The account that stands in the place of all who were erased: what they wrote stays whole, and says no name."""

from django.contrib.auth import get_user_model

USERNAME = "somebody-who-has-left"
NAME = "Somebody who has left"


def nobody():
    """Give that account, made when it is first needed. Nobody can log in with it, and it has no rights."""
    fields = {"first_name": NAME, "is_active": False, "password": "!"}
    return get_user_model().objects.get_or_create(username=USERNAME, defaults=fields)[0]
