"""Loading content files: nothing twice, nothing by halves, and the starter content is what was promised."""

import re
import shutil
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

from tests.small_site import document_of, read_library
from toolkit.bundle.format import read_folder
from toolkit.bundle.load import STARTER, load_folder
from toolkit.bundle.references import MissingPage, find_page
from toolkit.consent import Consent, Naming
from toolkit.models import Idea, IdeaCredit, Mark, Quote

pytestmark = pytest.mark.django_db

HOME = """---
type: toolkit
title: Home
summary: Home.
prompts: {meaning: a, ladders: b, snakes: c, score: d}
---
"""
STAGE = "---\ntype: stage\ntitle: A new stage\norder: 9\nsummary: New.\n---\n"


def mark(text: str, code: str = "new-mark") -> dict[str, str]:
    """Give the files of a new stage with one new mark."""
    fields = "---\ntype: mark\ntitle: A new mark\norder: 1\nsummary: New.\n---\n"
    return {"en/new-stage.md": STAGE, f"en/new-stage/{code}.md": fields + text}


@pytest.fixture
def load(tmp_path):
    """Loads files that are given as {path: text}."""

    def load_files(files: dict[str, str]) -> int:
        for path, text in files.items():
            file = tmp_path / "content" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return load_folder(tmp_path / "content")

    return load_files


def everything() -> tuple:
    """Give what there is: pages with the time of their last change, revisions, credits."""
    pages = Page.objects.order_by("path").values_list("path", "title", "slug", "live", "last_published_at")
    return list(pages), Revision.objects.count(), IdeaCredit.objects.count()


def test_loading_twice_changes_nothing():
    before = everything()
    assert load_folder(languages=["en"]) == 0
    assert everything() == before


def test_changed_page_stays_as_the_editor_left_it():
    page = Mark.objects.get(code="listening")
    page.title, page.slug = "Our own words", "our-own-words"
    page.save_revision().publish()
    assert load_folder(languages=["en"]) == 0
    assert Mark.objects.get(code="listening").title == "Our own words"


def test_unpublished_page_stays_unpublished():
    Quote.objects.get(code="chairs-in-a-circle").unpublish()
    assert load_folder(languages=["en"]) == 0
    assert not Quote.objects.get(code="chairs-in-a-circle").live


def test_only_missing_pages_are_added():
    before = read_library().pages
    Mark.objects.get(code="listening").delete()
    # With its Easy Read version.
    assert load_folder(languages=["en"]) == 2
    assert len(read_library().pages) == len(before)
    assert document_of(Mark.objects.get(code="listening"))["path"] == "/en/process/listening/"


def test_new_files_become_published_pages(load):
    text = "Words, and [a link](mark:listening).\n\n::: quote chairs-in-a-circle :::\n"
    assert load(mark(text)) == 2
    document = document_of(Mark.objects.get(code="new-mark"))
    assert document["path"] == "/en/new-stage/new-mark/"
    assert document["body"][0]["html"] == '<p>Words, and <a href="/en/process/listening/">a link</a>.</p>'
    assert document["body"][1]["quote"]["code"] == "chairs-in-a-circle"


def test_pages_may_refer_to_each_other(load):
    files = mark("[Later](mark:other-mark)") | mark("[Before](mark:new-mark)", code="other-mark")
    assert load(files) == 3
    assert "/en/new-stage/other-mark/" in document_of(Mark.objects.get(code="new-mark"))["body"][0]["html"]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (mark("::: tip\nNever closed."), "new-mark.md: the block “::: tip” is not closed"),
        (mark("::: quote nobody-said-it :::"), "there is no quote with the code “nobody-said-it”."),
        (mark("[x](term:no-such-word)"), "there is no term with the code “no-such-word”."),
        (mark("[x](page:no-such-page)"), "there is no page with the code “no-such-page”."),
        ({"en/nowhere/new-mark.md": mark("")["en/new-stage/new-mark.md"]}, "there is no page “nowhere”"),
        ({"en/new-stage.md": "no fields"}, "new-stage.md"),
    ],
)
def test_broken_files_change_nothing(load, files, sentence):
    before = everything()
    with pytest.raises(ValueError, match=".") as refused:
        load(files)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert everything() == before


def test_command_says_what_it_did(command):
    assert command("load_starter", language=["en"]) == "Everything is there already.\n"
    Mark.objects.get(code="listening").delete()
    assert command("load_starter", language=["en"]) == "2 pages are new.\n"


def test_one_page_is_added_alone(command):
    two = Mark.objects.filter(code__in=["listening", "clear-roles"])
    two.delete()
    assert command("load_starter", language=["en"], page=["clear-roles"]) == "1 pages are new.\n"
    assert [mark.code for mark in two.all()] == ["clear-roles"]


def test_command_says_what_is_missing(monkeypatch):
    def missing(**options):
        raise MissingPage("process.md: there is no quote with the code “x”.")

    monkeypatch.setattr("toolkit.management.commands.load_starter.load_folder", missing)
    with pytest.raises(CommandError, match="no quote with the code"):
        call_command("load_starter", language=["en"])


def test_progress_counts_every_new_page(load, tmp_path):
    seen = []
    load_folder(
        shutil.copytree(STARTER, tmp_path / "starter"), languages=["en"], progress=lambda *step: seen.append(step)
    )
    assert seen == []
    Mark.objects.get(code="listening").delete()
    load_folder(languages=["en"], progress=lambda *step: seen.append(step))
    assert seen == [(1, 2), (2, 2)]


# --- The starter content ---------------------------------------------------------------------------------------

ALL_FILES = read_folder(STARTER)
FILES = [file for file in ALL_FILES if file.locale == "en"]


def of_type(kind: str) -> list:
    return [file for file in FILES if file.type == kind]


def sentences(file) -> set[str]:
    """Give the sentences of more than six words that stand in a file, as plain words."""
    words = [str(file.fields.get("summary", "")), *("\n".join(block.lines) for block in file.blocks)]
    found = set()
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", "\n".join(words)):
        plain = re.findall(r"[\w’']+", re.sub(r"\]\([^)]*\)", "", sentence).casefold())
        if len(plain) > 6:
            found.add(" ".join(plain))
    return found


@pytest.mark.parametrize(
    ("kind", "least"),
    [("toolkit", 1), ("stage", 4), ("mark", 28), ("quote", 36), ("idea", 20), ("term", 20), ("guide", 4)],
)
def test_starter_has_enough_of_each(kind, least):
    assert len(of_type(kind)) >= least


def test_stages_are_the_four():
    stages = sorted(of_type("stage"), key=lambda file: file.fields["order"])
    assert [stage.code for stage in stages] == ["planning", "process", "completing", "review"]


@pytest.mark.parametrize(
    "code", ["using-this-tool", "about", "accessibility", "privacy", "lake", "voices", "glossary"]
)
def test_pages_around_the_content_are_there(code):
    assert find_page("page", code, "en").live


@pytest.mark.parametrize("file", of_type("mark"), ids=lambda file: file.code)
def test_mark_has_explanation_tip_and_quote(file):
    kinds = Counter(block.type for block in file.blocks)
    explanation = " ".join(" ".join(block.lines) for block in file.blocks if block.type == "text")
    assert len(explanation.split()) >= 60
    assert kinds["tip"] >= 1
    assert kinds["quote"] >= 1


def test_quotes_are_of_all_kinds():
    kinds = Counter(file.fields["kind"] for file in of_type("quote"))
    assert set(kinds) == {"snake", "ladder", "observation"}
    assert min(kinds.values()) >= 6


def test_every_quote_is_illustrative():
    assert set(Quote.objects.values_list("naming", "consent")) == {(Naming.ILLUSTRATIVE, Consent.NOT_NEEDED)}


def test_every_quote_is_used_by_a_mark():
    used = {block.code for file in of_type("mark") for block in file.blocks if block.type == "quote"}
    assert {file.code for file in of_type("quote")} - used == set()


def test_every_idea_has_a_credit_and_a_use():
    for idea in Idea.objects.all():
        document = document_of(idea)
        assert document["credits"], idea.code
        assert document["stages"] or document["marks"], idea.code


@pytest.mark.parametrize("code", ["en", "cy"])
def test_no_sentence_stands_in_two_files(code):
    places = {}
    for file in [file for file in ALL_FILES if file.locale == code]:
        for sentence in sentences(file):
            places.setdefault(sentence, []).append(file.code)
    assert {sentence: codes for sentence, codes in places.items() if len(codes) > 1} == {}


def test_every_page_is_loaded():
    drafts = [file.code for file in FILES if file.fields.get("state") == "draft"]
    assert len(read_library().pages) == len(FILES) - len(drafts)
    assert list(Page.objects.filter(live=False, depth__gt=2).values_list("slug", flat=True)) == drafts
