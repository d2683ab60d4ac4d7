"""What is masked in the log, and what an operator still reads."""

import json
import logging
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, OperationalError

from cms.drafts import views
from cms.observing.failures import described
from cms.observing.lines import JsonFormatter, MaskedFormatter
from cms.observing.masking import masked

PLAIN = MaskedFormatter("{levelname} {name}: {message}", style="{")


def record(message: str, *arguments, error: BaseException | None = None, name: str = "cms.here", **extra):
    """Make a record of the log."""
    trouble = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord(name, logging.ERROR, "here", 1, message, arguments, exc_info=trouble)
    made.__dict__.update(extra)
    return made


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    """Give an exception that was raised, and so knows where."""
    try:
        raise error from cause
    except type(error):
        return sys.exc_info()[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/draft/S3cret-_/", "/draft/***/"),
        ("/draft/S3cret-_/media/a.webp", "/draft/***/media/a.webp"),
        ("/api/v1/drafts/S3cret-_/?a=b", "/api/v1/drafts/***/?a=b"),
        ("/draft/S3cret-_", "/draft/***"),
        ("/admin/drafts/12/", "/admin/drafts/12/"),
        ("/en/process/listening/", "/en/process/listening/"),
        ("Authorization: Bearer S3cret-_", "Authorization: Bearer ***"),
        ("Mail for nia.o'connor+x@mail.example.org broke", "Mail for nia.o'*** broke"),
        ("postgres://mark:S3cret@db.example/mark", "postgres://***@db.example/mark"),
        ("from 203.0.113.9, at 12:30:05", "from ***, at 12:30:05"),
        ("from 2001:db8::7 and [2001:db8::8]:443", "from *** and [***]:443"),
        ('connection to server at "127.0.0.1", port 5432', 'connection to server at "127.0.0.1", port 5432'),
        ("granian 2.8.7, Python 3.11.2", "granian 2.8.7, Python 3.11.2"),
    ],
)
def test_token_and_address_are_masked(text, said):
    assert masked(text) == said
    assert PLAIN.format(record("%s", text)) == f"ERROR cms.here: {said}"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            ValueError("invalid literal for int() with base 10: 'Nia'"),
            "ValueError: invalid literal for int() with base 10: '***'",
        ),
        (KeyError("Nia"), "KeyError: '***'"),
        (
            IntegrityError('duplicate key breaks "users"\nDETAIL:  Key (username)=(Nia) already exists.'),
            'django.db.utils.IntegrityError: duplicate key breaks "users"',
        ),
        (
            FileNotFoundError(2, "No such file", "/srv/releases/current"),
            "FileNotFoundError: [Errno 2] No such file: '/srv/releases/current'",
        ),
        (
            FileNotFoundError(2, "No such file", f"{settings.MEDIA_ROOT}/Nia at home.jpg"),
            "FileNotFoundError: [Errno 2] No such file: '***'",
        ),
        (
            AttributeError("'NoneType' object has no attribute 'x'"),
            "AttributeError: 'NoneType' object has no attribute 'x'",
        ),
        (ImproperlyConfigured("Set “PORT”"), "django.core.exceptions.ImproperlyConfigured: Set “PORT”"),
        (ValueError(), "ValueError"),
        (RuntimeError("x" * 1000), f"RuntimeError: {'x' * 300}"),
    ],
)
def test_exception_tells_no_values(error, said):
    assert described(error) == said


def test_exception_tells_where_it_came_from():
    error = raised(ValueError("“Nia” is no number"), cause=raised(KeyError("Nia")))
    said = PLAIN.format(record("It broke: %s", error, error=error))
    assert said.splitlines()[0] == "ERROR cms.here: It broke: “***” is no number"
    assert said.count("test_masking.py") == 2
    assert said.index("KeyError: '***'") < said.index("It led to:") < said.index("ValueError: “***” is no number")
    assert "Nia" not in said


def test_line_of_json_has_all_of_it():
    error = raised(ValueError("“Nia” is no number"))
    line = JsonFormatter().format(record("It broke\nfor %s", "nia@example.org", error=error, status_code=500))
    said = json.loads(line)
    assert "\n" not in line
    assert said["time"].endswith("Z")
    assert (said["level"], said["logger"], said["message"]) == ("ERROR", "cms.here", "It broke\nfor ***")
    assert (said["status"], said["error"]) == (500, "ValueError")
    assert said["traceback"].endswith("ValueError: “***” is no number")


def test_every_handler_masks():
    handlers = settings.LOGGING["handlers"].values()
    formatters = settings.LOGGING["formatters"]
    assert {handler["formatter"] for handler in handlers} <= set(formatters)
    ours = {"cms.observing.lines.MaskedFormatter", "cms.observing.lines.JsonFormatter"}
    assert {formatter["class"] for formatter in formatters.values()} == ours


def test_failure_is_logged_without_the_token(db, client, starter_release, settings, monkeypatch, caplog):
    def away(**named):
        raise OperationalError("the database is away")

    settings.RELEASES_DIR = starter_release
    monkeypatch.setattr(views, "find_draft", away)
    caplog.handler.setFormatter(PLAIN)
    client.raise_request_exception = False
    assert client.get("/draft/S3cret/").status_code == 503
    assert "Service Unavailable: draft [" in caplog.text
    assert "the database is away" in caplog.text
    assert "S3cret" not in caplog.text
