"""The name of a request, and the line that is written about it."""

import json
import logging

import pytest
from django.core.handlers.wsgi import WSGIHandler

from api.releases.server import PublicSite
from cms.observing.lines import JsonFormatter
from cms.observing.requests import Logged, observed
from tests.wsgi import Answer

pytestmark = pytest.mark.django_db

NAME = "0b9f3c2e-8f5d-4a51-9c4e-2f6d1a7b3c90"


@pytest.fixture
def site(starter_release, settings):
    settings.RELEASES_DIR = starter_release
    return PublicSite(WSGIHandler(), starter_release)


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.INFO, "cms.access")
    caplog.handler.setFormatter(JsonFormatter())
    return caplog


def name_of(answer: Answer) -> str:
    return answer.headers.get("X-Request-ID", "")


def test_request_keeps_the_name_of_a_proxy(site):
    assert name_of(Answer(site, "/nowhere/", x_request_id=NAME)) == NAME


@pytest.mark.parametrize(
    "given", ["", "short1", "nia.smith@example.org", "ffffffffffffffffffff", f"{NAME}\u00e9", "0" * 65]
)
def test_other_names_are_made(site, given):
    first, second = (name_of(Answer(site, "/nowhere/", x_request_id=given)) for _ in range(2))
    assert len(first) == len(second) == 32
    assert first != second


def test_released_file_has_no_name(site):
    assert "X-Request-ID" not in Answer(site, "/en/").headers


def test_nothing_stands_around_the_site_unasked(site, settings):
    assert observed(site) is site
    settings.ACCESS_LOG = True
    assert observed(site) is not site


def test_each_answer_is_logged(site, log):
    watched = Logged(site)
    answers = [Answer(watched, path, x_request_id=NAME) for path in ("/en/", "/en/nowhere/", "/livez")]
    lines = [json.loads(line) for line in log.text.splitlines()]
    assert [name_of(answer) for answer in answers] == [line["request"] for line in lines] == [NAME] * 3
    assert [line["route"] for line in lines] == ["released", "wagtail_serve", "/livez"]
    assert [line["status"] for line in lines] == [answer.status for answer in answers] == [200, 404, 200]
    assert all(isinstance(line["milliseconds"], int) and line["method"] == "GET" for line in lines)
    assert all(line["release"] == 1 for line in lines)
