"""Whether mails can be sent: connects to the mail server and logs in, and sends nothing unless it is asked to."""

import smtplib
from collections.abc import Iterator
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email

from cms.doctor.findings import Finding, broken, ok, reason, warning
from cms.safety import is_loopback

SMTP = "django.core.mail.backends.smtp.EmailBackend"
SET = "Set EMAIL_URL, such as submission://user:password@mail.example"
TEXT = "If you can read this, the toolkit can send mails. It was asked to by: manage.py doctor --send-to"


def look() -> Iterator[Finding]:
    if settings.EMAIL_BACKEND != SMTP:
        yield _without_server()
        return
    yield _server()
    yield from _sender()


def send(address: str) -> Iterator[Finding]:
    """Send a mail to an address."""
    try:
        EmailMessage(f"A mail of {settings.SITE_NAME}", TEXT, to=[address]).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        yield broken("sent", f"The mail to {address} could not be sent: {reason(error)}.", SET)
        return
    yield ok("sent", f"A mail to {address} was handed over. See whether it arrives, and not among unwanted mail.")


def _without_server() -> Finding:
    says = "Mails are not sent by a mail server: invitations, new passwords and reminders of consent reach nobody."
    if settings.IS_HTTPS:
        return warning("server", says, f"{SET}. Or hand on by yourself the links that invitations show.")
    return ok("server", "Mails are not sent: fine while somebody tries the toolkit out.")


def _server() -> Finding:
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        connection = get_connection()
        connection.open()
        connection.close()
    except smtplib.SMTPAuthenticationError as error:
        says = f"The mail server {where} does not take the user or the password ({error.smtp_code})."
        return broken("server", says, "Mend both in EMAIL_URL. Some hosts want a password made for programs.")
    except (OSError, smtplib.SMTPException) as error:
        says = f"The mail server {where} cannot be used: {reason(error)}."
        return broken("server", says, f"{SET}, or ask who runs it. Many hosts let mail out by port 587 alone.")
    return ok("server", f"The mail server {where} answers, and takes user and password.")


def _sender() -> Iterator[Finding]:
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    try:
        validate_email(address)
        is_known = not is_loopback(address.rpartition("@")[2])
    except ValidationError:
        is_known = False
    if not is_known:
        says = f"Mails come from {address or settings.DEFAULT_FROM_EMAIL}, to which nobody can answer."
        yield warning("sender", says, "Set DEFAULT_FROM_EMAIL to an address that the mail server may send for.")
    elif urlsplit(settings.SITE_URL).hostname == address.rpartition("@")[2]:
        yield ok("sender", f"Mails come from {address}.")
