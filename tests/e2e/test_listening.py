"""Hearing a page: read aloud in order, each language in its own voice, by the device alone."""

import json
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.gates.browser import WIDTHS, axe_violations, overflow

MARK = "/en/process/listening/"
PARTLY_TRANSLATED = "/ar/process/"
# A device that speaks when a test lets it: `said` is what was asked of it, `finish()` ends what it is saying.
DEVICE = """(voices) => {
    const said = (window.said = []);
    let now = null;
    class Utterance { constructor(text) { this.text = text; } }
    const speech = Object.assign(new EventTarget(), {
        getVoices: () => voices,
        speak(utterance) {
            if (!utterance.text) return;
            now = utterance;
            said.push({ text: utterance.text, voice: utterance.voice.name, rate: utterance.rate });
        },
        cancel() {
            const ended = now;
            now = null;
            window.silenced = true;
            ended?.onerror?.();
        },
    });
    window.finish = () => { const ended = now; now = null; ended.onend(); };
    window.isSpeaking = () => now !== null;
    Object.defineProperty(window, "speechSynthesis", { value: speech });
    Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
}"""
ENGLISH = {"name": "Erin", "lang": "en-GB", "localService": True, "default": True}
ARABIC = {"name": "Amal", "lang": "ar_SA", "localService": True, "default": False}
AWAY = {"name": "Cloud", "lang": "en-US", "localService": False, "default": False}


def listen(tab: Page, served, path: str, *voices: dict) -> Page:
    """Open a page on a device with these voices, and have it read aloud."""
    tab.add_init_script(f"({DEVICE})({json.dumps(voices)})")
    tab.goto(urljoin(served.address, path))
    tab.get_by_role("banner").locator(".listen").click()
    expect(tab.locator(".reader")).to_be_visible()
    return tab


@pytest.fixture
def mark(served, tab) -> Iterator[Page]:
    errors = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    yield listen(tab, served, MARK, AWAY, ENGLISH, ARABIC)
    assert errors == []


def heard(tab: Page) -> list[str]:
    """Let the device speak to the end; give what it said."""
    tab.evaluate("() => { for (let count = 0; count < 1000 && isSpeaking(); count++) finish(); }")
    return [one["text"] for one in tab.evaluate("said")]


def test_page_is_read_in_order(mark):
    said = " ".join(heard(mark))
    parts = [
        "Listening",
        "People are heard right to the end",
        "You can tell real listening",
        "Ladder",
        "The doctor goes",
    ]
    places = [said.index(part) for part in parts]
    assert places == sorted(places)
    assert said.count("You can tell real listening") == 1
    # The way to the page, forms and buttons are no part of its text.
    assert not said.startswith("The mark of")
    assert "Save" not in said.split()
    expect(mark.locator(".reader")).to_be_hidden()
    expect(mark.locator(".being-read")).to_have_count(0)


def test_sentences_come_one_at_a_time(mark):
    assert max(len(text) for text in heard(mark)) <= 160
    assert "A plan changes, or a date, or a word." in heard(mark)


def test_only_voices_of_the_device_speak(mark):
    heard(mark)
    assert {one["voice"] for one in mark.evaluate("said")} == {"Erin"}


def test_what_is_read_is_shown(mark):
    expect(mark.locator(".being-read")).to_have_text("Mark")
    mark.evaluate("finish()")
    expect(mark.locator(".being-read")).to_have_text("Listening")
    mark.evaluate("() => { for (let count = 0; count < 25; count++) finish(); }")
    expect(mark.locator(".being-read")).to_be_in_viewport()


def test_pause_goes_on_with_the_same_sentence(mark):
    mark.evaluate("finish()")
    mark.get_by_role("button", name="Pause").press("Enter")
    assert not mark.evaluate("isSpeaking()")
    go_on = mark.get_by_role("button", name="Go on reading")
    expect(go_on).to_be_focused()
    go_on.press("Enter")
    assert [one["text"] for one in mark.evaluate("said")] == ["Mark", "Listening", "Listening"]
    expect(mark.get_by_role("button", name="Pause")).to_be_focused()


def test_stop_gives_the_focus_back(mark):
    mark.get_by_role("button", name="Stop").press("Enter")
    assert not mark.evaluate("isSpeaking()")
    expect(mark.locator(".reader")).to_be_hidden()
    expect(mark.locator(".listen")).to_be_focused()


def test_speed_is_kept(mark, served):
    mark.get_by_label("Speed").select_option("Slow")
    assert [one["rate"] for one in mark.evaluate("said")] == [1, 0.7]
    mark.goto(urljoin(served.address, "/en/"))
    mark.locator(".listen").click()
    mark.wait_for_function("said.length")
    assert mark.evaluate("said[0].rate") == 0.7


def test_leaving_the_page_ends_it(mark):
    mark.evaluate("() => { window.silenced = false; window.dispatchEvent(new Event('pagehide')); }")
    assert mark.evaluate("silenced && !isSpeaking()")


def test_each_language_has_its_voice(served, tab):
    page = listen(tab, served, PARTLY_TRANSLATED, ENGLISH, ARABIC)
    heard(page)
    spoken = page.evaluate("said")
    assert {one["voice"] for one in spoken} == {"Erin", "Amal"}
    is_arabic = [any("\u0600" <= letter <= "\u06ff" for letter in one["text"]) for one in spoken]
    assert [one["voice"] for one in spoken] == ["Amal" if arabic else "Erin" for arabic in is_arabic]


def test_words_without_a_voice_are_left_out_and_it_is_said(served, tab):
    page = listen(tab, served, PARTLY_TRANSLATED, ARABIC)
    expect(page.locator(".reader [role=status] p:visible")).to_have_attribute("data-act", "some-voices")
    heard(page)
    assert {one["voice"] for one in page.evaluate("said")} == {"Amal"}


@pytest.mark.parametrize("voices", [[ARABIC], [AWAY]], ids=["another language", "far away"])
def test_device_without_a_voice_says_so(voices, served, tab):
    page = listen(tab, served, MARK, *voices)
    expect(page.get_by_text("Your device has no voice of its own for this language.")).to_be_visible()
    assert page.evaluate("said") == []
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".reader")).to_be_hidden()


def test_browser_that_cannot_speak_offers_nothing(served, tab):
    tab.add_init_script("delete Window.prototype.speechSynthesis; delete window.speechSynthesis;")
    tab.goto(urljoin(served.address, MARK))
    expect(tab.locator(".listen")).to_be_hidden()


def test_page_that_is_read_passes_the_gates(mark):
    found = []
    for width in WIDTHS:
        mark.set_viewport_size({"width": width, "height": 800})
        found += [*overflow(mark), *axe_violations(mark)]
    assert found == []
