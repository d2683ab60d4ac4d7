"""The mails about accounts, each in the language of whoever reads it."""

import logging

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, override
from wagtail.admin.mail import send_mail

from cms.accounts.models import Invitation

logger = logging.getLogger(__name__)


def address_of(token: str) -> str:
    """Give the address that an invitation leads to."""
    return f"{settings.SITE_URL}{reverse('accounts_join', args=[token])}"


def send_invitation(invitation: Invitation, token: str) -> bool:
    """Send an invitation, and tell whether the mail server took it."""
    by = invitation.made_by
    with override(invitation.language):
        subject = gettext("You are invited to “{site}”").format(site=settings.SITE_NAME)
        values = {
            "invitation": invitation,
            "address": address_of(token),
            "by": by and (by.get_full_name() or by.get_username()),
            "until": date_format(localtime(invitation.until), "DATETIME_FORMAT"),
            "name_of_site": settings.SITE_NAME,
        }
        text = render_to_string("admin/accounts/invitation.txt", values)
    return _sent(subject, text, invitation.email)


def tell_about_reset(person, by):
    """Tell somebody that their second step was taken away: if they did not ask for it, they should know."""
    if not person.email:
        return
    profile = getattr(person, "wagtail_userprofile", None)
    with override(profile.get_preferred_language() if profile else settings.LANGUAGE_CODE):
        subject = gettext("Your second step at login was taken away")
        by = by and (by.get_full_name() or by.get_username())
        text = render_to_string("admin/accounts/reset.txt", {"by": by, "name_of_site": settings.SITE_NAME})
    _sent(subject, text, person.email)


def _sent(subject: str, text: str, to: str) -> bool:
    try:
        return bool(send_mail(subject, text, [to]))
    except Exception:
        # Whatever a mail server does, the person can still be given the link by hand.
        logger.exception("A mail could not be sent")
        return False
