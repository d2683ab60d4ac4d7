"""Anything at all is sent to every address and every form there is: no server error, nothing slow, nothing told.

FUZZ_CALLS is how many calls there are beside those that look for forms, FUZZ_SEED what they are made of. A call that
went wrong is asked again, with nothing else, by FUZZ_CALL, its number.
"""

import logging
import os
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client

from cms import views
from tests.cms.fuzzing import asking
from tests.cms.fuzzing.asking import Asked, Call, ask
from tests.cms.fuzzing.forms import Form, forms, links, parsed
from tests.cms.fuzzing.making import Maker, split
from tests.cms.fuzzing.places import ADMINISTRATOR, ANONYMOUS, Place, places, route_of
from tests.cms.fuzzing.tally import Tally
from tests.cms.roles.addresses import every_route, subjects
from tests.cms.roles.doors import behind
from tests.cms.roles.people import furnished_site, somebody
from tests.releases import publish_everything

pytestmark = pytest.mark.django_db

CALLS = int(os.environ.get("FUZZ_CALLS", 400))
SEED = os.environ.get("FUZZ_SEED", "1")
ONLY = os.environ.get("FUZZ_CALL")
# So many links to each route are followed to look for forms, beside the address that is asked in any case.
LINKS = 3 if CALLS > 2000 else 0
# What answers with a server error because that is what it is for.
BY_DESIGN = frozenset({"admin/failwhale/"})

SHOWING_PICTURES = [f"/admin/images/{page}" for page in ("", "?p=2", "?layout=list", "chooser/", "chooser/?p=2")]


@pytest.fixture(scope="module")
def made(made_once):
    def make() -> list[Place]:
        pages = furnished_site()
        about = subjects(pages)
        publish_everything()
        found = places(about, behind(pages))
        # Small pictures are made when they are first shown, which is not what is measured here.
        client = Client()
        client.force_login(somebody(ADMINISTRATOR))
        for address in SHOWING_PICTURES:
            assert client.get(address).status_code == 200
        return found

    return made_once(make)


@pytest.fixture
def found(db, made, settings, monkeypatch) -> Iterator[list[Place]]:
    places_there, settings.RELEASES_DIR = made
    settings.TASKS = {**settings.TASKS, "publishing": settings.IN_WORKER}
    settings.STYLEGUIDE = True
    # What is done to the database is taken back, but a file would not come back.
    monkeypatch.setattr(FileSystemStorage, "delete", lambda storage, name: None)
    # Each answer says what went wrong; a hundred thousand warnings say nothing.
    logging.disable()
    yield places_there
    logging.disable(logging.NOTSET)


class Crawl:
    """Walks the site as somebody: looks at every place and at what they link to, and keeps the forms."""

    def __init__(self, tally: Tally):
        self.tally, self.forms, self.names = tally, {}, defaultdict(dict)
        self.clients = {}
        for who in (ADMINISTRATOR, ANONYMOUS):
            for guarded in (False, True):
                client = self.clients[who, guarded] = Client(
                    raise_request_exception=False, enforce_csrf_checks=guarded
                )
                if who == ADMINISTRATOR:
                    client.force_login(somebody(ADMINISTRATOR))

    def ask(self, call: Call) -> Asked:
        asked = ask(self.clients[call.who, call.is_guarded], call, BY_DESIGN)
        self.tally.add(asked)
        return asked

    def walk(self, who: str, places: list[Place]):
        seen, ways = set(), [(place.route, place.address) for place in places]
        followed = defaultdict(int)
        for route, address in ways:
            if address in seen:
                continue
            seen.add(address)
            path, query = split(address)
            asked = self.ask(Call(-len(seen), who, route, "GET", path, query))
            if asked.status != 200 or not asked.type.startswith("text/html"):
                continue
            soup = parsed(asked.content)
            for form in forms(soup, who, address, route_of):
                self.keep(form)
            for link in links(soup, address) if LINKS else ():
                to = route_of(urlsplit(link).path)
                self.names[to] |= dict.fromkeys(name for name, _ in parse_qsl(urlsplit(link).query))
                if to and link not in seen and followed[to] < LINKS:
                    followed[to] += 1
                    ways.append((to, link))

    def keep(self, form: Form):
        self.forms.setdefault(form.key, form)
        self.names[form.route] |= dict.fromkeys(name for name, _value in form.fields)


def test_anything_at_all_is_answered(found, figures, record_property):
    tally = Tally()
    crawl = Crawl(tally)
    for who in (ADMINISTRATOR, ANONYMOUS):
        crawl.walk(who, found)
    maker = Maker(SEED, {route: list(names) for route, names in crawl.names.items()})
    addresses = [(who, place) for place in found for who in (ADMINISTRATOR, ANONYMOUS)]
    sending = [(form.who, form) for form in crawl.forms.values()]
    for number in [int(ONLY)] if ONLY else range(CALLS):
        # One after the other is asked at an address, and sends a form.
        these = addresses if number % 2 else sending
        turn, index = divmod(number // 2, len(these))
        # Else all addresses would be asked by one method before any is asked by another.
        crawl.ask(maker.call(number, *these[index], turn=turn + index))
    record_property("fuzz", tally.figures)
    figures("\n".join(f"{seconds:.2f} s {what}" for seconds, what in reversed(tally.slowest)))
    assert set(every_route()) - tally.routes == set()
    assert not tally.wrong, str(tally)


def test_what_breaks_is_told(found, monkeypatch):
    """Also when it breaks on purpose: a view that raises, and one that nobody waits for."""
    crawl = Crawl(Tally())
    place = next(place for place in found if place.route.startswith("^media/"))
    call = Call(1, ADMINISTRATOR, place.route, "GET", *split(place.address))
    assert crawl.ask(call).wrong == ""
    monkeypatch.setattr(asking, "LONGEST", 0)
    assert crawl.ask(call).wrong == "slow: ^media/(?P<path>.+)$"
    monkeypatch.setattr(views, "may_see", lambda request, name: 1 / 0)
    assert crawl.ask(call).wrong.startswith("500: ZeroDivisionError < ")
    assert str(call) in str(crawl.tally)
