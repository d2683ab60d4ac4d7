"""The desk at which an act is done: it chooses among what there is, and knows the time."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from wagtail.models import Locale, Page

from toolkit.documents.library import page_types
from toolkit.publishable import NotReady

ACTS: dict[str, Callable[["Desk"], None]] = {}
CODES = ("en", "cy", "ar")


class NothingToDo(Exception):
    """There is nothing on the site to which an act could be done."""


# What an editor is not let do: take an address that is taken, publish words without consent, or what points nowhere.
REFUSALS = (NothingToDo, NotReady, ValidationError)


def act(function):
    """Make a function one of the acts."""
    ACTS[function.__name__] = function
    return function


class Desk:
    """Chooses, and keeps the clock. `choose` takes how many there are, and gives the place of one, from 0."""

    def __init__(self, choose: Callable[[int], int]):
        self.choose = choose
        self.now = datetime(2026, 11, 24, 10, tzinfo=UTC)
        self.did: list[str] = []

    def pick(self, options: Sequence):
        """Choose one of some things, and note which. Raises NothingToDo when there is none."""
        if not options:
            raise NothingToDo
        option = options[self.choose(len(options))]
        self.did.append(named(option))
        return option

    def some(self, options: Sequence, most: int) -> list:
        """Choose up to so many, in any order, perhaps one of them twice."""
        return [self.pick(options) for _number in range(self.choose(most + 1))] if options else []

    def page(self, *types: str, **where):
        """Choose a page of some types, or of any."""
        return self.pick(pages(*types, **where))

    def wait(self):
        """Let a moment go by, or none at all: much can happen in one second."""
        self.now += timedelta(seconds=self.pick([0, 1, 90]))


def pages(*types: str, **where) -> list:
    """Give the pages of some types, or of any, in the order of the tree: never an alias."""
    models = [model for model in page_types() if not types or model.document_type in types]
    found = [page for model in models for page in model.objects.filter(alias_of=None, **where)]
    return sorted(found, key=lambda page: page.path)


def locale(code: str) -> Locale:
    """Give a locale by its code."""
    return Locale.objects.get(language_code=code)


def named(option) -> str:
    """Give a short name of something that was chosen."""
    if isinstance(option, Page):
        return f"{option.document_type} {option.url_path} {'live' if option.live else 'draft'}"
    return getattr(option, "__name__", None) or str(option)[:60]
