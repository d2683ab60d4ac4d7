"""The screen on which one thing is translated: what each press does, and that nothing written is lost."""

import pytest
from bs4 import BeautifulSoup
from wagtail_localize.models import StringTranslation

from tests.small_site import fresh
from tests.translations import change, job, locale, person, show, standing, state, translated_site, write
from toolkit.models import Dismissal, Mark, Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def mark():
    page = translated_site()["speaking"]
    change(page, body=[("text", "<p>Say it in 3 plain words, so that all can follow.</p>")])
    return fresh(page)


@pytest.fixture
def screen(client, mark):
    """The screen of a mark in Welsh, for a translator."""
    return Screen(client, mark, "cy", "translator")


class Screen:
    """Opens the screen, writes into its fields, presses its buttons."""

    def __init__(self, client, page, code: str, role: str):
        self.client, self.code = client, code
        self.address = f"/admin/translations/{code}/{page.translation_key}/"
        self.log_in(role)

    def log_in(self, role: str):
        self.client.force_login(person(role, self.code))
        self.open()

    def open(self) -> BeautifulSoup:
        self.html = BeautifulSoup(self.client.get(self.address).content, "lxml")
        fields = self.html.select(".translation-form input[type=hidden], .translation-form textarea[name]")
        self.form = {field["name"]: field.get("value", field.text.removeprefix("\n")) for field in fields}
        return self.html

    def press(self, do: str, **written) -> BeautifulSoup:
        """Write and press; give the page that comes of it."""
        data = self.form | {name.replace("_", "-"): words for name, words in written.items()} | {"do": do}
        self.response = self.client.post(self.address, data, follow=True)
        self.html = BeautifulSoup(self.response.content, "lxml")
        return self.html

    @property
    def says(self) -> str:
        return " ".join(self.html.select_one(".messages").get_text(" ").split())

    def words(self, number: int) -> str:
        return self.html.select_one(f"textarea[name=text-{number}]").text.removeprefix("\n")


def welsh(page):
    return Mark.objects.get(translation_key=page.translation_key, locale=locale("cy"))


def test_source_stands_beside_its_translation_in_the_shape_of_the_page(screen):
    assert [label.text for label in screen.html.select(".translation-label")] == ["Title", "Summary", "Paragraph"]
    source = screen.html.select_one("#source-2")
    assert (source.text, source["lang"], source["dir"]) == (
        "Say it in 3 plain words, so that all can follow.",
        "en",
        "ltr",
    )
    field = screen.html.select_one("textarea[name=text-2]")
    assert (field["lang"], field["dir"]) == ("cy", "ltr")


def test_words_are_kept_and_readers_see_nothing_yet(screen, mark):
    screen.press("save", text_0="Siarad", text_1="Bod yn glir.")
    assert "2 texts are saved." in screen.says
    assert (screen.words(0), screen.words(1)) == ("Siarad", "Bod yn glir.")
    assert (state(mark, "cy"), welsh(mark).live) == ("draft", False)


def test_empty_words_take_a_translation_back(screen, mark):
    screen.press("save", text_0="Siarad")
    screen.open()
    screen.press("save", text_0="")
    assert standing(mark, "cy").missing == 3


def test_signs_in_plain_text_are_only_signs(screen, mark):
    screen.press("save", text_0="A < B & <b>C</b>")
    assert screen.words(0) == "A < B & <b>C</b>"
    assert [one.translated.words for one in job(mark, "cy").work if one.translated] == [
        "A &lt; B &amp; &lt;b&gt;C&lt;/b&gt;"
    ]


@pytest.mark.parametrize(
    "words",
    ["<script>alert(1)</script>", "<a id='a9'>3</a>", "<b onclick='x'>3</b>", "<img src=x>", "<p>3</p>"],
)
def test_what_would_break_a_page_is_shown_again_with_why(screen, mark, words):
    screen.press("save", text_2=words, text_0="Siarad")
    assert screen.response.status_code == 422
    assert screen.words(2) == words
    assert screen.html.select_one("#refused-2").text
    assert screen.words(0) == "Siarad"
    assert standing(mark, "cy").missing == 2


def test_too_long_a_summary_is_shown_again(screen):
    screen.press("save", text_1="gair " * 80)
    assert "room for 300" in screen.html.select_one("#refused-1").text
    assert screen.words(1).startswith("gair gair")


def test_checks_tell_what_may_be_wrong(screen):
    screen.press("save", text_2="Dywedwch mewn 4 gair [gwirio] fel bod pawb yn gallu dilyn.")
    said = " ".join(one.get_text() for one in screen.html.select(".translation-finding"))
    assert "The numbers are not the same: 3, 4" in said
    assert "[gwirio]" in said


def test_check_is_dismissed_with_a_reason(screen, mark):
    screen.press("save", text_2="Dywedwch mewn 4 gair fel bod pawb yn gallu dilyn.")
    screen.open()
    screen.press("dismiss:2:numbers")
    assert "Say in a word or two why" in screen.says
    screen.press("dismiss:2:numbers", reason_2_numbers="Four words in Welsh.")
    assert not screen.html.select(".translation-finding")
    assert Dismissal.objects.get().user == person("translator", "cy")
    screen.open()
    screen.press("save", text_2="Dywedwch mewn 5 gair fel bod pawb yn gallu dilyn.")
    assert screen.html.select(".translation-finding")


def test_changed_words_are_marked_and_still_right_in_one_press(screen, mark):
    write(mark, "cy")
    change(mark, summary="Being very clear.")
    screen.open()
    row = screen.html.select_one("#text-1")
    assert "translation-row--changed" in row["class"]
    assert row.select_one(".translation-before ins .addition").text == "very"
    screen.press("still:1")
    assert standing(mark, "cy").changed == 0
    assert job(mark, "cy").work[1].translated.words == "Gair Being clear."


def test_saving_alone_confirms_nothing(screen, mark):
    write(mark, "cy")
    change(mark, summary="Being very clear.")
    screen.open()
    screen.press("save", text_0="Siarad yn glir")
    assert standing(mark, "cy").changed == 1


def test_same_words_elsewhere_are_offered(screen, mark):
    other = Mark.objects.get(code="hearing", locale=locale("en"))
    change(other, summary=mark.summary)
    write(other, "cy", {"summary": "Bod yn glir."})
    screen.open()
    assert "Bod yn glir." in screen.html.select_one("#text-1 .translation-suggestion").text
    screen.press("use:1:1")
    assert screen.words(1) == "Bod yn glir."


def test_terms_of_the_glossary_stand_beside_the_text(screen, mark):
    term = job_of_term(mark)
    assert f"{term} → Jargon Cymraeg" in " ".join(screen.open().get_text(" ").split())


def job_of_term(mark) -> str:
    term = Term.objects.get(code="jargon-word")
    show(term, "cy", words={"title": "Jargon Cymraeg", "meaning": "Anodd."})
    change(mark, summary="No jargon word here.")
    return term.title


def test_two_people_do_not_overwrite_each_other(screen, mark, client):
    write(mark, "cy", {"title": "Cyntaf"})
    screen.open()
    write(mark, "cy", {"title": "Gan rywun arall"})
    screen.press("save", text_0="Gen i")
    assert screen.words(0) == "Gen i"
    assert "Gan rywun arall" in screen.html.select_one("#refused-0").text
    assert job(mark, "cy").work[0].translated.words == "Gan rywun arall"


def test_source_that_changes_meanwhile_loses_nothing(screen, mark):
    change(mark, summary="Being very clear.")
    screen.press("save", text_1="Bod yn glir.")
    assert "The original has changed while you were writing" in screen.says
    assert screen.words(1) == "Bod yn glir."
    assert job(mark, "cy").work[1].state == "changed"


def test_preview_is_the_page_as_readers_would_see_it(screen, client):
    screen.press("save", text_0="Siarad", text_1="Bod yn glir.")
    page = BeautifulSoup(client.get(f"{screen.address}preview/").content, "lxml")
    assert (page.html["lang"], page.h1.text.strip()) == ("cy", "Siarad")
    assert page.find(string=lambda text: "Say it in 3" in text).find_parent(lang=True)["lang"] == "en"


def test_review_goes_there_and_back(screen, mark):
    screen.press("submit", text_0="Siarad", text_1="Bod yn glir.")
    assert "with the reviewers" in screen.says
    assert screen.open().select_one("textarea[name=text-0]").has_attr("readonly")
    screen.log_in("reviewer")
    screen.press("back")
    assert "Say what should change." in screen.says
    screen.press("back", comment="A softer word, please.")
    screen.log_in("translator")
    assert "A softer word, please." in screen.html.get_text()
    screen.press("submit", text_0="Llefaru")
    screen.log_in("reviewer")
    screen.press("publish")
    assert "It is public now." in screen.says
    assert (welsh(mark).title, welsh(mark).live, welsh(mark).current_workflow_state) == ("Llefaru", True, None)


def test_publishing_says_what_has_to_come_first(screen):
    screen.log_in("reviewer")
    screen.press("publish", text_0="Siarad")
    assert "Translate this first: Summary." in screen.says


def test_what_a_machine_made_is_right_when_somebody_says_so(screen, mark):
    write(mark, "cy")
    StringTranslation.objects.update(translation_type="machine")
    change(mark)
    assert "made by a machine" in screen.open().get_text()
    screen.press("still:0")
    assert standing(mark, "cy").machine == 2
    screen.open()
    screen.press("all-right")
    assert standing(mark, "cy").machine == 0
