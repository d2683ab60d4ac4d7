"""From lines to drafts: what is made, what is found again, and that nothing of it is public."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from toolkit.consent import Consent, Naming
from toolkit.documents.library import public_library
from toolkit.importing.drafts import UnableToImport, import_drafts
from toolkit.importing.rules.lines import Classified
from toolkit.models import Mark, Quote, Stage

pytestmark = pytest.mark.django_db


def line(number, kind, text, mark=None, **extra):
    return Classified(line=number, kind=kind, mark=mark, text=text, **extra)


GARDEN = [
    line(1, "heading", "Growing"),
    line(2, "explanation", "Plants need company. So do people."),
    line(3, "prompt", "What does this mean for our project?"),
    line(4, "mark-title", "Watering", "Watering"),
    line(5, "explanation", "A little, often.", "Watering"),
    line(6, "explanation", "Mornings", "Watering", bullet=True),
    line(7, "quote", "I drowned three ferns before I asked my neighbour.", "Watering"),
    line(8, "credit", "(Thanks to a neighbour.)", "Watering", credit="A neighbour", year=2024, credits=7),
    line(9, "note", "A fern is a plant.", "Watering", note_on=7),
    line(10, "explanation", "The hose was shared by six gardens.", "Watering"),
    line(11, "credit", "(From the garden club.)", "Watering", credit="The garden club", credits=10),
]


def body_of(page):
    return page.get_latest_revision_as_object().body.get_prep_value()


def test_new_stage_is_a_draft():
    import_drafts(GARDEN, locale="en")
    stage = Stage.objects.get(title="Growing")
    assert not stage.live
    assert body_of(stage)[0]["value"] == "<p>Plants need company. So do people.</p>"


def test_mark_holds_text_quote_note_citation():
    import_drafts(GARDEN, locale="en")
    blocks = body_of(Mark.objects.get(title="Watering"))
    assert [block["type"] for block in blocks] == ["text", "quote", "note", "citation"]
    assert blocks[0]["value"] == "<p>A little, often.</p><ul><li>Mornings</li></ul>"
    assert blocks[3]["value"]["source"] == "The garden club"


def test_quote_waits_for_consent_with_its_credit():
    import_drafts(GARDEN, locale="en")
    quote = Quote.objects.get(words__contains="three ferns")
    assert (quote.live, quote.consent, quote.kind) == (False, Consent.ASKED, "observation")
    assert (quote.name, quote.year, quote.naming) == ("A neighbour", 2024, Naming.ROLE)


def test_prompts_are_not_content():
    import_drafts(GARDEN, locale="en")
    everything = [body_of(page) for page in (*Stage.objects.all(), *Mark.objects.all())]
    assert "What does this mean for our project?" not in str(everything)


def test_nothing_imported_is_public():
    before = len(public_library().pages)
    import_drafts(GARDEN, locale="en")
    assert len(public_library().pages) == before


def test_second_import_makes_nothing_new():
    import_drafts(GARDEN, locale="en")
    counts = [kind.objects.count() for kind in (Stage, Mark, Quote)]
    report = import_drafts(GARDEN, locale="en")
    assert report.made == []
    assert [kind.objects.count() for kind in (Stage, Mark, Quote)] == counts
    assert len(report.there) == 2


def test_existing_mark_gets_a_new_draft():
    listening = Mark.objects.get(code="listening")
    lines = [
        line(1, "heading", "Process"),
        line(2, "mark-title", "Listening", "Listening"),
        line(3, "explanation", "Ears first.", "Listening"),
    ]
    import_drafts(lines, locale="en")
    listening.refresh_from_db()
    assert listening.live and listening.has_unpublished_changes
    assert "Ears first." not in str(listening.body.get_prep_value())
    assert body_of(listening)[-1]["value"] == "<p>Ears first.</p>"
    assert len(body_of(listening)) > 1


def test_second_import_into_draft_adds_only_what_is_new():
    import_drafts(GARDEN, locale="en")
    more = [*GARDEN, line(12, "explanation", "Rain counts, too.", "Watering")]
    import_drafts(more, locale="en")
    assert [block["type"] for block in body_of(Mark.objects.get(title="Watering"))].count("text") == 2


def test_stage_can_be_chosen_by_code():
    import_drafts(GARDEN, locale="en", stage="planning")
    assert not Stage.objects.filter(title="Growing").exists()
    assert Mark.objects.get(title="Watering").get_parent().specific.code == "planning"


def test_words_are_never_markup():
    import_drafts([line(1, "heading", "A"), line(2, "explanation", "<b>2 < 3</b>")], locale="en", stage="review")
    stage = Stage.objects.get(code="review")
    assert body_of(stage)[-1]["value"] == "<p>&lt;b&gt;2 &lt; 3&lt;/b&gt;</p>"


def test_locale_without_home_page_is_refused():
    with pytest.raises(UnableToImport, match="no home page in “cy”"):
        import_drafts(GARDEN, locale="cy")


def test_document_without_title_needs_a_stage():
    with pytest.raises(UnableToImport, match="Say which stage"):
        import_drafts([line(1, "explanation", "Just this.")], locale="en")


@pytest.fixture
def document(tmp_path):
    file = tmp_path / "growing.txt"
    file.write_text("Growing\nPlants need company, and so do all of us who look after them.\n\nBack to top\n")
    return file


def test_json_has_one_object_a_line(document, capsys):
    call_command("import_page", str(document), "--dry-run", "--format", "json")
    lines = json.loads(capsys.readouterr().out)
    assert [found["line"] for found in lines] == [1, 2, 4]
    assert set(lines[0]) == {"line", "kind", "mark"}


def test_dry_run_changes_nothing(document, capsys):
    call_command("import_page", str(document), "--dry-run")
    assert "This would be made" in capsys.readouterr().out
    assert not Stage.objects.filter(title="Growing").exists()


def test_import_says_what_was_left_out(document, capsys):
    call_command("import_page", str(document))
    assert "line 4: Back to top" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"\x00\x01binary", b"a" * 5_000_001])
def test_unreadable_document_changes_nothing(content, tmp_path):
    file = tmp_path / "bad.txt"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("import_page", str(file))
    assert Stage.objects.count() == 4
