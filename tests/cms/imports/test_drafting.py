"""From the corrected document to drafts: what is made, what is left out, and nothing in between."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.imports.drafting import sort
from toolkit.consent import Consent
from toolkit.documents.richtext import plain_text
from toolkit.importing.sources import read_lines
from toolkit.models import Idea, Mark, Quote, Stage, Voices

pytestmark = pytest.mark.django_db

PAGES = Path(__file__).parents[2] / "toolkit/importing/pages"
DOCUMENTS = sorted(path for path in PAGES.iterdir() if path.suffix != ".labels")


def body_of(page) -> list[tuple]:
    return [(block["type"], block["value"]) for block in page.get_latest_revision_as_object().body.get_prep_value()]


def normal(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def all_drafts(pages) -> str:
    """Give every word of some pages, a line for each text."""
    found = []
    for page in pages:
        page = page.get_latest_revision_as_object()
        found.append(page.title)
        if isinstance(page, Quote):
            found += [page.words, page.name, str(page.year or "")]
        else:
            found += [
                value if isinstance(value, str) else f"{value.get('text')}</p>{value.get('source')}"
                for kind, value in body_of(page)
                if kind not in ("quote", "idea")
            ]
    parts = re.split(r"</(?:p|li|h3|h4)>", "</p>".join(found))
    return "\n".join(normal(plain_text(part, length=1_000_000)) for part in parts)


def made_by(response) -> list:
    return [page.specific for page, _kind, _is_new in response.context["drafts"]]


def test_drafts_are_made(desk):
    document = desk.bring()
    assert desk.make(document).url == reverse("imports:report", args=[document.pk])
    stage = Stage.objects.get(title="Sharing the work")
    assert [mark.title for mark in Mark.objects.child_of(stage)] == ["Dividing tasks", "Resting"]
    assert not stage.live
    assert stage.owner.username == stage.latest_revision.user.username == "owner"


def test_quotes_wait_for_consent(desk):
    desk.make(desk.bring())
    quote = Quote.objects.get(words__contains="who had the keys")
    assert (quote.live, quote.consent, quote.name) == (False, Consent.ASKED, "Morag Bell")


def test_corrections_are_in_the_drafts(desk):
    document = desk.bring()
    desk.correct(
        document,
        ("Plan breaks", {"kind": "tip"}),
        ("We used to", {"quote_kind": "snake", "credit": "Carer", "year": "2025"}),
        ("It is vital", {"kind": "left-out"}),
    )
    desk.make(document)
    assert body_of(Mark.objects.get(title="Resting"))[0][0] == "tip"
    quote = Quote.objects.get(words__contains="exhausted")
    assert (quote.kind, quote.name, quote.year, quote.naming) == ("snake", "Carer", 2025, "role")
    assert [kind for kind, _ in body_of(Mark.objects.get(title="Dividing tasks"))] == ["quote"]


def test_example_goes_into_the_lake(desk):
    document = desk.bring()
    desk.correct(document, ("I never knew", {"kind": "example"}))
    desk.make(document)
    idea, mark = Idea.objects.get(kind="example", live=False), Mark.objects.get(title="Dividing tasks")
    assert ("idea", idea.pk) in body_of(mark)
    assert idea.served_ids() == [mark.pk]
    credit = idea.credits.get()
    assert (credit.name, credit.consent) == ("Morag Bell", Consent.ASKED)


def test_paragraphs_are_joined(desk):
    document = desk.bring()
    desk.correct(document, ("Plan breaks", {"kind": "note"}), ("We used to", {"kind": "join"}))
    desk.make(document)
    (kind, value), *rest = body_of(Mark.objects.get(title="Resting"))
    assert (kind, rest) == ("note", [])
    assert "cup of tea. We used to meet" in value


def test_heading_stays_in_the_text(desk):
    text = "# Sharing\n\n## Tasks\n\nWe divide.\n\n### Before the meeting\n\nWe ask.\n\n## Rest\n\nWe rest."
    desk.make(desk.bring(text, "page.md"))
    assert "<h3>Before the meeting</h3>" in body_of(Mark.objects.get(title="Tasks"))[0][1]


def test_existing_stage_is_filled(desk):
    document = desk.bring(where="en:planning")
    desk.make(document)
    stage = Stage.objects.get(code="planning", locale__language_code="en")
    assert Mark.objects.child_of(stage).filter(title="Resting").exists()
    assert not Stage.objects.filter(title="Sharing the work").exists()


@pytest.mark.parametrize("kind", ["example", "quote"])
def test_same_document_again_makes_no_doubles(desk, kind):
    for _ in range(2):
        document = desk.bring()
        desk.correct(document, ("I never knew", {"kind": kind}))
        desk.make(document)
    assert document.paragraphs.exists()
    assert made_by(desk.get(document, "report")) == []
    assert Quote.objects.filter(words__contains="exhausted").count() == 1
    assert Stage.objects.filter(title="Sharing the work").count() == 1
    assert Idea.objects.filter(live=False).count() == (kind == "example")


def test_pressing_twice_makes_nothing_more(desk):
    document = desk.bring()
    desk.make(document)
    before = Mark.objects.count()
    assert desk.make(document).url == reverse("imports:report", args=[document.pk])
    assert Mark.objects.count() == before


def test_summary_counts(desk):
    page = desk.get(desk.bring(), "summary")
    assert page.context["counted"] == [
        "2 marks",
        "2 quotes that wait for consent",
        "3 paragraphs of explanation",
        "3 paragraphs left out",
    ]
    assert page.context["marks"][1] == ("Dividing tasks", 1, 1)


def test_report_leads_to_each_draft(desk):
    document = desk.bring()
    desk.make(document)
    page = desk.get(document, "report").content.decode()
    for title in ("Sharing the work", "Resting", "We used to meet for three hours…"):
        assert title in page
    assert f"/admin/pages/{Mark.objects.get(title='Resting').pk}/edit/" in page


def test_left_out_is_downloaded_as_text(desk):
    document = desk.bring()
    desk.make(document)
    answer = desk.get(document, "left_out")
    assert answer["Content-Disposition"] == 'attachment; filename="left-out.txt"'
    assert "Privacy policy" in answer.content.decode()


def test_original_is_given_back(desk):
    document = desk.bring(b"Words.\r\n", "words.txt")
    answer = desk.get(document, "original")
    assert (answer.content, answer["Content-Type"]) == (b"Words.\r\n", "application/octet-stream")


def test_import_that_fails_says_why_and_keeps_all(desk):
    Voices.objects.get(locale__language_code="en").move(Page.get_first_root_node(), pos="last-child")
    document = desk.bring()
    desk.correct(document, ("Plan breaks", {"kind": "tip"}))
    answer = desk.make(document)
    assert (answer.status_code, "no page for all voices" in answer.content.decode()) == (422, True)
    assert not Stage.objects.filter(title="Sharing the work").exists()
    assert document.paragraphs.get(source__startswith="Plan").kind == "tip"


@pytest.mark.parametrize("title", ["!!!", "Search", "A" * 300])
def test_impossible_title_is_told(desk, title):
    document = desk.bring(f"# {title}\n\nWords, and more of them.", "page.md")
    assert desk.make(document).status_code == 422


def test_document_without_title_says_so(desk):
    document = desk.bring("We all do some of it, and nobody does all of it, as far as anybody knows today.")
    assert "No paragraph names the stage" in desk.get(document, "summary").content.decode()
    assert desk.make(document).status_code == 422


# ── Nothing is lost ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_line_is_in_a_draft_or_in_the_list(desk, path):
    document = desk.bring(path.read_bytes(), path.name)
    desk.make(document)
    report = desk.get(document, "report")
    drafts = all_drafts(made_by(report))
    left_out = [normal(paragraph.source) for paragraph, _why in report.context["left_out"]]
    lost = [line.text for line in read_lines(path) if line.text.strip() and not is_there(line.text, drafts, left_out)]
    assert lost == []


def is_there(text: str, drafts: str, left_out: list[str]) -> bool:
    """Tell whether a draft or the list has a line. Of one that says who spoke, a draft has the name and the year."""
    words = normal(text)
    if words in left_out or any(words in line for line in drafts.splitlines()):
        return True
    parts = sorted((line for line in drafts.splitlines() if line and f" {line} " in f" {words} "), key=len)
    rest = f" {words} "
    for part in reversed(parts):
        rest = rest.replace(f" {part} ", "  ")
    return bool(parts) and set(rest.split()) <= AROUND_A_NAME


# How a credit says so, in words that no draft needs.
AROUND_A_NAME = {"with", "thanks", "to", "for", "this", "story", "example", "sharing", "shared", "from", "by"}


def test_every_paragraph_is_in_one_of_two_lists(desk):
    document = desk.bring()
    desk.correct(
        document,
        ("I never knew", {"kind": "left-out"}),
        ("Plan breaks", {"kind": "join"}),
        ("We used to", {"kind": "heading"}),
        ("Everybody", {"kind": "credit"}),
    )
    found = sort(document)
    both = [one.place for piece in found.used for one in piece.paragraphs]
    both += [paragraph.place for paragraph, _why in found.left_out]
    assert sorted(both) == list(range(document.paragraphs.count()))
