"""Somebody who offers something, with a browser that runs no script and keeps no cookie."""

import re
from dataclasses import dataclass
from uuid import uuid4

from django.test import Client

from api.offers.models import Offer
from api.scoring.tokens import digest_of

START = "/en/give/"
WORDS = "They wrote our words on the wall, and left them there."
FIELDS = {
    "what": "ladder",
    "title": "",
    "words": WORDS,
    "about": "mark/listening",
    "language": "en",
    "naming": "not-named",
    "name": "",
    "consent": "yes",
    "website": "",
}


@dataclass(frozen=True)
class Sent:
    """What came of a form."""

    response: object

    @property
    def text(self) -> str:
        return self.response.content.decode()

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def link(self) -> str:
        """The path of the private link."""
        return re.search(r'href="http://[^/"]+(/\w+/give/[\w-]{27}/)"', self.text)[1]

    @property
    def offer(self) -> Offer:
        return Offer.objects.get(digest=digest_of(self.link.split("/")[-2]))


def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def send(path: str = START, *, write: str = "", **fields) -> Sent:
    """Fill in the form, and send it."""
    return Sent(browser().post(path, {**FIELDS, "write": write or str(uuid4()), **fields}))


def look(link: str) -> Sent:
    return Sent(browser().get(link))


def take_back(link: str) -> Sent:
    return Sent(browser().post(link, {"sure": "yes"}))
