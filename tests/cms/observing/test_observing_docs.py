"""The operator's page names every figure, every class of routes and every field of the log, as they are."""

import json
import logging
import re
import sys

import pytest
from django.conf import settings
from django.test import RequestFactory

from cms.observing.current import name_in
from cms.observing.figures import FIGURES
from cms.observing.lines import JsonFormatter, know_release
from cms.observing.routes import CLASSES, DOORS, IN_A_LANGUAGE, NOWHERE, POLL, RELEASED, SITE, STATIC

PAGE = (settings.BASE_DIR / "docs" / "observing.md").read_text(encoding="utf-8")


def rows(first: str) -> list[list[str]]:
    """Give the rows of the table whose head begins with a word, cell by cell."""
    table = PAGE.split(f"\n| {first} |", 1)[1].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def names_in(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_figure_is_described():
    described = [(*names_in(name), kind, meaning, names_in(labels)) for name, kind, labels, meaning in rows("figure")]
    named = [(name + "_total" * (kind == "counter"), kind, *more) for name, (kind, *more) in FIGURES.items()]
    assert described == named


def test_every_class_of_routes_is_described():
    described = {name for cell, _meaning in rows("`route`") for name in names_in(cell)}
    known = {*CLASSES.values(), *IN_A_LANGUAGE.values(), *DOORS.values(), SITE, RELEASED, STATIC, POLL, NOWHERE}
    assert described == known


def test_every_address_is_described():
    assert [names_in(cells[0])[0] for cells in rows("address")] == ["/livez", "/readyz", "/healthz", "/metrics"]
    assert {names_in(cells[0])[0] for cells in rows("address")} == set(DOORS)


@pytest.fixture
def shown(monkeypatch):
    """The release that this process shows."""
    monkeypatch.setattr("cms.observing.lines._shown", [])
    know_release(lambda: type("Release", (), {"id": 3}))


def test_every_field_of_the_log_is_described(shown):
    try:
        raise ValueError
    except ValueError:
        trouble = sys.exc_info()
    record = logging.LogRecord("cms.here", logging.ERROR, "here", 1, "It broke", (), exc_info=trouble)
    request = RequestFactory().get("/livez")
    name_in(request.META)
    record.__dict__.update(request=request, status_code=500, facts={"milliseconds": 3})
    described = [names_in(cells[0])[0] for cells in rows("field")]
    assert sorted(json.loads(JsonFormatter().format(record))) == sorted(described)
