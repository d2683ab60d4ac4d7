"""The list of marks: stage by stage, in one language, with a search that needs no script."""

import pytest
from django.urls import reverse

from tests.cms.start.conftest import shown
from tests.small_site import fresh
from tests.translations import person, show, translated_site

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/start/marks/"


def titles(html: str) -> list[str]:
    return [title for title in ("Hearing", "Speaking", "Gair Hearing") if f">{title}</bdi>" in html]


def test_marks_stand_below_their_stage(visit, site):
    html = shown(visit("change"), ADDRESS)
    assert html.index(">First stage<") < html.index(">Hearing<") < html.index(">Speaking<")
    # A stage without marks is not in the list.
    assert ">Later stage<" not in html


def test_mark_leads_to_its_editor(visit, site):
    client = visit("change")
    address = reverse("wagtailadmin_pages:edit", args=[site["hearing"].pk])
    assert f'href="{address}"' in shown(client, ADDRESS)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("words", "found"),
    [("HEAR", ["Hearing"]), ("being clear", ["Speaking"]), ("being", ["Hearing", "Speaking"]), ("xyz", [])],
)
def test_search_finds_title_and_summary(visit, words, found):
    html = shown(visit("change"), f"{ADDRESS}?q={words}")
    assert titles(html) == found
    assert ("No mark has these words." in html) == (found == [])


def test_search_takes_anything(visit):
    client = visit("change")
    for words in ("%25", "<script>alert(1)</script>", "x" * 500, "%FF"):
        answer = client.get(f"{ADDRESS}?q={words}&language={words}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


def test_new_title_of_a_draft_is_shown_and_found(visit, site):
    mark = fresh(site["hearing"])
    mark.title = "Really hearing"
    mark.save_revision()
    html = shown(visit("change"), f"{ADDRESS}?q=really")
    assert ">Really hearing<" in html
    assert "There is a newer draft" in html


def test_translator_sees_their_language(client, db):
    pages = translated_site()
    for code in ("small-home", "first-stage", "hearing"):
        show(pages[code], "cy")
    client.force_login(person("translator", "cy"))
    html = shown(client, ADDRESS)
    assert titles(html) == ["Gair Hearing"]
    assert 'name="language"' not in html


def test_language_is_chosen_where_there_are_several(admin_client, db):
    pages = translated_site()
    for code in ("small-home", "first-stage", "hearing"):
        show(pages[code], "cy")
    assert titles(shown(admin_client, ADDRESS)) == ["Hearing", "Speaking"]
    assert titles(shown(admin_client, f"{ADDRESS}?language=cy")) == ["Gair Hearing"]


def test_list_is_closed_to_whoever_may_change_none(visit):
    assert visit("add").get(ADDRESS).status_code == 302


def test_list_asks_few_questions(visit, django_assert_max_num_queries):
    client = visit("change")
    client.get(ADDRESS)
    with django_assert_max_num_queries(25):
        client.get(ADDRESS)
