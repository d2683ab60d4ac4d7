"""The report: all that could be plainer on public pages, filtered, exported, and quick."""

import csv
import io

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.plain_language.models import CheckedPage, FoundOnPage, PlainWord
from cms.plain_language.refreshing import refresh
from tests.small_site import add, fresh
from tests.translations import change
from toolkit.models import Mark

pytestmark = pytest.mark.django_db

REPORT = "plain_language:report"


def shown(client, **asked) -> str:
    return client.get(reverse(REPORT), asked).content.decode()


def rows(client, **asked) -> list[dict]:
    answer = client.get(reverse(REPORT), {"export": "csv", **asked})
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_report_shows_page_place_and_words(editor, hard_page):
    html = shown(editor)
    assert "“paradigms”: say “way of thinking”." in html
    assert "Text, piece 2 (Tip)" in html
    assert reverse("wagtailadmin_pages:edit", args=[hard_page.pk]) in html


def test_report_is_filtered(editor, hard_page):
    kinds = {row["Kind"] for row in rows(editor, code="jargon")}
    assert kinds == {"Words that many do not know"}
    assert rows(editor, language="cy") == []
    assert len(rows(editor, language="en", type=hard_page.content_type_id)) == 5
    assert shown(editor, code="nonsense", type="x", language="y")


def test_report_is_exported(editor, hard_page):
    assert [row["Longest sentence, in words"] for row in rows(editor)] == ["30"] * 5
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(editor.get(reverse(REPORT), {"export": "xlsx"}).streaming_content))
    )
    assert [cell.value for cell in next(book.active.iter_rows())][:3] == ["Page", "Language", "Type"]
    assert book.active.max_row == 6


def test_export_has_no_formula(editor, pages):
    add(Mark, pages["first-stage"], "sum", title="=1+1", summary="Ask all paradigms.")
    assert rows(editor)[0]["Page"] == "'=1+1"


def test_change_is_looked_at_again(editor, hard_page):
    assert len(rows(editor)) == 5
    change(hard_page, body=[])
    assert rows(editor) == []


def test_new_word_is_looked_for_at_once(editor, pages):
    assert rows(editor) == []
    PlainWord.objects.create(locale="en", word="heard", plain="listened to")
    assert [row["Words"] for row in rows(editor)] == ["heard", "heard"]


def test_page_that_is_gone_leaves_the_report(editor, hard_page):
    assert rows(editor)
    fresh(hard_page).unpublish()
    assert rows(editor) == []
    assert not CheckedPage.objects.filter(pk=hard_page.pk).exists()


def test_readability_is_kept(pages):
    add(
        Mark,
        pages["first-stage"],
        "long",
        summary="We met.",
        body=[("text", f"<p>{'We met in the hall. ' * 30}</p>")],
    )
    refresh()
    assert CheckedPage.objects.get(page__slug="long").lix == 5
    assert CheckedPage.objects.get(page__slug="hearing").lix is None


def test_queries_stay_the_same(editor, hard_page):
    def count() -> int:
        shown(editor)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            shown(editor)
        return len(asked)

    few = count()
    for number in range(20):
        add(Mark, hard_page.get_parent().specific, f"m-{number}", summary="Ask all paradigms.")
    assert count() == few


def test_rest_is_left_for_later(pages, monkeypatch):
    monkeypatch.setattr("cms.plain_language.refreshing.BATCH", 1)
    assert refresh(seconds=0) > 0
    assert refresh() == 0
    assert refresh() == 0


def test_report_says_that_more_is_to_come(editor, hard_page, monkeypatch):
    monkeypatch.setattr("cms.plain_language.report.PATIENCE", -1)
    assert "pages have changed and are still being looked at." in shown(editor)


def test_report_needs_its_right(client, django_user_model, hard_page):
    user = django_user_model.objects.create_user("reader", password="a long password")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.get(reverse(REPORT)).status_code == 302
    assert client.get(reverse("plain_language:report_results")).status_code == 302
    assert reverse(REPORT) not in client.get("/admin/").content.decode()
    user.user_permissions.add(Permission.objects.get(codename="view_plain_language_report"))
    assert client.get(reverse(REPORT)).status_code == 200
    assert reverse(REPORT) in client.get("/admin/").content.decode()


def test_right_can_be_given_to_groups(editor):
    assert "Can see the report on plain language" in editor.get("/admin/groups/new/").content.decode()


def test_two_at_once_keep_one_report(hard_page):
    refresh()
    refresh()
    assert FoundOnPage.objects.filter(checked=hard_page.pk).count() == 5
