"""Looking through a document: what is pointed out, what is corrected, and that corrections stay."""

import pytest
from django.urls import reverse

from cms.imports.models import Import
from tests.cms.imports.conftest import PAGE, shown_fields
from toolkit.models.voices import Kind

pytestmark = pytest.mark.django_db

LONG = "Sharing the work\n\n" + "\n\n".join(
    f"Sentence number {n} of an explanation, which is long." for n in range(120)
)
LOST = """Sharing
Marks of co-production
Tasks
It is vital to write down who does what, and to look at it again.
I never knew who had the keys until we made a list.
Breaks should be long enough for a cup of tea, and everybody needs one.
I was exhausted for days, and nobody asked me why.
Money should be paid on the day, and it is important to say how much.
I waited eleven weeks for forty pounds, and I was angry.
Rest
It is important to rest.
"""


def one(document, start):
    return document.paragraphs.get(source__startswith=start)


def test_kind_is_corrected(desk):
    document = desk.bring()
    desk.correct(document, ("Plan breaks", {"kind": "tip"}))
    assert one(document, "Plan breaks").kind == "tip"


def test_paragraphs_below_follow_a_new_mark(desk):
    document = desk.bring()
    desk.correct(document, ("I never knew", {"mark": "Keys"}))
    assert [one(document, start).mark for start in ("It is vital", "I never", "(Thanks", "Plan")] == [
        "Dividing tasks",
        "Keys",
        "Keys",
        "Resting",
    ]


def test_one_paragraph_moves_alone(desk):
    document = desk.bring()
    desk.correct(document, ("I never knew", {"mark": "Keys", "alone": "on"}))
    assert [one(document, start).mark for start in ("I never", "(Thanks")] == ["Keys", "Dividing tasks"]


def test_new_title_takes_what_is_below(desk):
    document = desk.bring(LOST)
    desk.correct(document, ("Breaks should", {"kind": "mark-title"}))
    marks = {one.mark for one in document.paragraphs.filter(place__gte=5, place__lte=8)}
    assert marks == {"Breaks should be long enough for a cup of tea, and everybody needs one."}
    assert one(document, "It is important to rest").mark == "Rest"


def test_title_that_is_none_gives_back_what_is_below(desk):
    document = desk.bring()
    desk.correct(document, ("Resting", {"kind": "explanation"}))
    assert {one(document, start).mark for start in ("Resting", "Plan", "We used")} == {"Dividing tasks"}


def test_two_corrections_of_one_screen_do_not_undo_each_other(desk):
    document = desk.bring(LOST)
    desk.correct(document, ("Breaks should", {"mark": "Breaks"}), ("Money should", {"mark": "Money"}))
    assert [one(document, start).mark for start in ("I was exhausted", "Money", "I waited")] == [
        "Breaks",
        "Money",
        "Money",
    ]


def test_credit_finds_its_words(desk):
    document = desk.bring("Sharing\n\nI had the keys and I lost them.\n\nMorag B, our chair from the start, 2024")
    desk.correct(document, ("Morag B", {"kind": "credit"}))
    credit = one(document, "Morag B")
    assert credit.credits == one(document, "I had the keys").place
    assert credit.credit.startswith("Morag B")


def test_credit_is_given_to_other_words(desk):
    document = desk.bring()
    other = one(document, "It is vital").place
    desk.correct(document, ("(Thanks", {"credits": str(other), "credit": "A neighbour", "year": "2024"}))
    credit = one(document, "(Thanks")
    assert (credit.credits, credit.credit, credit.year) == (other, "A neighbour", 2024)


def test_kind_of_quote_is_corrected(desk):
    document = desk.bring()
    desk.correct(document, ("We used to", {"quote_kind": "snake"}))
    assert one(document, "We used to").quote_kind == Kind.SNAKE


def test_quotes_under_snakes_are_snakes(desk):
    text = (
        "# Sharing\n\n## Tasks\n\n### Snakes\n\n> I lost it.\n\n### Ladders\n\n> I found it.\n\n## Rest\n\nWe rest."
    )
    document = desk.bring(text, "page.md")
    assert [one(document, "I lost").quote_kind, one(document, "I found").quote_kind] == ["snake", "ladder"]


def test_corrections_survive_other_screens(desk):
    document = desk.bring(LONG)
    desk.correct(document, ("Sentence number 3 ", {"kind": "note"}))
    response = desk.correct(document, ("Sentence number 60 ", {"kind": "tip"}), screen=2)
    assert response.url.endswith("?p=3#paragraphs")
    desk.correct(document, screen=3)
    assert [one(document, f"Sentence number {n} ").kind for n in (3, 60, 61)] == ["note", "tip", "explanation"]


def test_stale_screen_takes_nothing_back(desk):
    document = desk.bring(LOST)
    address = reverse("imports:look", args=[document.pk])
    stale = desk.client.get(address)
    desk.correct(document, ("Breaks should", {"mark": "Breaks"}))
    desk.client.post(address, shown_fields(stale))
    assert one(document, "I was exhausted").mark == "Breaks"


def test_what_is_unsure_comes_first(desk):
    response = desk.send(text=LOST)
    page = desk.client.get(response.url)
    assert "show=first" in response.url
    assert {row["paragraph"].doubt for row in page.context["rows"]} == {"mark"}
    assert "Does a new mark begin here?" in page.content.decode()


def test_looked_at_once_is_enough(desk):
    desk.send(text=LOST)
    document = Import.objects.get()
    response = desk.correct(document, show="first")
    assert response.url == reverse("imports:summary", args=[document.pk])


@pytest.mark.parametrize(
    ("start", "wish"),
    [
        ("We used", {"kind": "poem"}),
        ("We used", {"year": "12"}),
        ("We used", {"year": "two"}),
        ("We used", {"credits": "999999"}),
        ("We used", {"quote_kind": "crocodile"}),
        ("We used", {"credit": "a" * 201}),
        ("We used", {"mark": "a" * 256}),
        ("Title too long", {"kind": "mark-title"}),
    ],
)
def test_wrong_input_is_told_and_nothing_lost(desk, start, wish):
    document = desk.bring(PAGE + "Title too long, " * 30)
    response = desk.correct(document, ("It is vital", {"kind": "tip"}), (start, wish))
    assert response.status_code == 422
    shown = next(row["form"] for row in response.context["rows"] if row["paragraph"].source.startswith("It is vital"))
    assert shown["kind"].value() == "tip"
    assert one(document, "It is vital").kind == "explanation"


@pytest.mark.parametrize("sent", [["x"], ["-1"], ["9" * 30], ["1.5"], []])
def test_unknown_paragraphs_are_passed_over(desk, sent):
    document = desk.bring()
    response = desk.client.post(reverse("imports:look", args=[document.pk]), {"paragraph": sent})
    assert response.status_code == 302


def test_a_few_lines_cost_few_questions(desk, django_assert_max_num_queries):
    document = desk.bring(LONG)
    with django_assert_max_num_queries(60):
        desk.get(document, "look")
