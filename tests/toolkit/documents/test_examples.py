"""The golden examples: one small document of every type, to be read by people and compared byte for byte.

`make examples` writes them again; look at what changed before you commit it.
"""

import json
import os

import pytest
from django.conf import settings

from tests.contract import schema_errors
from tests.small_site import document_of, small_site
from toolkit.documents.shapes import DOCUMENTS

pytestmark = pytest.mark.django_db

FOLDER = settings.BASE_DIR / "tests" / "examples"
# The one page of each type that is shown.
SHOWN = {
    "toolkit": "small-home",
    "stage": "first-stage",
    "mark": "hearing",
    "quote": "it-happened",
    "idea": "tea-first",
    "term": "jargon-word",
    "page": "a-guide",
    "lake": "small-lake",
    "voices": "all-voices",
    "glossary": "words",
    "easy-read": "hearing-easy-read",
}


def readable(document: dict) -> str:
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("kind", list(DOCUMENTS))
def test_document_equals_its_example(kind):
    file = FOLDER / f"{kind}.json"
    document = readable(document_of(small_site()[SHOWN[kind]]))
    if "REWRITE_EXAMPLES" in os.environ:
        file.write_text(document, encoding="utf-8")
    assert document == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", list(DOCUMENTS))
def test_example_keeps_to_the_contract(kind):
    example = json.loads((FOLDER / f"{kind}.json").read_text(encoding="utf-8"))
    shape = f"#/components/schemas/{DOCUMENTS[kind].__name__}"
    assert schema_errors(json.dumps({"$ref": shape}), example) == []


def test_no_example_is_left_over():
    assert {file.stem for file in FOLDER.iterdir()} == set(DOCUMENTS)
