"""Lists as a developer meets them: page by page, filtered, and with a sentence for every wrong question."""

import json

import pytest

from api.content.pages import link_header, list_page, page_count
from api.content.parameters import FILTERS, Wanted, parameters_of, wanted
from api.problems import BadParameters
from cms.publishing.publish import publish
from tests.contract import contract_errors, schema_errors
from tests.small_site import small_site

pytestmark = pytest.mark.django_db

PROBLEM = json.dumps({"$ref": "#/components/schemas/Problem"})


@pytest.fixture
def ask(client, starter_release, settings):
    """Asks the API for an address, and gives the answer."""
    settings.RELEASES_DIR = starter_release
    return lambda address, **headers: client.get(address, headers=headers)


def content(response) -> dict:
    assert response.status_code == 200, response.content
    return json.loads(b"".join(response.streaming_content) if response.streaming else response.content)


def everything(ask, address: str) -> list[dict]:
    """Follow a list from its first page to its last, and give all that is on it."""
    found = []
    while address:
        page = content(ask(address))
        found += page["results"]
        address = page["next"]
    return found


@pytest.mark.parametrize("collection", FILTERS)
def test_released_page_is_what_the_index_gives(ask, collection):
    address = f"/api/v1/en/{collection}/"
    assert content(ask(address)) == content(ask(f"{address}?page=1"))


@pytest.mark.parametrize("collection", FILTERS)
@pytest.mark.parametrize("per_page", [1, 3, 7, 100])
def test_pages_together_are_the_whole(ask, collection, per_page):
    address = f"/api/v1/en/{collection}/"
    whole = everything(ask, address)
    assert everything(ask, f"{address}?per_page={per_page}") == whole
    assert content(ask(address))["count"] == len(whole) > 0


def test_pages_know_each_other_both_ways(ask):
    page = content(ask("/api/v1/en/marks/?page=2&per_page=5"))
    assert content(ask(page["previous"]))["next"] == "/api/v1/en/marks/?page=2&per_page=5"
    assert content(ask(page["next"]))["previous"] == "/api/v1/en/marks/?page=2&per_page=5"


@pytest.mark.parametrize("address", ["/api/v1/en/marks/", "/api/v1/en/marks/?page=2&per_page=5"])
def test_link_header_says_what_the_body_says(ask, address):
    response = ask(address)
    page = content(response)
    for way, name in (("next", "next"), ("previous", "prev")):
        assert (f'<{page[way]}>; rel="{name}"' in response["Link"]) == bool(page[way])
    assert "Link" in response["Access-Control-Expose-Headers"]


def test_marks_of_a_stage_are_its_own(ask):
    marks = everything(ask, "/api/v1/en/marks/?stage=process")
    of_stage = content(ask("/api/v1/en/stages/process/"))["marks"]
    assert [mark["code"] for mark in marks] == [mark["code"] for mark in of_stage]


def test_ideas_of_a_stage_serve_it_or_its_marks(ask):
    found = {idea["code"] for idea in everything(ask, "/api/v1/en/ideas/?stage=process")}
    marks = {mark["code"] for mark in everything(ask, "/api/v1/en/marks/?stage=process")}
    expected = set()
    for idea in everything(ask, "/api/v1/en/ideas/"):
        document = content(ask(f"/api/v1/en/ideas/{idea['code']}/"))
        stages = {stage["code"] for stage in document["stages"]}
        if "process" in stages or marks & {mark["code"] for mark in document["marks"]}:
            expected.add(idea["code"])
    assert found == expected
    assert 0 < len(found) < len(everything(ask, "/api/v1/en/ideas/"))


def test_quotes_of_a_mark_stand_on_its_page(ask):
    found = [quote["code"] for quote in everything(ask, "/api/v1/en/quotes/?mark=listening")]
    blocks = content(ask("/api/v1/en/marks/listening/"))["body"]
    assert set(found) == {block["quote"]["code"] for block in blocks if block["type"] == "quote"} != set()


@pytest.mark.parametrize(("collection", "kind"), [("quotes", "snake"), ("ideas", "activity")])
def test_kind_narrows_a_list(ask, collection, kind):
    every = everything(ask, f"/api/v1/en/{collection}/")
    found = everything(ask, f"/api/v1/en/{collection}/?kind={kind}")
    assert found == [thing for thing in every if thing["kind"] == kind] != every


def test_filters_work_together(ask):
    of_stage = everything(ask, "/api/v1/en/ideas/?stage=process")
    found = everything(ask, "/api/v1/en/ideas/?stage=process&kind=activity&per_page=1")
    assert found == [idea for idea in of_stage if idea["kind"] == "activity"]


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("minutes=30", lambda idea: idea["minutes"] and idea["minutes"] <= 30),
        ("people=1", lambda idea: idea["people_from"] == 1),
        ("people=40", lambda idea: (idea["people_to"] or 40) >= 40),
        ("people=5", lambda idea: idea["people_from"] <= 5 <= (idea["people_to"] or 5)),
        ("setting=online", lambda idea: idea["setting"] in ("online", "either")),
        ("setting=in-person", lambda idea: idea["setting"] in ("in-person", "either")),
        ("minutes=15&people=2", lambda idea: (idea["minutes"] or 99) <= 15 and idea["people_from"] <= 2),
    ],
)
def test_facts_narrow_the_ideas(ask, query, fits):
    every = everything(ask, "/api/v1/en/ideas/")
    found = everything(ask, f"/api/v1/en/ideas/?{query}")
    assert found == [idea for idea in every if fits(idea)] != []


def test_idea_that_does_not_say_is_left_out(ask):
    found = everything(ask, "/api/v1/en/ideas/?minutes=9999")
    assert "photovoice" not in {idea["code"] for idea in found}
    assert len(found) == len(everything(ask, "/api/v1/en/ideas/")) - 1


@pytest.mark.parametrize(
    ("ends", "people", "expected"),
    [
        ((None, None), 5, False),
        ((None, 4), 4, True),
        ((None, 4), 5, False),
        ((5, None), 4, False),
        ((5, None), 9999, True),
        ((5, 5), 5, True),
    ],
)
def test_group_may_have_one_end(client, releases, ends, people, expected):
    idea = small_site()["tea-first"]
    idea.people_from, idea.people_to = ends
    idea.save()
    publish()
    answer = client.get(f"/api/v1/en/ideas/?people={people}").json()
    assert [one["code"] for one in answer["results"]] == (["tea-first"] if expected else [])


def test_lake_counts_the_ideas_of_its_stages(ask):
    stages = content(ask("/api/v1/en/pages/lake/"))["stages"]
    for stage in stages:
        assert stage["idea_count"] == content(ask(f"/api/v1/en/ideas/?stage={stage['code']}"))["count"] > 0
    assert len(stages) == 4


def test_words_narrow_a_list(ask):
    every = {mark["code"] for mark in everything(ask, "/api/v1/en/marks/")}
    found = [mark["code"] for mark in everything(ask, "/api/v1/en/marks/?q=listened&per_page=2")]
    assert found[0] == "listening"
    assert set(found) < every
    assert len(found) == len(set(found)) > 2


def test_words_and_filters_work_together(ask):
    in_search = [
        found["code"]
        for found in everything(ask, "/api/v1/en/search/?q=listening&per_page=100")
        if found["kind"] == "activity"
    ]
    of_stage = {idea["code"] for idea in everything(ask, "/api/v1/en/ideas/?stage=process")}
    found = [idea["code"] for idea in everything(ask, "/api/v1/en/ideas/?q=listening&stage=process&kind=activity")]
    assert found == [code for code in in_search if code in of_stage] != []


def test_misspelt_words_of_a_list_are_put_right(ask):
    page = content(ask("/api/v1/en/ideas/?q=lisening"))
    assert (page["corrected"], page["count"] > 0) == ("listening", True)
    assert "corrected" not in content(ask("/api/v1/en/ideas/?page=1"))


def test_other_pages_keep_the_words(ask):
    page = content(ask("/api/v1/en/ideas/?q=%20p%C3%A9ople%20&per_page=1"))
    assert page["next"].startswith("/api/v1/en/ideas/?q=p%C3%A9ople&page=2")


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("marks/?q=", ["q"]),
        ("marks/?q=" + "a" * 201, ["q"]),
        ("marks/?page=0", ["page"]),
        ("marks/?page=-1", ["page"]),
        ("marks/?page=two", ["page"]),
        ("marks/?page=٢", ["page"]),
        ("marks/?page=1e3", ["page"]),
        ("marks/?page=" + "9" * 400, ["page"]),
        ("marks/?page=", ["page"]),
        ("marks/?page=1&page=2", ["page"]),
        ("marks/?page=9999", ["page"]),
        ("marks/?per_page=0", ["per_page"]),
        ("marks/?per_page=101", ["per_page"]),
        ("marks/?stage=nowhere", ["stage"]),
        ("marks/?stage=", ["stage"]),
        ("marks/?stage=process%00", ["stage"]),
        ("marks/?stage=" + "a" * 3000, ["stage"]),
        ("marks/?kind=snake", ["kind"]),
        ("ideas/?kind=snake", ["kind"]),
        ("ideas/?minutes=0&people=-1&setting=either", ["minutes", "people", "setting"]),
        ("ideas/?minutes=٣٠&people=10000", ["minutes", "people"]),
        ("marks/?people=3", ["people"]),
        ("quotes/?mark=nothing&stage=nowhere", ["stage", "mark"]),
        ("stages/?stage=process", ["stage"]),
        ("terms/?colour=red&page=x", ["colour", "page"]),
        ("marks/?" + "x" * 500 + "=1", ["x" * 80]),
        ("marks/?%3Cscript%3E=1", ["<script>"]),
    ],
)
def test_wrong_question_is_answered_in_words(ask, address, named):
    response = ask(f"/api/v1/en/{address}")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    problem = json.loads(response.content)
    assert schema_errors(PROBLEM, problem) == []
    assert sorted(error["parameter"] for error in problem["errors"]) == sorted(named)
    assert all(error["detail"].endswith(".") for error in problem["errors"])
    assert all(error["detail"] in problem["detail"] for error in problem["errors"])


def test_unknown_locale_is_not_found_with_a_query(ask):
    assert ask("/api/v1/xx/marks/?page=2").status_code == 404


def test_answers_keep_to_the_contract(ask):
    for address in (
        "marks/?page=2&per_page=5",
        "ideas/?kind=activity&people=8",
        "quotes/?stage=process",
        "terms/?q=jargon",
    ):
        assert contract_errors(f"/api/v1/en/{address}".partition("?")[0], content(ask(f"/api/v1/en/{address}"))) == []


def test_same_question_is_not_answered_twice(ask):
    address = "/api/v1/en/marks/?page=2&per_page=5"
    etag = ask(address)["ETag"]
    response = ask(address, if_none_match=etag)
    assert (response.status_code, response.content) == (304, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert ask("/api/v1/en/marks/?page=3&per_page=5", if_none_match=etag).status_code == 200


@pytest.mark.parametrize(
    ("count", "per_page", "pages"), [(0, 20, 1), (1, 20, 1), (20, 20, 1), (21, 20, 2), (5, 1, 5)]
)
def test_pages_are_as_many_as_needed(count, per_page, pages):
    assert page_count(count, per_page) == pages


def test_page_has_one_address():
    page = list_page("/list/", [], count=41, number=2, filters={"stage": "a b"})
    assert page["previous"] == "/list/?stage=a+b"
    assert page["next"] == "/list/?stage=a+b&page=3"
    assert link_header(page) == '</list/?stage=a+b>; rel="prev", </list/?stage=a+b&page=3>; rel="next"'


def test_nothing_asked_for_is_the_first_page():
    assert wanted(parameters_of("marks"), {}.items()) == Wanted(1, 20, {})


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(BadParameters) as refused:
        wanted(parameters_of("marks"), {"page": ["x"], "per_page": ["y"], "z": ["1"]}.items())
    assert len(refused.value.errors) == 3
