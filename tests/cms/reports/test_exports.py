"""Files of reports: what people wrote is text in them, and never a formula."""

from datetime import UTC, datetime

import pytest
from wagtail.models import Page

from api.scoring.exports.files import FORMULA_STARTS
from cms.reports.exports import harmless_cell, plain_cell
from tests.cms.reports.conftest import from_csv, from_xlsx
from tests.small_site import small_site

OLD = datetime(2020, 7, 1, 10, tzinfo=UTC)


@pytest.fixture
def page(db):
    """A page that nobody has looked at for long."""
    page = small_site()["hearing"]
    Page.objects.exclude(pk=page.pk).update(live=False)
    Page.objects.filter(pk=page.pk).update(last_published_at=OLD)
    return page


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_formula_is_text(chief, page, start):
    title = f'{start}HYPERLINK("https://elsewhere.example","press")'
    Page.objects.filter(pk=page.pk).update(title=title)
    assert from_csv(chief, "unread")[1][0] == f"'{title}"
    cell = from_xlsx(chief, "unread")[1][0]
    assert (cell.value.strip(), cell.data_type) == (title.strip(), "s")


@pytest.mark.parametrize("title", ["\x00\x0bNul", "#N/A", "a" * 40_000, "كلمات"])
def test_strange_titles_are_kept(chief, page, title):
    plain = title.replace("\x00", "").replace("\x0b", "")
    Page.objects.filter(pk=page.pk).update(title=plain[:255])
    assert plain_cell(title) == plain
    assert from_csv(chief, "unread")[1][0] == plain[:255]
    assert from_xlsx(chief, "unread")[1][0].value == plain[:255]


def test_moments_are_in_the_editors_time(chief, page):
    assert from_csv(chief, "unread")[1][5] == "2020-07-01 11:00:00"
    assert from_xlsx(chief, "unread")[1][5].value == datetime(2020, 7, 1, 11)


def test_excel_knows_the_letters(chief, page):
    response = chief.get("/admin/reports/not-looked-at/", {"export": "csv"})
    assert b"".join(response.streaming_content).startswith("\ufeff".encode())
    assert "unread-" in response["Content-Disposition"]


def test_files_have_all_rows(chief, page):
    Page.objects.filter(content_type=page.content_type).update(live=True, last_published_at=OLD)
    number = Page.objects.filter(content_type=page.content_type).count()
    assert len(from_csv(chief, "unread")) == number + 1


def test_numbers_and_nothing_stay_what_they_are():
    assert [harmless_cell(value) for value in (None, -1, 2.5, True)] == [None, -1, 2.5, True]
