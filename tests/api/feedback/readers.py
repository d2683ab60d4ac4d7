"""Readers who say whether a page is clear, with browsers that run no script and keep no cookie."""

from itertools import count

from django.test import Client

from tests.api.scoring.test_pages import Forms

START = "/en/feedback/"
PAGE = "mark/listening"
PATH = "/en/process/listening/"
WORDS = "The word “facilitator” is hard."
FIELDS = {"page": PAGE, "website": ""}
_numbers = count(1)


def reader() -> Client:
    """Give the browser of somebody in a network where nobody else is."""
    number = next(_numbers)
    return Client(enforce_csrf_checks=True, REMOTE_ADDR=f"10.1.{number // 250}.{number % 250}")


def say(clear: str = "no", *, by: Client | None = None, start: str = START, **fields):
    """Press one of the buttons on a page; give what follows, redirect and all."""
    by = by or reader()
    response = by.post(start, {**FIELDS, "clear": clear, **fields})
    return by.get(response["Location"]) if response.status_code == 303 else response


def write(words: str = WORDS, *, by: Client | None = None, **fields):
    """Write what was hard, and send it."""
    return say(by=by, words=words, step="words", **fields)


def form_on(client: Client, path: str) -> dict:
    """Give the hidden fields of the form on a page of the site."""
    return Forms(client.get(path).getvalue().decode()).forms[START]
