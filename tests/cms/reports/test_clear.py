"""Is it clear? What readers said of pages, who sees it, and who can take a text out."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from api.feedback.models import Answer
from tests.cms.reports.conftest import from_csv, from_xlsx, queries, seen, somebody, words_of
from tests.small_site import fresh, small_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    return small_site()


def said(page, *words: str, clear: bool = False, days: int = 0, **fields):
    """Let readers say something of a page, once for each of these words."""
    day = timezone.localdate() - timedelta(days=days)
    fields = {"page": page.translation_key, "locale": "en", "release": 7, "is_clear": clear, "day": day} | fields
    return [Answer.objects.create(words=one, **fields) for one in words]


def test_hardest_pages_come_first(chief, pages):
    said(pages["small-home"], "", "", clear=True)
    said(pages["hearing"], "", "Old <b>", days=3)
    said(pages["hearing"], "New words")
    said(pages["hearing"], "", clear=True)
    said(pages["first-stage"], "", days=366)
    today = timezone.localdate()
    rows = seen(chief, "clear")
    assert [row[:4] for row in rows] == [
        [pages["hearing"].title, "English", "3", "1"],
        [pages["small-home"].title, "English", "0", "2"],
    ]
    assert rows[0][4].startswith("New words Old <b> Read them all: 2 texts")
    assert f"{today.year}" in rows[0][5]


def test_language_is_chosen(chief, pages):
    said(pages["hearing"], "")
    assert len(seen(chief, "clear", locale="en")) == 1
    assert seen(chief, "clear", locale="cy") == []


def test_files_have_the_texts_and_no_formula(chief, pages):
    said(pages["hearing"], "=1+1")
    assert from_csv(chief, "clear")[1][2:5] == ["1", "0", "'=1+1"]
    cell = from_xlsx(chief, "clear")[1][4]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_pages_that_are_gone_are_not_listed(chief, pages):
    said(pages["hearing"], "Hard.")
    fresh(pages["hearing"]).delete()
    assert seen(chief, "clear") == []


def test_number_of_pages_makes_no_more_queries(chief, pages):
    said(pages["hearing"], "Hard.")
    few = queries(chief, "clear")
    for name in ("small-home", "first-stage", "later-stage"):
        said(pages[name], "Hard.", "Harder.")
    assert queries(chief, "clear") == few


# --- All texts of a page --------------------------------------------------------------------------------------------


def address_of(page) -> str:
    return reverse("reports:words", args=[page.pk])


def delete(client, answer) -> int:
    return client.post(reverse("reports:delete_words", args=[answer.pk])).status_code


def test_all_texts_of_a_page_are_read(chief, pages):
    said(pages["hearing"], "One <script>", "Two")
    said(pages["hearing"], "Too old", days=366)
    html = chief.get(address_of(pages["hearing"])).content.decode()
    assert ("One &lt;script&gt;" in html, "Two" in html, "Too old" in html) == (True, True, False)
    assert "release 7" in html


def test_publisher_deletes_a_text_and_the_answer_counts(client, pages):
    client.force_login(somebody("publisher", page=pages["small-home"], rights=["change", "publish"]))
    [answer] = said(pages["hearing"], "Somebody’s name")
    assert "Yes, delete it" in client.get(address_of(pages["hearing"])).content.decode()
    assert delete(client, answer) == 302
    assert list(Answer.objects.values_list("words", "is_clear")) == [("", False)]
    assert "The text is deleted" in client.get(address_of(pages["hearing"])).content.decode()
    assert delete(client, answer) == 404


def test_editor_reads_and_deletes_nothing(client, pages):
    client.force_login(somebody("editor", page=pages["small-home"], rights=["change"]))
    [answer] = said(pages["hearing"], "Hard.")
    html = client.get(address_of(pages["hearing"])).content.decode()
    assert ("Hard." in html, "Yes, delete it" in html) == (True, False)
    assert delete(client, answer) == 302
    assert Answer.objects.get().words == "Hard."


def test_texts_need_the_page_and_the_report(client, pages):
    [answer] = said(pages["hearing"], "Hard.")
    client.force_login(somebody("nobody", reports=False))
    assert client.get(address_of(pages["hearing"])).url == reverse("wagtailadmin_home")
    client.force_login(somebody("elsewhere"))
    assert client.get(address_of(pages["hearing"])).status_code == 404
    assert delete(client, answer) == 302
    assert Answer.objects.get().words == "Hard."


def test_texts_about_a_page_that_is_gone_are_not_there(chief, pages):
    [answer] = said(pages["hearing"], "Hard.")
    number = pages["hearing"].pk
    fresh(pages["hearing"]).delete()
    assert chief.get(reverse("reports:words", args=[number])).status_code == 404
    assert delete(chief, answer) == 404


def test_many_texts_stand_on_several_screens(chief, pages):
    said(pages["hearing"], *(f"Number {number}." for number in range(60)))
    first = words_of_page(chief, pages["hearing"])
    assert ("Older texts" in first, "Number 59." in first, "Number 9." in first) == (True, True, False)
    assert "Number 9." in words_of_page(chief, pages["hearing"], p=2)


def words_of_page(client, page, **asked) -> str:
    return client.get(address_of(page), asked).content.decode()


def test_report_says_when_nobody_has_said_anything(chief, pages):
    assert "No reader has said within a year" in words_of(chief, "clear")
