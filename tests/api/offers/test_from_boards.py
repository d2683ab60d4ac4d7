"""Offering what a group has written on its board: only the words go, and only when somebody says so."""

import re

import pytest

from api.offers.models import Offer
from api.scoring.models import Note, Write
from tests.api.offers.people import browser, send
from tests.api.scoring.boards import Device, opened
from tests.api.scoring.test_pages import Forms

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(releases) -> Device:
    """Somebody alone on a board, on which there are notes and an own mark."""
    device, _keeper = opened(own_marks=["Tea & <time>"])
    device.write("snake", 'First line\nsecond "line" <b>')
    return device


def page(group: Device, place: int) -> str:
    return browser().get(f"/en/score/board/{group.token}/{group.marks()[place]}/").content.decode()


def offered(group: Device, place: int) -> tuple[str, dict]:
    """Press the button on the page of a mark, and give the page that follows, and what was sent."""
    fields = Forms(page(group, place)).forms["/en/give/"]
    response = browser().post("/en/give/", fields)
    assert response.status_code == 200
    return response.content.decode(), fields


def test_note_opens_the_form_filled_in(group):
    form, sent = offered(group, 0)
    assert "First line\nsecond &quot;line&quot; &lt;b&gt;</textarea>" in form
    assert ('value="snake" required checked' in form, 'value="mark/listening" selected' in form) == (True, True)
    assert sent.keys() == {"begin", "kind", "mark", "language", "words"}
    assert not Offer.objects.exists()


def test_own_mark_opens_the_form_filled_in(group):
    form, sent = offered(group, 2)
    assert 'name="title" autocomplete="off" value="Tea &amp; &lt;time&gt;"' in form
    assert 'value="mark" required checked' in form
    assert sent.keys() == {"begin", "language", "title"}


def test_marks_of_the_toolkit_are_not_offered(group):
    assert "Offer this mark" not in page(group, 0)


def test_offer_knows_only_that_it_came_from_a_board(group):
    written, notes = Write.objects.count(), list(Note.objects.values())
    form, _sent = offered(group, 0)
    [board] = re.findall(r'name="board" value="([^"]+)"', form)
    offer = send(board=board).offer
    assert offer.from_board
    assert group.board()["id"] not in str(Offer.objects.values().get())
    assert (Write.objects.count(), list(Note.objects.values())) == (written, notes)


def test_words_in_another_language_stay_in_it(group):
    welsh = group.joined("", "cy")
    welsh.write("ladder", "Paned o de")
    text = browser().get(f"/en/score/board/{welsh.token}/{group.marks()[0]}/").content.decode()
    fields = Forms(text).forms["/en/give/"]
    assert fields["language"] == "cy"
    assert 'value="cy" lang="cy" dir="ltr" selected' in browser().post("/en/give/", fields).content.decode()


def test_action_is_offered_as_an_idea(group):
    group.write("action", "Meet in the garden", place=1)
    form, _sent = offered(group, 1)
    assert 'value="idea" required checked' in form


def test_odd_beginnings_do_no_harm(releases):
    response = browser().post("/en/give/", {"begin": "x", "kind": "?", "language": "../", "mark": "<b>"})
    assert response.status_code == 200
    assert "<b>" not in response.content.decode()
