"""No token of a shared draft is written into a log."""

import logging

import pytest
from django.conf import settings
from django.db import OperationalError

from cms.drafts import views
from cms.drafts.masking import MaskedFormatter


def written(*arguments) -> str:
    """Give the line that a log gets."""
    record = logging.LogRecord("django.request", logging.ERROR, "here", 1, *arguments, exc_info=None)
    return MaskedFormatter(**LINE).format(record)


LINE = {"fmt": "{levelname} {name}: {message}", "style": "{"}


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("/draft/S3cret-_/", "/draft/***/"),
        ("/draft/S3cret-_/media/a.webp", "/draft/***/media/a.webp"),
        ("/api/v1/drafts/S3cret-_/?a=b", "/api/v1/drafts/***/?a=b"),
        ("/draft/S3cret-_", "/draft/***"),
        ("/admin/drafts/12/", "/admin/drafts/12/"),
        ("/en/process/listening/", "/en/process/listening/"),
    ],
)
def test_token_is_masked(address, masked):
    assert written("%s: %s", ("Internal Server Error", address)) == (
        f"ERROR django.request: Internal Server Error: {masked}"
    )


def test_every_handler_masks_tokens():
    handlers = settings.LOGGING["handlers"].values()
    formatters = {settings.LOGGING["formatters"][handler["formatter"]]["class"] for handler in handlers}
    assert formatters == {"cms.drafts.masking.MaskedFormatter"}


def test_failure_is_logged_without_the_token(db, guest, monkeypatch, caplog):
    def away(**named):
        raise OperationalError("the database is away")

    monkeypatch.setattr(views, "find_draft", away)
    caplog.handler.setFormatter(MaskedFormatter(**LINE))
    guest.raise_request_exception = False
    assert guest.get("/draft/S3cret/").status_code == 503
    assert "Service Unavailable: /draft/***/" in caplog.text
    assert "S3cret" not in caplog.text
