"""Another site with pages of its own, and people who come to them, each with a browser profile of their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.e2e.widget.hosts import Host, another_site
from tests.e2e.widget.people import Person
from tests.gates.browser import PHONE


@pytest.fixture
def host() -> Iterator[Host]:
    with another_site() as site:
        yield site


@pytest.fixture
def toolkit(served_starter) -> str:
    """The origin of the toolkit."""
    return served_starter.address.rstrip("/")


@pytest.fixture
def come(chromium: Browser) -> Iterator[Callable[..., Person]]:
    """Lets somebody come to an address, in a profile of their own. Whatever fails on the page fails the test."""
    with ExitStack() as stack:
        people = []

        def comes(address: str, *, init: str = "", **profile) -> Person:
            context = chromium.new_context(**{"viewport": PHONE, "reduced_motion": "reduce", **profile})
            stack.callback(context.close)
            if init:
                context.add_init_script(init)
            people.append(Person(context.new_page()))
            people[-1].go(address)
            return people[-1]

        yield comes
        assert [problem for person in people for problem in person.problems] == []
