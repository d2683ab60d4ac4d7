"""Whose words may be public: the rules of consent and credit."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Naming(models.TextChoices):
    FULL_NAME = "full-name", _("Full name")
    FIRST_NAME = "first-name", _("First name only")
    ROLE = "role", _("Their role, no name")
    NOT_NAMED = "not-named", _("Not named at all")
    ILLUSTRATIVE = "illustrative", _("Illustrative: written for this toolkit, nobody’s words")


class Consent(models.TextChoices):
    NOT_NEEDED = "not-needed", _("Not needed: these are nobody’s words")
    ASKED = "asked", _("Asked, no answer yet")
    GIVEN = "given", _("Given")
    ENDED = "ended", _("Ran out: ask again")
    WITHDRAWN = "withdrawn", _("Withdrawn")


def may_be_public(*, naming: str, consent: str) -> bool:
    """Tell whether words may be shown to the public.

    Somebody's words need consent that was given and not withdrawn; illustrative ones are nobody's, unless
    somebody withdrew them all the same.
    """
    if consent == Consent.WITHDRAWN:
        return False
    return consent == Consent.GIVEN or naming == Naming.ILLUSTRATIVE


def has_run_out(*, consent: str, until: date | None, today: date) -> bool:
    """Tell whether somebody agreed until a day that has passed; on that day itself, words may be public."""
    return consent == Consent.GIVEN and until is not None and until < today


def public_name(*, naming: str, name: str) -> str:
    """Give the name to show: nothing for somebody who does not want to be named."""
    return "" if naming == Naming.NOT_NAMED else name
