"""The menu of reports, who may see which, and what of Wagtail's own we build upon."""

from pathlib import Path

import pytest
import wagtail.admin
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from wagtail.admin.menu import reports_menu
from wagtail.admin.views.reports import aging_pages, base

from cms.reports.menu import OURS, OVERVIEW
from cms.reports.names import HELP, NAMES, REPLACED
from tests.cms.reports.conftest import somebody, words_of
from tests.small_site import small_site

pytestmark = pytest.mark.django_db
# That of another room.
OTHERS = {"plain-language"}
WAGTAIL = {"locked-pages", "workflows", "workflow-tasks", "site-history", "page-types-usage"}
ADDRESSES = [view.index_url_name for view in OURS.values()]


def items(rf, user) -> dict:
    request = rf.get("/")
    request.user = user
    return {item.name: item for item in reports_menu.menu_items_for_request(request)}


@pytest.fixture
def user(db):
    return somebody("editor", page=small_site()["small-home"], rights=["add", "change", "publish", "unlock"])


# --- Wagtail's own --------------------------------------------------------------------------------------------------


def test_wagtails_reports_are_those_we_know():
    """A next Wagtail that renames one, or brings another, shows here."""
    ours = {OVERVIEW, *OURS, *OTHERS}
    assert {item.name for item in reports_menu.registered_menu_items} - ours == WAGTAIL | set(REPLACED)
    assert NAMES.keys() == WAGTAIL


def test_names_stand_above_wagtails_screens(chief):
    for item in reports_menu.registered_menu_items:
        if item.name in NAMES:
            view, name = NAMES[item.name]
            soup = BeautifulSoup(chief.get(item.url).content, "html.parser")
            assert soup.title.get_text(strip=True).startswith(str(name))
            assert issubclass(view, base.ReportView)


def test_wagtails_template_is_as_we_know_it():
    """Ours stands in its place, and adds a line."""
    folder = Path(wagtail.admin.__file__).parent / "templates" / "wagtailadmin" / "reports"
    assert (folder / "base_report.html").read_text().strip() == '{% extends "wagtailadmin/generic/listing.html" %}'
    assert base.ReportView.template_name == "wagtailadmin/reports/base_report.html"


def test_what_ours_replaces_is_there():
    assert aging_pages.AgingPagesView.index_url_name == "wagtailadmin_reports:aging_pages"


# --- Menu and screens -----------------------------------------------------------------------------------------------


def test_menu_has_ours_in_the_place_of_aging_pages(rf, user):
    found = items(rf, user)
    assert found.keys() == {OVERVIEW, *OURS} | WAGTAIL
    assert str(found["page-types-usage"].label) == "Kinds of pages"


def test_every_report_has_its_line(chief):
    words = words_of(chief, "index")
    assert [line for line in HELP.values() if str(line) not in words] == []
    for item in reports_menu.registered_menu_items:
        if item.name not in (OVERVIEW, *REPLACED):
            assert str(HELP[item.name]) in chief.get(item.url).content.decode().replace("&#x27;", "'")


def test_reports_need_their_right(client):
    small_site()
    client.force_login(somebody("nobody", reports=False))
    for name in ADDRESSES:
        assert client.get(reverse(name)).url == reverse("wagtailadmin_home")
        assert client.get(reverse(name), {"export": "csv"}).status_code == 302


def test_strangers_have_to_log_in(client):
    for name in [*ADDRESSES, "reports:index"]:
        assert client.get(reverse(name)).url.startswith(reverse("wagtailadmin_login"))


def test_who_may_see_no_page_sees_no_row(client):
    small_site()
    client.force_login(somebody("nobody"))
    for name in ADDRESSES:
        response = client.get(reverse(name))
        assert response.status_code == 200
        assert not response.context["object_list"]


def test_menu_is_empty_without_rights(rf):
    small_site()
    assert items(rf, somebody("nobody", reports=False)) == {}
    assert AnonymousUser().has_perm("reports.view_reports") is False


def test_right_can_be_given_to_a_group(chief):
    html = chief.get(reverse("wagtailusers_groups:add")).content.decode()
    assert "Can see the reports for editors" in html


@pytest.mark.parametrize("name", ADDRESSES)
def test_list_alone_is_answered_for_filters(chief, name):
    response = chief.get(reverse(f"{name}_results"), {"_w_filter_fragment": 1})
    assert response.status_code == 200
    assert b"<html" not in response.content


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("asked", [{"p": "999"}, {"p": "no"}, {"locale": "xx"}, {"export": "pdf"}])
def test_strange_questions_are_no_error(chief, name, asked):
    assert chief.get(reverse(name), asked).status_code == 200
