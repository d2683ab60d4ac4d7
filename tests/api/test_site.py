"""The site's pages that answer a reader: a search, and what of the Lake and the voices they chose to see."""

import json
import re
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.handlers.wsgi import WSGIHandler

from api.headers import PAGE_POLICY
from api.releases.server import PublicSite
from api.search.files import IndexAway
from api.site.questions import chosen, given_in, is_at, known_to
from cms.publishing.publish import publish as publish_site
from tests.releases import shown
from tests.small_site import add, small_site
from toolkit.models import Guide, Home

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client, starter_release, settings):
    """Asks the site for an address, and gives the answer."""
    settings.RELEASES_DIR = starter_release
    return lambda address, **headers: client.get(address, headers=headers)


def page(response, status: int = 200) -> BeautifulSoup:
    assert response.status_code == status
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return BeautifulSoup(content, "lxml")


def words(tag) -> str:
    return " ".join(tag.get_text(" ").split())


def titles(found: BeautifulSoup) -> list[str]:
    return [words(heading) for heading in found.select(".results h3")]


# --- Search --------------------------------------------------------------------------------------------------------


def test_search_shows_what_and_why(visit):
    found = page(visit("/en/search/?q=listen"))
    first = found.select_one(".result")
    assert (words(first.h3), first.a["href"]) == ("Listening", "/en/process/listening/")
    assert words(first.select_one(".label")) == "Mark"
    assert "listen" in words(first.mark).lower()
    assert words(found.title) == "“listen” – Search – The mark of co-production"


def test_search_finds_what_the_api_finds(visit, client):
    for query in ("people", "caf%C3%A9", "lisening", "snake ladder"):
        expected = client.get(f"/api/v1/en/search/?q={query}").json()
        found = page(visit(f"/en/search/?q={query}"))
        assert titles(found) == [result["title"] for result in expected["results"]]
        assert words(found.h2).startswith(f"{expected['count']} ")


def test_kinds_of_quotes_and_ideas_are_said(visit):
    kinds = {words(label) for label in page(visit("/en/search/?q=listening")).select(".result .label")}
    assert {"Mark", "Activity", "Word explained"} <= kinds


def test_slip_is_put_right_and_said(visit):
    found = page(visit("/en/search/?q=lisening"))
    assert "We found nothing for “lisening”, so we looked for “listening” instead." in words(found.main)
    assert found.select_one("#words")["value"] == "lisening"


def test_nothing_found_leads_elsewhere(visit):
    found = page(visit("/en/search/?q=xylophone"))
    assert words(found.select_one("#results")) == "Nothing found"
    links = {link["href"] for link in found.main.select(".quick-links a")}
    assert {"/en/planning/", "/en/lake/", "/en/glossary/"} <= links


def test_pages_of_results_lead_to_each_other(visit):
    first = page(visit("/en/search/?q=people"))
    second = page(visit(first.select_one("a[rel=next]")["href"]))
    assert "Page 2 of" in words(second.title)
    assert page(visit(second.select_one("a[rel=prev]")["href"])) == first
    assert not set(titles(first)) & set(titles(second))


def test_search_page_asks_for_words(visit):
    found = page(visit("/en/search/"))
    assert "Write a word or two." in words(found.main)
    form = found.select_one("form[role=search]")
    assert form.select_one("input[name=q]")["id"] == form.select_one("label")["for"]


@pytest.mark.parametrize("address", ["/en/", "/en/process/listening/", "/en/lake/", "/en/lake/?kind=activity"])
def test_every_page_has_a_search_box(visit, address):
    form = page(visit(address)).select_one("header form[role=search]")
    assert form["action"] == "/en/search/"
    assert form.select_one("label")["for"] == form.select_one("input[name=q]")["id"]


def test_page_not_there_has_a_search_box(visit):
    assert page(visit("/en/nowhere/"), 404).select_one("header form[role=search]")


@pytest.mark.parametrize("path", ["search", "lake"])
def test_words_are_shown_as_they_are(visit, path):
    response = visit(f"/en/{path}/?q=%3Cscript%3Ealert(1)%3C/script%3E%22%20onfocus=x")
    assert b"<script>alert" not in response.content
    assert page(response).main.select_one("input[name=q]")["value"] == '<script>alert(1)</script>" onfocus=x'


# --- Choosing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "query", "said"),
    [
        ("lake", "stage=process&kind=activity", "Process · Activities"),
        ("lake", "kind=template", "Templates"),
        ("lake", "q=tea&stage=planning", "“tea” · Planning"),
        ("lake", "minutes=30&people=3&setting=online", "Up to half an hour · 3 people · Online"),
        ("lake", "stage=review&minutes=20&people=1", "Review · Up to 20 minutes · 1 person"),
        ("voices", "mark=listening", "Listening"),
        ("voices", "stage=review&kind=snake", "Review · Snakes"),
    ],
)
def test_chosen_part_is_that_of_the_api(visit, client, path, query, said):
    collection = {"lake": "ideas", "voices": "quotes"}[path]
    expected = client.get(f"/api/v1/en/{collection}/?{query}").json()
    found = page(visit(f"/en/{path}/?{query}"))
    links = [link["href"] for link in found.select(".results :is(h3, .quote-link) a")]
    assert links == [thing["path"] for thing in expected["results"]] != []
    assert words(found.select_one("#results")).split()[0] == str(expected["count"])
    assert f"Chosen: {said} Show all" in words(found.select_one(".showing"))
    assert said in words(found.title)


def test_form_says_what_was_chosen(visit):
    form = page(visit("/en/lake/?q=tea&stage=process&kind=activity")).select_one("form.filter")
    assert form.select_one("input[name=q]")["value"] == "tea"
    chosen = [option["value"] for option in form.select("option[selected]")]
    assert chosen == ["process", "activity"]


def test_form_keeps_what_no_choice_says(visit):
    form = page(visit("/en/lake/?minutes=45&people=7&setting=in-person")).select_one("form.filter")
    assert [words(option) for option in form.select("option[selected]")] == ["Up to 45 minutes", "In person"]
    assert form.select_one("input[name=people]")["value"] == "7"


def test_wrong_numbers_stay_in_the_form(visit):
    form = page(visit("/en/lake/?minutes=soon&people=many"), 400).select_one("form.filter")
    assert form.select_one("select[name=minutes] option[selected]")["value"] == "soon"
    assert form.select_one("input[name=people]")["value"] == "many"


@pytest.mark.parametrize(
    ("query", "number"),
    [("minutes=9999", 1), ("stage=completing&minutes=60", 1), ("stage=planning&minutes=60", 0), ("people=3", 0)],
)
def test_ideas_that_do_not_say_are_counted(visit, query, number):
    found = words(page(visit(f"/en/lake/?{query}")).select_one(".results"))
    assert (f"{number} more idea may fit" in found) == bool(number)
    assert ("may fit" in found) == bool(number)


def test_form_offers_what_there_is(visit, client):
    form = page(visit("/en/lake/")).select_one("form.filter")
    offered = {one["name"]: [option["value"] for option in one.select("option")] for one in form.select("select")}
    stages = client.get("/api/v1/en/stages/?page=1").json()["results"]
    marks = client.get("/api/v1/en/marks/?per_page=100").json()["results"]
    assert offered["stage"] == ["", *(stage["code"] for stage in stages)]
    assert sorted(offered["mark"]) == sorted(["", *(mark["code"] for mark in marks)])
    assert len(offered["kind"]) == 7


def test_island_leads_to_the_ideas_of_its_stage(visit, client):
    islands = page(visit("/en/lake/")).select_one(".lake-picture")
    assert islands.ul["aria-label"] == "Islands: the stages of a project"
    stages = client.get("/api/v1/en/stages/?page=1").json()["results"]
    links = islands.select("ul > li > a")
    assert [link["href"] for link in links] == [f"/en/lake/?stage={stage['code']}" for stage in stages]
    for link, stage in zip(links, stages, strict=True):
        number = client.get(f"/api/v1/en/ideas/?stage={stage['code']}").json()["count"]
        assert words(link) == f"{stage['title']} {number} ideas"
        assert words(page(visit(link["href"])).select_one("#results")) == f"{number} ideas"
    assert {drawing["aria-hidden"] for drawing in islands.select("svg")} == {"true"}


def test_answer_begins_without_the_picture(visit):
    assert page(visit("/en/lake/?stage=process")).select_one(".lake-picture") is None


def test_stage_without_ideas_is_no_link(releases, client):
    small_site()
    publish_site()
    islands = page(client.get("/en/small-lake/")).select(".island")
    assert [words(island) for island in islands] == ["First stage 1 idea", "Later stage No ideas yet"]
    assert [bool(island.a) for island in islands] == [True, False]


def test_nothing_that_fits_is_said(visit):
    found = page(visit("/en/lake/?stage=review&mark=fair-pay&kind=icebreaker"))
    assert "Nothing here has all of this at once." in words(found.main)


def test_long_list_has_pages(visit, client):
    first = page(visit("/en/lake/?q=people"))
    count = client.get("/api/v1/en/ideas/?q=people").json()["count"]
    second = page(visit(first.select_one("a[rel=next]")["href"]))
    assert len(titles(first) + titles(second)) == len({*titles(first), *titles(second)}) == count > 20


def test_page_without_a_question_is_the_released_one(visit, starter_release):
    for path in ("/en/lake/", "/en/voices/", "/en/search/"):
        assert b"".join(visit(path).streaming_content) == shown(starter_release)[path]


def test_long_kind_leads_to_the_rest(releases, client, monkeypatch):
    monkeypatch.setattr("toolkit.templatetags.document.BEGINNING", 3)
    publish_site(repair=True)
    found = page(client.get("/en/lake/"))
    sections = {section["aria-labelledby"]: section for section in found.select("main section")}
    assert len(sections["activity"].select("li.card")) == 3
    assert words(sections["activity"].select_one(".more")) == "Show all 10: Activities"
    assert titles(page(client.get(sections["activity"].select_one(".more a")["href"])))[:3] == [
        words(heading) for heading in sections["activity"].select("h3")
    ]


def test_other_languages_get_the_same_question(visit, settings):
    found = page(visit("/en/lake/?q=people&stage=process"))
    assert found.select_one("link[hreflang=en]")["href"] == f"{settings.SITE_URL}/en/lake/?q=people&stage=process"


# --- Addresses -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "tidy"),
    [
        ("/en/lake/?q=&stage=process&mark=&kind=", "/en/lake/?stage=process"),
        ("/en/lake/?q=&stage=&mark=&kind=", "/en/lake/"),
        ("/en/lake/?utm_source=letter", "/en/lake/"),
        ("/en/lake/?kind=activity&fbclid=x&stage=process", "/en/lake/?stage=process&kind=activity"),
        ("/en/lake/?stage=planning&stage=process", "/en/lake/?stage=process"),
        ("/en/lake/?people=٨&minutes=%DB%B3%DB%B0", "/en/lake/?minutes=30&people=8"),
        ("/en/lake/?people=08", "/en/lake/?people=8"),
        ("/en/lake/?kind=activity&page=1&per_page=100", "/en/lake/?kind=activity"),
        ("/en/voices/?%zz=1", "/en/voices/"),
        ("/en/search/?q=", "/en/search/"),
        ("/en/search/?q=+++", "/en/search/"),
        ("/en/search/?page=2", "/en/search/"),
        ("/en/search/?q=+two++words+&utm_medium=x", "/en/search/?q=two+words"),
    ],
)
def test_question_has_one_address(visit, address, tidy):
    response = visit(address)
    assert (response.status_code, response["Location"]) == (302, tidy)
    assert visit(tidy).status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/en/lake/?stage=nowhere", 400, "There is no stage “nowhere”."),
        ("/en/lake/?stage=nowhere&mark=nothing", 400, "There is no mark “nothing”."),
        ("/en/lake/?kind=snake", 400, "There is no kind “snake”."),
        ("/en/voices/?kind=activity&stage=process", 400, "There is no kind “activity”."),
        ("/en/lake/?minutes=soon", 400, "“soon” is no number of minutes."),
        ("/en/lake/?people=0", 400, "“0” is no number of people. Write a whole number, from 1 to 9999."),
        ("/en/lake/?people=10000", 400, "“10000” is no number of people."),
        ("/en/lake/?setting=moon", 400, "There is no place “moon”."),
        ("/en/lake/?page=two", 400, "There is no page “two”."),
        ("/en/lake/?page=0", 400, "There is no page “0”."),
        ("/en/lake/?stage=" + "a" * 3000, 400, "There is no stage"),
        ("/en/lake/?kind=activity&page=99", 404, "There is no page 99: the last one is page 1."),
        ("/en/search/?q=people&page=99", 404, "There is no page 99: the last one is page 5."),
        ("/en/search/?q=people&page=-1", 400, "There is no page “-1”."),
        ("/en/search/?q=" + "a" * 201, 400, "That is too long to search for."),
    ],
)
def test_wrong_question_is_answered_in_words(visit, address, status, sentence):
    response = visit(address)
    found = page(response, status)
    assert sentence in words(found.select_one(".wrong"))
    assert found.main.select_one("form input[name=q]")
    assert found.select_one("meta[name=robots]")["content"] == "noindex"
    assert response["Content-Security-Policy"] == PAGE_POLICY


def test_page_beyond_the_last_leads_to_the_first(visit):
    found = page(visit("/en/lake/?kind=activity&page=99"), 404)
    assert found.select_one(".wrong a")["href"] == "/en/lake/?kind=activity"


@pytest.mark.parametrize("address", ["/en/lake/?kind=activity", "/en/search/?q=listening"])
def test_answer_is_kept_as_a_page_is(visit, address):
    response = visit(address)
    assert response["Content-Security-Policy"] == PAGE_POLICY
    assert "stale-if-error" in response["Cache-Control"]
    assert page(response).select_one("meta[name=robots]")["content"] == "noindex"
    again = visit(address, if_none_match=response["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert not response.cookies


def test_answer_may_only_be_read(client, starter_release, settings):
    settings.RELEASES_DIR = starter_release
    assert client.post("/en/search/?q=listening").status_code == 405


def test_other_pages_know_no_question(visit, starter_release):
    answer = visit("/en/process/listening/?stage=process&q=x")
    assert b"".join(answer.streaming_content) == shown(starter_release)["/en/process/listening/"]


@pytest.mark.parametrize("address", ["/es/search/?q=x", "/es/lake/?kind=activity", "/xx/search/?q=x"])
def test_locale_without_a_site_has_no_answers(visit, address):
    assert visit(address).status_code == 404


def test_index_that_is_away_is_said(visit, monkeypatch):
    def away(*arguments, **named):
        raise IndexAway("the disk is full")

    monkeypatch.setattr("api.site.answers.search", away)
    response = visit("/en/search/?q=listening")
    assert "Try again in a minute" in words(page(response, 503).select_one(".wrong"))
    assert response["Retry-After"] == "30"


@pytest.mark.parametrize("address", ["/en/search/?q=listen", "/en/lake/?kind=activity"])
def test_too_many_questions_are_asked_to_wait(visit, settings, tmp_path, address):
    settings.DATA_DIR, settings.API_REQUESTS_PER_MINUTE = tmp_path, 2
    assert [visit(address).status_code for _ in range(3)] == [200, 200, 429]
    refused = visit(address)
    assert "Try again in a minute." in words(page(refused, 429).select_one(".wrong"))
    assert int(refused.headers["Retry-After"]) > 0
    assert visit("/en/lake/").status_code == 200


def test_server_asks_only_where_something_is_asked(starter_release, settings):
    settings.RELEASES_DIR = starter_release
    site, asked = PublicSite(WSGIHandler(), starter_release), []
    site.application = lambda environ, start_response: asked.append(environ["PATH_INFO"]) or []
    for path, query in (("/en/lake/", ""), ("/en/lake/", "kind=activity"), ("/en/process/", "utm_source=x")):
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "wsgi.input": BytesIO()}
        site(environ, lambda status, headers: None)
    assert asked == ["/en/lake/"]


# --- The search page among the pages -------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["search", "score"])
def test_editors_cannot_take_an_address_of_ours(db, slug):
    home = Home.objects.get(locale__language_code="en")
    with pytest.raises(ValidationError, match="The site itself has something at this address"):
        home.add_child(instance=Guide(title="Search", slug=slug, summary="x", locale=home.locale))


def test_page_that_stands_there_already_stays(releases, client, monkeypatch):
    """It was there before there was a search: it is shown, and no box leads to it."""
    monkeypatch.setattr("toolkit.models.base.OWN_SLUGS", ())
    add(Guide, Home.objects.get(locale__language_code="en"), "search", summary="How to search the archive.")
    publish_site(everything=True)
    found = page(client.get("/en/search/?q=listening"))
    assert words(found.h1) == "Search"
    assert not found.main.select_one("form:not(.clear-question)")


def test_documents_say_nothing_of_forms(visit):
    document = json.loads(b"".join(visit("/api/v1/en/pages/lake/").streaming_content))
    assert len(document["ideas"]) > 20
    assert not re.search("choices|search", json.dumps(sorted(document)))


# --- Rules ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "given"),
    [
        ({}, {}),
        ({"q": [" a  b "]}, {"q": "a b"}),
        ({"q": ["", "\u2003"]}, {}),
        ({"page": ["2"], "q": ["a"]}, {"q": "a", "page": "2"}),
        ({"per_page": ["100"], "colour": ["red"], "kind": ["snake"]}, {"kind": "snake"}),
    ],
)
def test_what_is_known_is_read(query, given):
    assert given_in(known_to("voices"), query.items()) == given


def test_address_is_known_when_it_is_met():
    assert is_at("/en/lake/?q=a+b", {"q": ["a b"]}.items())
    assert is_at("/en/lake/", {}.items())
    assert not is_at("/en/lake/", {"x": [""]}.items())
    assert not is_at("/en/lake/?q=a", {"q": ["a"], "x": ["1"]}.items())


def test_unknown_codes_are_shown_as_they_are():
    stages = [{"code": "a", "title": "A", "lang": "en", "dir": "ltr", "marks": []}]
    assert chosen({"stage": "a", "mark": "b", "page": "2"}, stages) == [
        {"name": "stage", "value": "a", "title": "A", "lang": "en", "dir": "ltr"},
        {"name": "mark", "value": "b"},
    ]
