"""The record of what is kept about people: its shape, and what of the database it says nothing about."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.apps import apps

from cms.data_protection.retention import Kept


class Person(Enum):
    """Whom something is kept about."""

    EDITOR = "Editors, and everybody else with an account"
    TRANSLATOR = "Translators"
    QUOTED = "People who are quoted, credited or shown"
    PARTICIPANT = "People who score on a board"
    READER = "Readers, and whoever gives feedback or an offer"
    RECEIVER = "Whoever runs a server that is told about releases (webhooks)"


@dataclass(frozen=True)
class Item:
    """One thing that is kept: sentences for whoever reads the record, and the fields and files in which it stands."""

    name: str
    about: tuple[Person, ...]
    what: str
    why: str
    seen: str
    kept: tuple[Kept, ...]
    ends: str
    fields: dict[str, str]
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """A file or folder of the data folder, as a pattern: what is in it, and whether that is about people."""

    name: str
    what: str
    kept: Kept


def fields_there() -> Iterator[tuple[str, str]]:
    """Give every field of every table of the installed apps, as (name of the model, name of the field)."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy:
            for field in model._meta.local_fields:
                yield model._meta.label, field.name


def fields_in(declared: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Give the fields that stand in a declaration, in the same form."""
    for label, names in declared.items():
        for name in names.split():
            yield label, name
