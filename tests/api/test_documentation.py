"""The page about the API: it knows the whole contract, and needs nothing from elsewhere."""

import json

import pytest
from bs4 import BeautifulSoup

from api.content.documentation import documentation
from tests.contract import CONTRACT
from tests.releases import released, shown
from toolkit.documents.shapes import DOCUMENTS

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/docs/"


@pytest.fixture(scope="module")
def page(starter_release) -> BeautifulSoup:
    assert released(starter_release)[ADDRESS].type == "text/html"
    return BeautifulSoup(shown(starter_release)[ADDRESS], "lxml")


def test_every_question_is_shown_with_its_parameters(page):
    shown = {section.select_one(".docs-address").get_text(): section for section in page.select(".docs-operation")}
    asked = {f"{method.upper()} {path}": one for path, of in CONTRACT["paths"].items() for method, one in of.items()}
    assert shown.keys() == asked.keys()
    for name, operation in asked.items():
        names = [code.get_text() for code in shown[name].select("dl:not(details dl) dt code")]
        assert names == [parameter["name"] for parameter in operation.get("parameters", ())]


def test_every_type_of_document_has_an_example(page):
    examples = [json.loads(example.get_text()) for example in page.select("details pre")]
    assert DOCUMENTS.keys() <= {example.get("type") for example in examples}


def test_every_link_within_leads_somewhere(page):
    ids = {tag["id"] for tag in page.select("[id]")}
    links = {link["href"] for link in page.select("a[href^='#']")}
    assert len(links) > 40
    assert links - {f"#{name}" for name in ids} == set()


def test_nothing_is_loaded_from_elsewhere(page, starter_release):
    needed = [tag.get("src") or tag.get("href") for tag in page.select("link, script, img, iframe, source")]
    assert needed
    assert [address for address in needed if address not in released(starter_release)] == []


def test_every_field_says_what_it_is():
    docs = documentation(CONTRACT)
    fields = [(shape["name"], field) for shape in docs["shapes"] for field in shape["fields"]]
    assert len(fields) > 200
    assert [(name, field["name"]) for name, field in fields if not any(field["type"].values())] == []


@pytest.mark.parametrize(
    ("shape", "field", "text", "of"),
    [
        ("MarkDocument", "title", "string", ""),
        ("MarkDocument", "type", "always “mark”", ""),
        ("MarkDocument", "stage", "null", "StageSummary"),
        ("MarkDocument", "ideas", "list of", "IdeaSummary"),
        ("MarkDocument", "dir", "one of: “ltr”, “rtl”", ""),
        ("MarkDocument", "updated_at", "string or null, a time (ISO 8601, UTC)", ""),
        ("BoardMark", "agreed", "null", "BoardAgreement"),
        ("GiveAnswer", "answer", "integer or string", ""),
    ],
)
def test_kinds_of_values_are_said_in_words(shape, field, text, of):
    shapes = {one["name"]: one for one in documentation(CONTRACT)["shapes"]}
    found = next(one for one in shapes[shape]["fields"] if one["name"] == field)
    assert found["type"] == {"text": text, "shape": of}
