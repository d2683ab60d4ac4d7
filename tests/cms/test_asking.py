"""What answers to readers' questions are made of is in step with the site, whatever comes to stand in its way."""

import json

import pytest
from django.test import TestCase

from api.releases.manifest import current_release, entries_of
from api.releases.server import ReleaseReader
from cms.publishing import build, signals
from cms.publishing.check import differences
from cms.publishing.publish import publish
from tests.small_site import add, fresh, small_site
from toolkit import rendering
from toolkit.models import Guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db, tmp_path, settings) -> dict:
    settings.RELEASES_DIR = tmp_path / "releases"
    with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
        pages = small_site()
    publish(everything=True)
    return pages


@pytest.fixture
def content(settings):
    """Gives what readers get at a path."""
    return lambda path: ReleaseReader(settings.RELEASES_DIR).content(path)


@pytest.fixture
def after(site, settings):
    """Makes a change and publishes what follows; gives what the release has, by path."""

    def do(change) -> dict:
        with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
            change()
        publish()
        assert differences() == []
        return entries_of(settings.RELEASES_DIR, current_release(settings.RELEASES_DIR))

    return do


def test_search_gives_way_to_a_page_and_comes_back(site, after, content, monkeypatch):
    """Editors cannot take its address; a page that had it before there was a search keeps it."""
    monkeypatch.setattr("toolkit.models.base.OWN_SLUGS", ())
    entries = after(lambda: add(Guide, site["small-home"], "search", summary="A guide."))
    assert "about/en/search/" not in entries
    assert b'role="search"' not in content("/en/words/")
    guide = Guide.objects.get(slug="search")

    def move():
        guide.slug = "how-to-search"
        guide.save_revision().publish()

    entries = after(move)
    assert entries["/en/search/"].status == 200
    assert "about/en/search/" in entries
    assert b'role="search"' in content("/en/words/")


def test_forms_offer_a_new_mark_at_once(site, after, content):
    def rename():
        mark = fresh(site["hearing"])
        mark.title = "Being heard"
        mark.save_revision().publish()

    after(rename)
    assert b"Being heard" in content("/en/small-lake/")
    [stage, _later] = json.loads(content("frame/en"))["stages"]
    assert [mark["title"] for mark in stage["marks"]] == ["Being heard", "Speaking"]


def test_about_follows_its_page(site, after):
    def move():
        lake = fresh(site["small-lake"])
        lake.slug = "pond"
        lake.save_revision().publish()

    entries = after(move)
    assert {path for path in entries if path.startswith("about/")} == {
        "about/en/pond/",
        "about/en/all-voices/",
        "about/en/search/",
    }


def test_new_software_brings_its_targets(site, after, settings, monkeypatch):
    """A site that was published before there was a search has one with the first publish after the upgrade."""
    folder = settings.RELEASES_DIR
    with monkeypatch.context() as old:
        names = build.names_of_site
        old.setattr(build, "names_of_site", lambda codes: {name for name in names(codes) if "asking" not in name})
        old.setattr(rendering, "code_digest", lambda: "old")
        settings.RELEASES_DIR = folder.with_name("older")
        publish(everything=True)
        assert "frame/en" not in entries_of(settings.RELEASES_DIR, current_release(settings.RELEASES_DIR))
    assert "frame/en" in after(lambda: None)
