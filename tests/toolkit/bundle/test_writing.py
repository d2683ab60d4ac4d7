"""Content files as text: whatever they say is read back, and the same content is always the same text."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.toolkit.bundle.test_prose import TRICKY, as_html, as_tree, rich_text
from toolkit.blocks import Body
from toolkit.bundle.describe import blocks_of
from toolkit.bundle.format import FRONT_MATTER, PageFile, read_file, split_blocks
from toolkit.bundle.prose import outside_link
from toolkit.bundle.writing import text_of

words = st.lists(st.sampled_from([*TRICKY, " ", "\n", "\t", "\r", "\u200e", "\x85"]), max_size=6).map("".join)
html = rich_text().map(as_html)
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
blocks = st.one_of(
    st.tuples(st.sampled_from(["text", "tip", "note"]), html),
    st.tuples(st.just("quote"), st.just(1)),
    st.tuples(st.just("citation"), st.fixed_dictionaries({"text": html, "source": words, "url": words})),
    st.tuples(
        st.just("media"),
        st.fixed_dictionaries(
            {"kind": st.sampled_from(["video", "audio"]), "title": words, "url": words, "transcript": html}
        ),
    ),
    st.tuples(st.just("image"), st.fixed_dictionaries({"alt": words, "caption": words, "decorative": st.booleans()})),
)


class NoFiles:
    """Names for a bundle of one quote, without pictures."""

    link = staticmethod(outside_link)

    def code(self, page_type, page_id):
        return "a-quote"

    def picture(self, picture_id):
        return ""

    document = picture


def says(kind: str, value) -> tuple:
    """Give what a stored block says, in the form that a read one is compared in."""
    if kind == "quote":
        return kind, {"code": "a-quote"}, []
    if isinstance(value, str):
        return kind, {}, as_tree(value)
    said = {name: "yes" if part is True else part for name, part in value.items() if part}
    text = said.pop("text", "") or said.pop("transcript", "")
    return kind, said, as_tree(text)


def read_back(text: str) -> list[tuple]:
    found = split_blocks(FRONT_MATTER.match(text)["text"] or "", verbatim=True)
    return [
        (
            block.type,
            {name: said for name, said in {"code": block.code, **block.attributes}.items() if said},
            as_tree(block.html),
        )
        for block in found
    ]


@settings(max_examples=200, deadline=None)
@given(st.lists(blocks, max_size=4))
def test_blocks_come_back_the_same(stored):
    raw = [{"type": kind, "value": value, "id": str(place)} for place, (kind, value) in enumerate(stored)]
    file = PageFile(
        Path("a.md"), "en", {"type": "mark"}, blocks_of(SimpleNamespace(body=Body().to_python(raw)), NoFiles())
    )
    assert read_back(text_of(file)) == [says(kind, value) for kind, value in stored]


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("file") / "listening.md"


@settings(max_examples=200, deadline=None)
@given(
    title=st.one_of(words, st.text(CHARACTERS)),
    summary=words,
    moment=st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),
)
def test_fields_come_back_the_same(file, title, summary, moment):
    fields = {"type": "mark", "title": title, "order": 3, "summary": summary, "updated_at": moment}
    file.write_text(text_of(PageFile(file, "en", fields, [])), encoding="utf-8", newline="\n")
    assert read_file(file, "en").fields == fields


def test_fields_are_written_as_people_would():
    fields = {"type": "quote", "title": "Gwrando: “clywed”", "consent_date": date(2026, 3, 1), "year": 2026}
    assert text_of(PageFile(Path("a.md"), "cy", fields, [])) == (
        "---\ntype: quote\ntitle: 'Gwrando: “clywed”'\nconsent_date: 2026-03-01\nyear: 2026\n---\n"
    )
