"""Tests of how the lines of an existing page are sorted; pages/ holds invented pages with labels."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.importing.rules import classify
from toolkit.importing.rules.lines import KINDS, Line
from toolkit.importing.sources import read_lines

PAGES = Path(__file__).parent / "pages"
WHOLE_PAGES = sorted(path for path in PAGES.iterdir() if path.suffix != ".labels")

EXPLANATION = "Every group should agree how long a meeting lasts and who looks after the clock."
QUOTE = "I brought my own kettle in the end, and we all stood round it and talked."


def sort(*texts):
    return classify([Line(number, text) for number, text in enumerate(texts, 1)])


def sort_in_mark(*texts):
    """Lines inside a mark, after an explanation; gives the results for these lines only."""
    return sort("Planning", "Marks of co-production", "Being on time", EXPLANATION, *texts)[4:]


# ── Whole pages ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(params=WHOLE_PAGES, ids=lambda path: path.name)
def page(request):
    """A page as pairs of result and label."""
    labels = request.param.with_suffix(".labels").read_text().split()
    return list(zip(classify(read_lines(request.param)), labels, strict=True))


def test_finds_most_spoken_words(page):
    found = [result.kind == "quote" for result, label in page if label == "quote"]
    assert sum(found) >= 0.85 * len(found)


def test_takes_few_others_for_quotes(page):
    right = [label == "quote" for result, label in page if result.kind == "quote"]
    assert sum(right) >= 0.85 * len(right)


@pytest.mark.parametrize("kind", ["mark-title", "heading", "prompt", "furniture", "credit", "note"])
def test_sorts_the_rest_exactly(page, kind):
    found = [result.text for result, _ in page if result.kind == kind]
    assert found == [result.text for result, label in page if label == kind]


def test_each_credit_follows_its_quote(page):
    kinds = {result.line: result.kind for result, _ in page}
    assert {kinds[result.credits] for result, _ in page if result.kind == "credit"} <= {"quote"}


# ── Marks ────────────────────────────────────────────────────────────────────────────────────────

TITLES = [
    "Trust",
    "Feedback",
    "Plain Language",
    "Time, food and childcare",
    "What changed?",
    "Was it fair?",
    "Count (and share) the money",
    "1. Listening",
    "The role of the facilitator",
    "Part of the team",
    "Celebrate!",
]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("before", [EXPLANATION, QUOTE])
def test_title_opens_a_mark(title, before):
    found, explanation = sort_in_mark(before, title, EXPLANATION)[1:]
    assert (found.kind, found.mark) == ("mark-title", title)
    assert (explanation.kind, explanation.mark) == ("explanation", title)


def test_finds_marks_without_their_heading():
    found = sort("Side by side", EXPLANATION, "Sharing keys", EXPLANATION, QUOTE, "Sharing soup", EXPLANATION)
    assert [line.mark for line in found] == [None, None, *["Sharing keys"] * 3, *["Sharing soup"] * 2]


def test_lines_before_marks_have_none():
    found = sort("Planning", "Introduction", EXPLANATION, QUOTE, "Our marks", "Soup", EXPLANATION)
    assert [(line.kind, line.mark) for line in found[1:5]] == [
        ("heading", None),
        ("explanation", None),
        ("quote", None),
        ("heading", None),
    ]


def test_closing_heading_ends_the_marks():
    found = sort_in_mark(QUOTE, "Conclusion", EXPLANATION, "Thank yous", EXPLANATION)
    assert [line.kind for line in found[1:]] == ["heading", "explanation", "heading", "explanation"]
    assert {line.mark for line in found[1:]} == {None}


def test_heading_inside_a_mark_keeps_it():
    heading, tip = sort_in_mark("Tips", "Bring a spare pen, because somebody always forgets theirs.")
    assert (heading.kind, heading.mark, tip.mark) == ("heading", "Being on time", "Being on time")


def test_list_makes_no_titles():
    items = ["It helps to have:", "Soup", "Bread", "Spoons"]
    assert [line.kind for line in sort_in_mark(*items, EXPLANATION)] == ["explanation"] * 5


def test_levels_decide_where_given():
    lines = [
        Line(1, "Our way", level=1),
        Line(2, "Sharing keys", level=2),
        Line(3, EXPLANATION),
        Line(4, "Short and alone"),
        Line(5, EXPLANATION),
        Line(6, "Good locks", level=3),
        Line(7, EXPLANATION),
        Line(8, "Sharing soup", level=2),
    ]
    kinds = [line.kind for line in classify(lines)]
    assert kinds[0:2] == ["heading", "mark-title"]
    assert kinds[3:] == ["explanation", "explanation", "heading", "explanation", "mark-title"]


def test_link_to_a_title_is_furniture():
    found = sort("Planning", "Soup", "Marks of co-production", "Soup", EXPLANATION)
    assert [line.kind for line in found] == ["heading", "furniture", "heading", "mark-title", "explanation"]


# ── Furniture and prompts ────────────────────────────────────────────────────────────────────────

FURNITURE = [
    "Home",
    "Contact us",
    "Back to top ↑",
    "Home > Guides > Soup",
    "Next: Review",
    "© 2025 The Soup Group",
    "Last updated: 3 May 2024",
    "Tel: 01632 960 000",
    "soup@example.org",
    "Was this page helpful?",
    "We use cookies to make this site work.",
    "Don’t miss the Lake of ideas – you may find a game there.",
    "There are more games in the Lake of ideas.",
    "Select the links below to move around this page.",
    "The mark of co-production",
]


@pytest.mark.parametrize("text", FURNITURE)
def test_knows_furniture(text):
    assert sort_in_mark(QUOTE, text, "Privacy notice")[1].kind == "furniture"


CONTENT = [
    "Part of being a good host is knowing when to stop.",
    "Choose the menu together, and cook it together.",
    "Copyright should be agreed early on.",
    "Agree and share a glossary.",
    "Call people by the name they ask for.",
    "We use cookies and tea to break the ice.",
    "Keep the number of people between one and ten.",
    "Thanks to our caterer, we had a great lunch.",
    "Thanks to everyone who came.",
]


@pytest.mark.parametrize("text", CONTENT)
def test_leaves_content_alone(text):
    assert sort_in_mark(text, EXPLANATION)[0].kind in ("explanation", "quote")


PROMPTS = [
    "With every mark, discuss together:",
    "Talk about four questions for each mark:",
    "What could this mean for us?",
    "What does this look like in our project?",
    "What ladders can we climb?",
    "Which snakes could trip us up?",
    "How far have we got with this?",
    "How well are we doing this? Give it a score from 1 to 10.",
    "(Give it a score from 1 to 10.)",
    "Lastly, please add your own marks.",
]


@pytest.mark.parametrize("text", PROMPTS)
def test_knows_prompts(text):
    assert sort("Planning", "Introduction", EXPLANATION, text)[-1].kind == "prompt"


def test_questions_under_prompts_are_prompts():
    found = sort("Planning", "Discuss together:", "-", "What helps us?", "-", "Where are our snakes?", QUOTE)
    assert [line.kind for line in found[1:]] == ["prompt"] * 5 + ["quote"]


def test_lone_bullet_of_content_is_furniture():
    found = classify([*lines_in_mark(), Line(9, "•"), Line(10, "Bring a pen for each person.", bullet=True)])
    assert [line.kind for line in found[-2:]] == ["furniture", "explanation"]


def lines_in_mark():
    return [Line(1, "Planning"), Line(2, "Marks of co-production"), Line(3, "Soup"), Line(4, EXPLANATION)]


# ── Somebody speaking ────────────────────────────────────────────────────────────────────────────

SPOKEN = [
    "I never knew what the forms were for.",
    "We met in a barn for a year, and the barn won.",
    "When we started there were four of us and a dog.",
    "She rang every Sunday and asked what had got in the way.",
    "[The panel] was the first place where anybody waited for the end of a sentence.",
    "“A good chair is a chair that somebody else can sit on.”",
    "Honestly, it’s just about turning up. That’s it. That’s the job.",
]


@pytest.mark.parametrize("text", SPOKEN)
def test_hears_somebody_speaking(text):
    assert sort_in_mark(EXPLANATION, text, EXPLANATION)[1].kind == "quote"


TAUGHT = [
    "Make sure that everybody can hear the person who is speaking.",
    "Volunteers should be offered their bus fare before they have to ask.",
    "It’s vital to agree how decisions are made, and we’re all learning.",
    "What will we keep? What will our next meeting need?",
    "Ask ‘what would help me?’ before each session, and note the answers.",
    "Some words are heavier than others, such as ‘I’ and ‘us’.",
]


@pytest.mark.parametrize("text", TAUGHT)
def test_hears_the_toolkit_teaching(text):
    assert sort_in_mark(EXPLANATION, text, EXPLANATION)[1].kind == "explanation"


def test_anecdote_leans_on_its_neighbours():
    anecdote = "If you’ve got a cold hall, is an hour of sitting fair on people? You feel it in your feet."
    assert sort_in_mark(QUOTE, anecdote, QUOTE)[1].kind == "quote"
    assert sort_in_mark(EXPLANATION, anecdote, EXPLANATION)[1].kind == "explanation"


def test_quotation_marks_span_several_lines():
    found = sort_in_mark("“A long story starts here.", "It goes on for a while.", "It stops.”", EXPLANATION)
    assert [line.kind for line in found] == ["quote"] * 3 + ["explanation"]


def test_format_says_what_is_quoted():
    found = classify([*lines_in_mark(), Line(5, "Consider the kettle.", quoted=True)])
    assert found[-1].kind == "quote"


# ── Credits and notes ────────────────────────────────────────────────────────────────────────────

CREDITS = [
    ("(Thanks to Ann Other for this example.)", "Ann Other", None),
    ("With thanks to the Soup Group for sharing this.", "the Soup Group", None),
    ("(Example from the Tuesday cooks.)", "the Tuesday cooks", None),
    ("Story shared by Sam Ladle", "Sam Ladle", None),
    ("— Carer, 2024", "Carer", 2024),
    ("(Carer, 2024)", "Carer", 2024),
    ("Sam, carer, 2023", "Sam, carer", 2023),
    ("Lived experience co-producer, 2022", "Lived experience co-producer", 2022),
    ("Researcher", "Researcher", None),
    ("Retired fisherman", "Retired fisherman", None),
    ("Ann Other", "Ann Other", None),
    ("Sam", "Sam", None),
    ("Ann Other, carer", "Ann Other, carer", None),
    ("Sam, 17", "Sam, 17", None),
]


@pytest.mark.parametrize(("text", "name", "year"), CREDITS)
def test_credit_names_who_spoke(text, name, year):
    quote, credit, _ = sort_in_mark(QUOTE, text, EXPLANATION)
    assert (credit.kind, credit.credit, credit.year) == ("credit", name, year)
    assert (quote.kind, credit.credits) == ("quote", quote.line)


def test_credit_makes_a_passage_spoken():
    found = sort_in_mark(EXPLANATION, "A plan is agreed.", "(Thanks to Ann Other for this example.)")
    assert [line.kind for line in found] == ["explanation", "quote", "credit"]


def test_heading_is_never_credited():
    found = sort("Soup for all", "Thanks to Ann Other for this example.", EXPLANATION)
    assert [line.kind for line in found] == ["heading", "explanation", "explanation"]


def test_role_after_explanation_is_no_credit():
    assert sort_in_mark("Check who is coming.", "Facilitator", EXPLANATION)[1].kind == "mark-title"


@pytest.mark.parametrize(
    "text",
    ["“Soup is never neutral.” — Carer, 2024", "“Soup is never neutral.” (Carer, 2024)"],
)
def test_credit_may_end_the_quote(text):
    (quote,) = sort_in_mark(text)
    assert (quote.text, quote.credit, quote.year) == ("Soup is never neutral.", "Carer", 2024)


def test_note_finds_its_star():
    found = sort_in_mark("Some groups use a ladle* for this.", EXPLANATION, "*A ladle is a deep spoon.")
    assert (found[2].kind, found[2].note_on) == ("note", found[0].line)


def test_note_without_star_follows_passage():
    found = sort_in_mark(QUOTE, EXPLANATION, "*A ladle is a deep spoon.")
    assert (found[2].kind, found[2].note_on) == ("note", found[1].line)


# ── Any lines at all ─────────────────────────────────────────────────────────────────────────────

KNOWN = [*TITLES, *FURNITURE, *CONTENT, *PROMPTS, *SPOKEN, *TAUGHT, *(text for text, *_ in CREDITS), "-", "*"]
TEXTS = st.one_of(st.sampled_from([*KNOWN, EXPLANATION, QUOTE, "*A note", "“Open", "closed”", ""]), st.text())
LINES = st.lists(
    st.tuples(TEXTS, st.none() | st.integers(0, 7), st.booleans(), st.booleans()),
    max_size=30,
).map(lambda rows: [Line(number, *row) for number, row in enumerate(rows, 1)])


@given(LINES)
def test_any_lines_give_results(lines):
    found = classify(lines)
    assert [result.line for result in found] == [line.number for line in lines if line.text.strip()]
    assert {result.kind for result in found} <= set(KINDS)


@given(LINES)
def test_references_point_to_earlier_lines(lines):
    earlier = {}
    for result in classify(lines):
        assert result.kind != "credit" or (result.credit and earlier[result.credits] == "quote")
        assert result.kind != "note" or result.note_on in earlier
        earlier[result.line] = result.kind


@given(LINES)
def test_marks_are_titles_seen_before(lines):
    titles = {None}
    for result in classify(lines):
        titles |= {result.text} if result.kind == "mark-title" else set()
        assert result.mark in titles
