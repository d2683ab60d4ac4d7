"""The one rule about passwords, in plain words."""

from django.contrib.auth.password_validation import get_default_password_validators
from django.utils.translation import gettext


def password_rules() -> str:
    """Say what Django's validators will ask of a password."""
    lengths = [getattr(validator, "min_length", 0) for validator in get_default_password_validators()]
    return gettext(
        "At least {count} letters, numbers or signs. Three or four words that have nothing to do with each other are "
        "easy to remember and hard to guess. Not your name or e-mail address, and nothing that many people use."
    ).format(count=max(lengths, default=1))
