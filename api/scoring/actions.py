"""What the buttons of a board's pages do: each by its name, for somebody who takes part."""

from collections.abc import Callable
from datetime import datetime

from api.scoring.given import Given
from api.scoring.models import Participant
from api.scoring.rules import Unable
from api.scoring.services import answers, boards, joining, rounds

Action = Callable[[Participant, Given, dict], object]
ACTIONS: dict[str, Action] = {}


def action(name: str):
    """Register what a button does."""

    def register(function: Action) -> Action:
        ACTIONS[name] = function
        return function

    return register


def act(name: str, *, person: Participant, given: Given, now: datetime):
    """Do what a button says. Raises Unable."""
    if name not in ACTIONS:
        raise Unable("unreadable")
    ACTIONS[name](person, given, {"write": given.write(), "now": now})


@action("answer")
def answer(person, given, once):
    answers.answer(person=person, mark=given.uuid("mark"), answer=given.answer(), **once)


@action("take-back")
def take_back(person, given, once):
    answers.take_back(person=person, mark=given.uuid("mark"), **once)


@action("note")
def note(person, given, once):
    what = {"kind": given.kind(), "text": given.text("text"), "version": given.number("version")}
    answers.write_note(person=person, mark=given.uuid("mark"), note=given.uuid("note"), **what, **once)


@action("delete-note")
def delete_note(person, given, once):
    answers.delete_note(person=person, note=given.uuid("note"), **once)


@action("add-mark")
def add_mark(person, given, once):
    answers.add_mark(person=person, mark=given.uuid("new_mark"), title=given.text("title"), **once)


@action("take-mark-off")
def take_mark_off(person, given, once):
    answers.take_mark_off(person=person, mark=given.uuid("own_mark"), **once)


@action("show")
def show(person, given, once):
    rounds.show(person=person, **once)


@action("wait")
def wait(person, given, once):
    rounds.wait(person=person, **once)


@action("agree")
def agree(person, given, once):
    what = {"answer": given.answer(), "why": given.text("why"), "version": given.number("version")}
    rounds.agree(person=person, mark=given.uuid("mark"), **what, **once)


@action("dissent")
def dissent(person, given, once):
    what = {"score": given.score(), "text": given.text("text"), "version": given.number("version")}
    rounds.dissent(person=person, mark=given.uuid("mark"), dissent=given.uuid("dissent"), **what, **once)


@action("delete-dissent")
def delete_dissent(person, given, once):
    rounds.delete_dissent(person=person, dissent=given.uuid("dissent"), **once)


@action("forget")
def forget(person, given, once):
    _check_sure(given)
    rounds.forget_scores(person=person, **once)


@action("start-round")
def start_round(person, given, once):
    rounds.start_round(person=person, number=given.number("number"), **once)


@action("rename")
def rename(person, given, once):
    joining.rename(person=person, name=given.text("name"), locale=person.locale, **once)


@action("leave")
def leave(person, given, once):
    _check_sure(given)
    joining.leave(person=person, **once)


@action("joining")
def set_joining(person, given, once):
    boards.set_joining(board=person.board, is_open=given.is_checked("open"), **once)


@action("code")
def new_code(person, given, once):
    boards.new_code(board=person.board, **once)


@action("end")
def keep_for(person, given, once):
    boards.keep_for(board=person.board, months=given.number("months"), **once)


def _check_sure(given: Given):
    """Ask whether somebody means what cannot be taken back. Raises Unable("not-sure")."""
    if not given.is_checked("sure"):
        raise Unable("not-sure")
