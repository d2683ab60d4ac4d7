"""Easy Read versions on the site and in the admin: offered while they are public, found, and begun with one press."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.small_site import fresh
from toolkit.models import EasyRead, Mark

pytestmark = pytest.mark.django_db
LISTENING = "/en/process/listening/"
NOTHING_YET = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "body-count": 0, "summary": "In short."}


def page_of(reader, path: str) -> BeautifulSoup:
    reader.refresh()
    return BeautifulSoup(reader.content(path), "lxml")


def offered_on(reader, path: str) -> list[str]:
    return [link["href"] for link in page_of(reader, path).select("main .easy-read a")]


@pytest.fixture
def easy(mark) -> EasyRead:
    """The Easy Read version of the mark "Listening" of the starter content."""
    return EasyRead.objects.child_of(mark).get()


@pytest.fixture
def speaking(db) -> Mark:
    """A mark without an Easy Read version."""
    return Mark.objects.get(code="sharing-power", locale__language_code="en")


def add_address(page) -> str:
    return reverse("wagtailadmin_pages:add", args=["toolkit", "easyread", page.pk])


# --- Readers --------------------------------------------------------------------------------------------------------


def test_page_offers_it_before_its_text(reader):
    main = page_of(reader, LISTENING).main
    assert offered_on(reader, LISTENING) == [f"{LISTENING}easy-read/"]
    assert [one["class"][0] for one in main.select(".easy-read, .body")][0] == "easy-read"


def test_unpublished_version_is_not_offered_any_more(reader, easy, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        easy.unpublish()
    assert offered_on(reader, LISTENING) == []
    assert json.loads(reader.content("/api/v1/en/marks/listening/"))["easy_read"] is None


def test_new_version_is_offered_once_it_is_published(reader, speaking, publish):
    path = speaking.public_path
    easy = speaking.add_child(instance=EasyRead(title="Power (Easy Read)", summary="In short.", live=False))
    assert offered_on(reader, path) == []
    publish(easy)
    assert offered_on(reader, path) == [f"{path}easy-read/"]


def test_version_leads_to_its_page(reader):
    link = page_of(reader, f"{LISTENING}easy-read/").select_one(".full-page a")
    assert (link["href"], link.get_text()) == (LISTENING, "Listening")


def test_every_sentence_of_the_starter_has_a_picture(reader):
    pairs = page_of(reader, f"{LISTENING}easy-read/").select(".pair")
    assert len(pairs) >= 8
    assert all(pair.img["src"] and pair.img["alt"] == "" for pair in pairs)


def test_search_says_that_it_is_easy_read(client, releases):
    found = BeautifulSoup(client.get("/en/search/", {"q": "listening easy read"}).content, "lxml")
    labels = {one.a["href"]: one.select_one(".label").get_text(" ", strip=True) for one in found.select(".result")}
    assert labels[f"{LISTENING}easy-read/"] == "Easy Read"


# --- Editors --------------------------------------------------------------------------------------------------------


def test_explorer_offers_to_write_one(admin_client, speaking):
    answer = admin_client.get(reverse("wagtailadmin_pages:add_subpage", args=[speaking.pk]))
    assert answer.url == add_address(speaking)


def test_new_one_begins_with_a_title(admin_client, speaking):
    form = BeautifulSoup(admin_client.get(add_address(speaking)).content, "lxml")
    assert form.select_one("#id_title")["value"] == "Power (Easy Read)"


def test_new_one_gets_its_address_by_itself(admin_client, speaking):
    admin_client.post(add_address(speaking), {**NOTHING_YET, "title": "Power (Easy Read)"})
    easy = EasyRead.objects.child_of(speaking).get()
    assert (easy.slug, easy.code, easy.live) == ("easy-read", "sharing-power-easy-read", False)


def test_second_one_is_not_begun(admin_client, mark):
    admin_client.post(add_address(mark), {**NOTHING_YET, "title": "Once more"})
    assert EasyRead.objects.child_of(mark).count() == 1


def test_help_says_how_to_write_it(admin_client, easy):
    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[easy.pk])).content.decode()
    assert "Help: writing Easy Read" in html
    assert fresh(easy).live
