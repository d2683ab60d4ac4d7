"""What readers print: there for every language, in step with the site, and never in the way of publishing."""

from io import BytesIO

import pikepdf
import pytest
from bs4 import BeautifulSoup
from django.test import TestCase
from wagtail.models import Locale

from api.releases.manifest import current_release, entries_of, pieces_in
from api.releases.server import ReleaseReader
from cms.models import Failure
from cms.publishing import printing, signals
from cms.publishing.check import differences
from cms.publishing.publish import publish
from cms.publishing.purging import readers_of
from cms.publishing.writer import trees_of
from tests.small_site import add, fresh, small_site
from toolkit.booklet import book
from toolkit.booklet.pdf import UnableToSet
from toolkit.models import Glossary, Guide

pytestmark = pytest.mark.django_db

PDF = "/en/booklet.pdf"


@pytest.fixture
def site(db, tmp_path, settings) -> dict:
    settings.RELEASES_DIR, settings.BOOKLET = tmp_path / "releases", True
    with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
        pages = small_site()
    publish(everything=True)
    return pages


@pytest.fixture
def content(settings):
    """Gives what readers get at a path, None where there is nothing."""

    def get(path: str) -> bytes | None:
        release = current_release(settings.RELEASES_DIR)
        there = path in entries_of(settings.RELEASES_DIR, release)
        return ReleaseReader(settings.RELEASES_DIR).content(path) if there else None

    return get


@pytest.fixture
def change(site):
    """Changes a page and publishes what follows."""

    def do(code: str, *, exact: bool = True, **fields):
        with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
            page = fresh(site[code])
            for name, value in fields.items():
                setattr(page, name, value)
            page.save_revision().publish()
        publish()
        assert not exact or differences() == []

    return do


def titles(pdf: bytes) -> list[str]:
    """Give the words of all bookmarks."""
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        return [one.title for top in outline.root for one in (top, *top.children)]


def test_whole_toolkit_is_on_one_page(site, content):
    page = BeautifulSoup(content("/en/print/"), "lxml")
    assert page.find("meta", {"name": "robots"})["content"] == "noindex"
    found = [one.get_text() for one in page.select(".sheet h2, .sheet h3")]
    assert {"First stage", "Hearing", "Small lake", "Tea first", "Words", "A guide"} <= set(found)
    ids = [one["id"] for one in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_stage_has_its_marks_and_no_others(site, content):
    page = BeautifulSoup(content("/en/print/first-stage/"), "lxml")
    assert [one.get_text() for one in page.select(".sheet h2")] == ["First stage"]
    assert "Hearing" in [one.get_text() for one in page.select(".sheet h3")]
    assert "Small lake" not in page.select_one("main").get_text()


def test_pages_lead_to_what_can_be_printed(site, content):
    home, stage = (BeautifulSoup(content(path), "lxml") for path in ("/en/", "/en/first-stage/"))
    assert "PDF" in home.select_one(f'main a[href="{PDF}"]').get_text()
    assert home.select_one('main a[href="/en/print/"]')
    assert stage.select_one('main a[href="/en/print/first-stage/"]')
    assert stage.select_one('footer a[href="/en/print/"]')
    assert BeautifulSoup(content("/en/print/"), "lxml").select_one(f'main a[href="{PDF}"]')


def test_booklet_holds_the_toolkit_in_order(site, content):
    found = titles(content(PDF))
    assert found.index("First stage") < found.index("Hearing") < found.index("Later stage") < found.index("Tea first")


def test_change_reaches_what_is_printed(site, content, change):
    change("hearing", title="Being heard")
    assert "Being heard" in titles(content(PDF))
    assert b"Being heard" in content("/en/print/")
    assert b"Being heard" in content("/en/print/first-stage/")


def test_change_of_another_part_keeps_the_bytes(site, content, change):
    before = content(PDF)
    change("all-voices", summary="Other words.")
    assert content(PDF) == before


def test_booklet_that_fails_stops_nothing(site, content, change, monkeypatch):
    before = content(PDF)
    with monkeypatch.context() as patch:

        def fail(*_arguments, **_options):
            raise UnableToSet("no")

        patch.setattr(printing, "booklet_pdf", fail)
        change("hearing", exact=False, title="Being heard")
        assert content(PDF) == before
        assert b"Being heard" in content("/en/print/")
        assert PDF.encode() not in content("/en/")
        assert Failure.objects.get().target == "booklet:@en"
    publish()
    assert "Being heard" in titles(content(PDF))
    assert PDF.encode() in content("/en/")
    assert not Failure.objects.exists()
    assert differences() == []


def test_letters_without_a_font_leave_the_page_alone(site, content, change):
    change("hearing", title="শোনা")
    assert content(PDF) is None
    assert PDF.encode() not in content("/en/")
    assert "শোনা" in content("/en/print/").decode()
    change("hearing", title="Hearing")
    assert content(PDF) is not None


def test_too_much_is_not_put_together(site, content, change, monkeypatch):
    monkeypatch.setattr(book, "MOST", 3)
    publish(everything=True)
    assert [content(path) for path in (PDF, "/en/print/", "/en/print/first-stage/")] == [None, None, None]
    assert b"/en/print/" not in content("/en/first-stage/")
    change("hearing", title="Being heard")
    monkeypatch.undo()
    publish(everything=True)
    assert differences() == []


def test_printing_gives_way_to_a_page(site, content, monkeypatch):
    monkeypatch.setattr("toolkit.models.base.OWN_SLUGS", ())
    with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
        add(Guide, site["small-home"], "print", summary="A guide to printing.")
    publish()
    assert b"A guide to printing." in content("/en/print/")
    assert content(PDF) is None
    assert differences() == []
    with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
        Guide.objects.get(slug="print").delete()
    publish()
    assert b"Hearing" in content("/en/print/")
    assert content(PDF)
    assert differences() == []


def test_editors_cannot_take_its_address(site):
    guide = Guide(title="Print", slug="print", locale=Locale.objects.get(language_code="en"))
    assert "slug" in getattr(_refusal(guide), "message_dict", {})


def _refusal(guide):
    try:
        guide.clean()
    except Exception as error:
        return error
    return None


def test_booklet_can_be_left_out(site, content, settings):
    settings.BOOKLET = False
    publish()
    assert content(PDF) is None
    assert b"booklet.pdf" not in content("/en/")
    assert content("/en/print/")
    assert differences() == []


def test_second_glossary_repeats_no_word(site, content, settings):
    with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
        add(Glossary, site["small-home"], "more-words", summary="More words.")
    assert publish().failures == {}
    page = BeautifulSoup(content("/en/print/"), "lxml")
    assert len(page.select("#term-jargon-word")) == 1
    assert differences() == []


def test_words_taken_back_leave_the_booklet(site, settings):
    """What a release was made of names the booklet among those that showed a quote."""
    release = current_release(settings.RELEASES_DIR)
    trees = trees_of(settings.RELEASES_DIR, release, pieces_in(settings.RELEASES_DIR))
    assert {"booklet:@en", "print:@en"} <= readers_of(trees, {site["it-happened"].key})
