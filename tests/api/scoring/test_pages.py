"""The pages of scoring, as a browser without scripts uses them."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client

from api.scoring import toolkit_marks
from api.scoring.models import Board, Note
from api.scoring.pages import boards
from cms.publishing.publish import publish
from tests.api.scoring.boards import Device
from tests.translations import show, translated_site

pytestmark = pytest.mark.django_db

START = "/en/score/"


class Forms(HTMLParser):
    """The forms of a page: by where they lead, the fields that they send when nobody touches them."""

    def __init__(self, html: str):
        super().__init__()
        self.forms: dict[str, dict] = {}
        self.fields: dict = {}
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            # One that leads nowhere is the script's alone: nothing that is in it is sent.
            self.fields = self.forms.setdefault(given["action"], {}) if "action" in given else {}
        elif tag == "input" and given.get("type") not in ("radio", "checkbox", "file"):
            self.fields[given["name"]] = given.get("value", "")
        elif tag == "option" and "selected" in given:
            self.fields["months"] = given["value"]

    def handle_endtag(self, tag):
        if tag == "form":
            self.fields = {}


class Browser:
    """Somebody with a browser: no scripts, no cookies."""

    def __init__(self, path: str = START):
        self.client = Client(enforce_csrf_checks=True)
        self.open(path)

    def open(self, path: str):
        return self._take(path, self.client.get(path))

    def send(self, form: str, **fields):
        """Fill in a form of the page, by the end of its address, and follow where it leads."""
        found = Forms(self.text).forms
        [action] = [action for action in found if action.endswith(form)]
        path = self.path if action == "./" else action
        response = self.client.post(path, {**found[action], **fields})
        return self.open(response["Location"]) if response.status_code == 303 else self._take(path, response)

    def _take(self, path, response):
        self.path, self.response, self.text = path.partition("?")[0], response, response.content.decode()
        return self

    def link(self, part: str) -> str:
        """Give the address of a link that has something in it."""
        return re.search(rf'href="(?:http://[^/"]+)?([^"]*{part}[^"]*)"', self.text)[1]


@pytest.fixture
def opener(releases) -> Browser:
    """Somebody who has just opened a board of one mark."""
    return Browser(f"{START}?mark=listening").send("./", codes="listening", title="Hall")


@pytest.fixture
def alone(opener) -> Browser:
    """Somebody who is alone on a board, and looks at it."""
    return opener.open(opener.link("/board/"))


def marks_of(browser: Browser) -> list[str]:
    return list(dict.fromkeys(re.findall(r'/score/board/[\w-]{27}/([0-9a-f-]{36})/"', browser.text)))


def test_start_page_knows_what_was_asked_for(releases):
    assert 'value="listening" checked' in Browser(f"{START}?mark=listening").text
    assert Browser(f"{START}?stage=process").text.count(" checked") > 3


def test_other_stages_are_folded_up(releases):
    came = Browser(f"{START}?mark=listening").text
    before, folded = came.split('<details class="other-marks"')
    assert ('value="sharing-power"' in before, 'value="fair-pay"' in before, 'value="fair-pay"' in folded) == (
        True,
        False,
        True,
    )
    assert "other-marks" not in Browser().text


def agree_on(browser: Browser, answer: str) -> str:
    """Score the one mark of a board alone, and agree on that; give the address of the board."""
    [mark] = marks_of(browser)
    board = browser.path
    browser.open(f"{board}{mark}/").send("do/answer/", answer=answer)
    browser.open(board).send("do/show/")
    browser.open(f"{board}{mark}/").send("do/agree/", answer=answer)
    return board


def test_low_score_leads_to_ideas(alone):
    board = agree_on(alone, "3")
    [mark] = marks_of(alone.open(board))
    response = alone.client.get("/api/v1/en/marks/listening/")
    document = json.loads(b"".join(response.streaming_content))
    named = [block["idea"] for block in document["body"] if block["type"] == "idea"]
    ideas = [idea["path"] for idea in (named + document["ideas"])[:3]]
    assert len(set(ideas)) == 3 and len(named) > 0
    for page in (board, f"{board}results/", f"{board}{mark}/"):
        assert "You gave this mark 3. These ideas may help:" in " ".join(alone.open(page).text.split())
        assert re.findall(r'href="(/en/lake/[^"]+/)"', alone.text) == ideas
    elsewhere = alone.open(board.replace("/en/", "/cy/")).text
    assert re.findall(r'href="(/en/lake/[^"]+/)" lang="en"', elsewhere) == ideas


def test_ideas_are_in_the_language_of_the_reader(releases):
    pages = translated_site()
    for name in ("small-home", "small-lake", "first-stage", "tea-first", "hearing"):
        show(pages[name], "cy")
    publish()
    assert [idea["title"] for idea in toolkit_marks.ideas("hearing", "cy")] == ["Gair Tea first"]
    assert [idea["lang"] for idea in toolkit_marks.ideas("hearing", "ar")] == ["en"]
    assert toolkit_marks.ideas("nothing", "cy") == []


@pytest.mark.parametrize("answer", ["5", "not-yet", "not-relevant"])
def test_other_answers_lead_to_no_ideas(alone, answer):
    board = agree_on(alone, answer)
    assert "may help" not in alone.open(board).text + alone.open(f"{board}results/").text


def test_what_is_not_agreed_leads_to_no_ideas(alone):
    [mark] = marks_of(alone)
    board = alone.path
    alone.open(f"{board}{mark}/").send("do/answer/", answer="1")
    alone.open(board).send("do/show/")
    assert "may help" not in alone.open(board).text + alone.open(f"{board}results/").text


def test_own_mark_has_no_ideas(releases):
    browser = Browser().send("./", own_marks="Tea")
    board = agree_on(browser.open(browser.link("/board/")), "1")
    assert "may help" not in browser.open(board).text


def test_mark_without_ideas_says_nothing(alone, monkeypatch):
    monkeypatch.setattr("api.scoring.pages.ideas.ideas", lambda code, locale: [])
    board = agree_on(alone, "1")
    assert "may help" not in alone.open(board).text


def test_board_without_marks_keeps_what_was_written(releases):
    browser = Browser().send("./", title="Village hall")
    assert browser.response.status_code == 400
    assert 'value="Village hall"' in browser.text
    assert not Board.objects.exists()


def test_whole_way_without_scripts(opener):
    join = opener.link("/join/")
    first = opener.open(opener.link("/board/"))
    second = Browser(join.replace("/en/", "/cy/")).send("./", name="Bob")
    [mark] = marks_of(second)
    for browser, answer in ((first, "3"), (second, "8")):
        board = browser.path
        browser.open(f"{board}{mark}/").send("do/answer/", answer=answer)
        browser.open(board)
    first.send("do/show/")
    assert "<circle" not in first.text
    second.open(second.path).send("do/show/")
    first.open(first.path)
    assert first.text.count("<circle") == 2
    first.open(f"{first.path}{mark}/").send("do/agree/", answer="6", why="Some hear, some do not.")
    second.open(f"{second.path}{mark}/").send("do/dissent/", score="٣", text="Dim eto")
    assert 'lang="cy"' in first.open(first.path).text
    board = re.match(r"/en/score/board/[\w-]+/", first.path)[0]
    first.open(board).send("do/start-round/")
    assert "Round 1:" not in first.text
    first.open(f"{board}{mark}/").send("do/answer/", answer="7")
    first.open(board).send("do/show/")
    second.open(re.match(r"/cy/score/board/[\w-]+/", second.path)[0]).send("do/show/")
    assert "Round 1:" in first.open(board).text
    first.send("do/forget/", sure="yes")
    assert first.response.status_code == 200


def test_charts_stand_alike_in_all_languages(alone):
    [mark] = marks_of(alone)
    board = alone.path
    alone.open(f"{board}{mark}/").send("do/answer/", answer="4")
    alone.open(board).send("do/show/")
    alone.open(f"{board}{mark}/").send("do/agree/", answer="4")
    drawn = {
        tuple(re.findall(r'\b(?:c?[xy][12]?|viewBox)="([^"]*)"', alone.open(board.replace("/en/", f"/{code}/")).text))
        for code in ("en", "cy", "ar", "es")
    }
    assert len(drawn) == 1
    assert len(drawn.pop()) > 20


def test_whoever_opens_a_board_reads_its_code_out(opener):
    words = re.search(r'class="code" dir="ltr">(.{4}) (.{4})<', opener.text)
    Browser("/cy/score/join/").send("./", code=f" {words[1].lower()}-{words[2]} ")
    assert Board.objects.get().participants.count() == 2


def test_what_is_wrong_is_said_and_kept(alone):
    [mark] = marks_of(alone)
    alone.open(f"{alone.path}{mark}/").send("do/note/", kind="snake", text="x" * 2001)
    assert alone.response.status_code == 400
    assert ("x" * 2001 in alone.text, "at most 2000" in alone.text) == (True, True)
    assert not Note.objects.exists()


def test_conflict_shows_both_versions(alone):
    [mark] = marks_of(alone)
    board = alone.path
    alone.open(f"{board}{mark}/").send("do/answer/", answer="4")
    alone.open(board).send("do/show/")
    other = Browser(f"{board}{mark}/")
    alone.open(f"{board}{mark}/").send("do/agree/", answer="4", why="First words")
    other.send("do/agree/", answer="7", why="Second words")
    assert other.response.status_code == 409
    assert ("First words" in other.text, "Second words" in other.text) == (True, True)
    other.send("do/agree/", answer="7", why="Second words")
    assert "Second words" in other.text


def test_conflict_shows_what_somebody_faster_wrote(alone, monkeypatch):
    [mark] = marks_of(alone)
    page, act = f"{alone.path}{mark}/", boards.act
    alone.open(page).send("do/answer/", answer="4")
    alone.open(alone.path.replace(f"{mark}/", "")).send("do/show/")
    late = Browser(page)

    def when_its_turn_comes(*given, **named):
        monkeypatch.setattr(boards, "act", act)
        alone.open(page).send("do/agree/", answer="4", why="First words")
        act(*given, **named)

    monkeypatch.setattr(boards, "act", when_its_turn_comes)
    late.send("do/agree/", answer="7", why="Second words")
    assert late.response.status_code == 409
    assert ("First words" in late.text, "Second words" in late.text) == (True, True)


def test_form_sent_twice_counts_once(alone):
    fields = Forms(alone.text).forms[f"{alone.path}do/add-mark/"]
    for _ in range(2):
        alone.client.post(f"{alone.path}do/add-mark/", {**fields, "title": "Tea"})
    assert len(marks_of(alone.open(alone.path))) == 2


def test_next_person_sees_nothing_of_the_last(alone):
    [mark] = marks_of(alone)
    board = alone.path
    alone.open(f"{board}{mark}/").send("do/answer/", answer="4")
    alone.open(board).send("hand-over/", takes_link="yes")
    assert alone.text.count("/score/board/") == 2
    following = alone.link("/board/")
    assert Browser(board).response.status_code == 404
    assert "You have not answered yet" in Browser(following).text


def test_handing_over_twice_shows_the_same(alone):
    fields = {**Forms(alone.text).forms[f"{alone.path}hand-over/"], "takes_link": "yes"}
    answers = [alone.client.post(f"{alone.path}hand-over/", fields) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert alone.client.post(f"{alone.path}hand-over/", {**fields, "takes_link": ""}).status_code == 404


@pytest.mark.parametrize("go", ["https://elsewhere.example/", "\r\nSet-Cookie: a=b", "//elsewhere.example", "../.."])
def test_form_leads_nowhere_else(alone, go):
    fields = Forms(alone.text).forms[f"{alone.path}do/code/"]
    response = alone.client.post(f"{alone.path}do/code/", {**fields, "go": go, "mark": go})
    assert (response.status_code, response["Location"]) == (303, alone.path)


def test_sheet_of_paper_is_keyed_in(alone):
    [mark] = marks_of(alone)
    board = alone.path
    assert alone.open(f"{board}sheet/?large").text.count("sheet-large") == 1
    alone.open(f"{board}paper/").send("./", **{f"answer-{mark}": "9"})
    assert "1 answer" in alone.open(board).text
    assert alone.open(f"{board}paper/").send("./").response.status_code == 400


def test_leaving_asks_first_and_deletes(alone):
    board = alone.path
    assert alone.send("do/leave/").response.status_code == 400
    assert alone.send("do/leave/", sure="yes").response.status_code == 200
    assert alone.open(board).response.status_code == 404


def test_keeper_deletes_the_board(opener):
    opener.open(opener.link("/keep/"))
    path = opener.path
    fields = {"write": Forms(opener.text).forms["./"]["write"], "do": "delete"}
    assert opener.client.post(path, fields).status_code == 400
    assert opener.client.post(path, {**fields, "sure": "yes"}).status_code == 200
    assert not Board.objects.exists()


def test_code_leads_to_the_board(alone):
    code = re.search(r'class="code"[^>]*>([^<]+)<', alone.text)[1]
    assert "Hall" in Browser("/ar/score/join/").send("./", code=code.lower()).text
    assert Browser("/en/score/join/").send("./", code="nothing").response.status_code == 404


def test_start_may_be_found_and_no_board(alone):
    start = Client().get(START)
    assert "X-Robots-Tag" not in start
    assert f'<link rel="canonical" href="{settings.SITE_URL}{START}">' in start.content.decode()
    assert '<meta name="robots" content="noindex">' in alone.text


def test_board_is_nobody_elses_business(alone):
    for path in ("", "results/", "sheet/", "paper/", "export.csv", "export.xlsx", "export.json"):
        response = alone.client.get(f"{alone.path}{path}")
        assert response.status_code == 200, path
        assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert (response["X-Robots-Tag"], response.cookies) == ("noindex", {})


def test_unknown_boards_are_all_alike(releases):
    paths = [f"board/{'x' * 27}/", f"join/{'y' * 27}/", f"keep/{'z' * 27}/", f"board/{'x' * 27}/results/"]
    answers = [Client().get(f"{START}{path}") for path in paths]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_page_and_api_are_one_board(alone):
    token = alone.path.split("/")[-2]
    Device(token).answer(7)
    assert "<strong>7</strong>" in alone.open(alone.path).text


@pytest.mark.parametrize("field", ["write", "mark", "note", "version", "kind"])
def test_broken_forms_are_told_so(alone, field):
    [mark] = marks_of(alone)
    alone.open(f"{alone.path}{mark}/")
    alone.send("do/note/", **{"kind": "snake", "text": "A", field: "?"})
    assert alone.response.status_code in (400, 404)
    assert "Traceback" not in alone.text
