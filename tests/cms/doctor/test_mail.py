"""What the doctor says of mail: it logs in to a real server on this computer, and sends only what it is asked to."""

import pytest

from cms.doctor import mail
from tests.cms.doctor.looking import ill, verdicts
from tests.cms.doctor.servers import MailHandler, served
from tests.e2e.conftest import free_port


@pytest.fixture
def server(settings):
    with served(MailHandler, heard=[], mail=b"", lets_in=True) as server:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = mail.SMTP, "127.0.0.1", server.port
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "us", "hidden-word"
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 5
        settings.DEFAULT_FROM_EMAIL = "The toolkit <toolkit@charity.example>"
        yield server


def test_mail_server_is_logged_in_to(server):
    assert ill(mail.look()) == ""
    assert b"AUTH" in server.heard
    assert b"MAIL" not in server.heard


def test_wrong_password_is_told(server):
    server.lets_in = False
    said = ill(mail.look())
    assert "does not take the user or the password (535)" in said
    assert "hidden-word" not in said


def test_mail_server_that_is_away_is_told(server, settings):
    settings.EMAIL_PORT = free_port()
    assert f"broken: The mail server 127.0.0.1:{settings.EMAIL_PORT} cannot be used" in ill(mail.look())
    assert "could not be sent" in ill(mail.send("me@charity.example"))


def test_mail_server_without_tls_is_told(server, settings):
    settings.EMAIL_USE_TLS = True
    assert "cannot be used: STARTTLS extension not supported" in ill(mail.look())


def test_mail_is_sent_on_demand(server):
    assert ill(mail.send("me@charity.example")) == ""
    assert b"To: me@charity.example" in server.mail


@pytest.mark.parametrize("sender", ["The toolkit <no-reply@localhost>", "nobody", ""])
def test_sender_whom_nobody_can_answer_is_told(server, settings, sender):
    settings.DEFAULT_FROM_EMAIL = sender
    assert verdicts(mail.look())["sender"] == "warning"


@pytest.mark.parametrize(("is_https", "verdict"), [(True, "warning"), (False, "ok")])
def test_site_without_mail_server_is_told(settings, is_https, verdict):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    settings.IS_HTTPS = is_https
    assert verdicts(mail.look()) == {"server": verdict}
    ill(mail.look())
