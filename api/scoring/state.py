"""A board as one person sees it: the one place where what is kept becomes what is told, as a `BoardDocument`.

What all people on a board see alike is read once for each shape of it, how many have answered once for each version,
and what is somebody's own once for each version of that. A release with other words words it anew, and reads nothing.
Scores of others are read for rounds that were shown, for no others.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Prefetch

from api.scoring.models import (
    AgreedScore,
    Board,
    Dissent,
    Mark,
    Note,
    Participant,
    Round,
    RoundMark,
    Score,
    the_one,
)
from api.scoring.rules import FEW, Result, most_disagreed_first, result
from api.scoring.services.boards import WARNING, join_code, join_token
from api.scoring.statements import own_answers, own_notes, who_answered
from api.scoring.toolkit_marks import marks as toolkit_marks
from api.scoring.toolkit_marks import outline_id
from toolkit.documents.canonical import canonical_bytes, digest, utc_time
from toolkit.locales import direction

JOIN = "/{locale}/score/join/{token}/"
# So many boards, in each language that somebody reads them in, stay in memory.
KEPT_BOARDS = 512
KEPT_PEOPLE = 4096
KEPT_WORDINGS = 16384
# What a release says of a mark, and how much of its digest tells it apart.
MENTIONED = ("title", "summary", "path", "api", "lang", "dir")
DIGITS = 12


@dataclass(frozen=True)
class Holder:
    """Whoever holds a token of a board: somebody who takes part or, without a person, its keeper."""

    board: Board
    person: Participant | None = None

    @property
    def person_id(self) -> UUID | None:
        return self.person and self.person.pk


def board_state(holder: Holder, *, locale: str, now: datetime, version: int | None = None) -> dict:
    """Give a board as the holder of a token sees it, its marks worded in a locale.

    `version` is that of the board by now, where answers were given since the board itself was read.
    """
    board = holder.board
    shared = shared_state(board.pk, board.shape, locale, board.locale, outline_id(locale))
    answers = answers_at(board.pk, version or board.version, shared["round_id"])
    counts = {"answers": answers.of_mark.total(), "people": len(answers.people), "few": len(answers.people) < FEW}
    round_, me = {**shared["round"], **counts}, holder.person_id
    return {
        "id": str(board.pk),
        "title": board.title,
        "locale": locale,
        "keeper": me is None,
        "ends_on": board.ends_on.isoformat(),
        "ends_soon": board.ends_on - now.date() <= WARNING,
        "invitation": _invitation(board, locale, now),
        "people": [_without_id(person, "me", me) for person in shared["people"]],
        "round": _without_id(round_, "asked_by_me", me),
        "rounds": shared["rounds"],
        "marks": _own_marks(shared, holder, answers.of_mark),
        "most_disagreed": shared["most_disagreed"],
    }


def _without_id(told: dict, name: str, me: UUID | None) -> dict:
    """Say of something whether it is the reader's own, in the place of whose it is."""
    return {**{key: value for key, value in told.items() if key != "of"}, name: me is not None and told["of"] == me}


def _invitation(board: Board, locale: str, now: datetime) -> dict:
    path = JOIN.format(locale=locale, token=join_token(board)) if board.is_open else ""
    return {"open": board.is_open, "code": join_code(board, now), "path": path}


def _own_marks(shared: dict, holder: Holder, answered: Counter) -> list[dict]:
    me, mine, notes = holder.person_id, {}, {}
    if me:
        is_shown = bool(shared["round"]["shown_at"])
        mine, notes = own_state(me, holder.person.version, shared["round_id"], is_shown=is_shown)
    return [
        {
            **mark,
            "answered": answered[place],
            "mine": mine.get(place),
            "notes": [_without_id(note, "mine", me) for note in mark["notes"] or notes.get(place, [])],
            "dissents": [_without_id(one, "mine", me) for one in mark["dissents"]],
            "before": [
                {**past, "dissents": [_without_id(one, "mine", me) for one in past["dissents"]]}
                for past in mark["before"]
            ],
        }
        for place, mark in zip(shared["places"], shared["marks"], strict=True)
    ]


@lru_cache(maxsize=KEPT_BOARDS)
def board_at(board_id: UUID, _shape: int) -> Board | None:
    """Give a board as it is in one of its shapes, or a later one; None when it is deleted by now."""
    return the_one(Board.objects.filter(pk=board_id))


@dataclass(frozen=True)
class Answers:
    """How many have answered in a round: for each mark, by its number in the round, and who."""

    of_mark: Counter
    people: set


@lru_cache(maxsize=KEPT_BOARDS)
def answers_at(_board_id: UUID, _version: int, round_id: int) -> Answers:
    """Give how many have answered in a round at one of the versions of its board, or a later one."""
    found = who_answered(round_id)
    return Answers(Counter(place for place, _person in found), {person for _place, person in found})


@lru_cache(maxsize=KEPT_PEOPLE)
def own_state(person_id: UUID, _version: int, round_id: int, *, is_shown: bool) -> tuple[dict, dict]:
    """Give what somebody answered in a round and, until it is shown, noted: at one of the versions of what is theirs.

    Both by the number of the mark in the round.
    """
    mine, notes = own_answers(round_id, person_id), defaultdict(list)
    if not is_shown:
        for note in own_notes(round_id, person_id):
            notes[note.round_mark_id].append(note_state(note))
    return mine, dict(notes)


@dataclass(frozen=True)
class Shape:
    """What is kept of a board but for its answers: its people, its rounds, and the marks of each by its number."""

    people: list[Participant]
    rounds: list[Round]
    marks: dict[int, list[RoundMark]]


@lru_cache(maxsize=KEPT_BOARDS)
def shape_at(board_id: UUID, _shape: int) -> Shape:
    """Give what is kept of a board in one of its shapes, or a later one, in a fixed number of queries."""
    rounds = list(Round.objects.filter(board=board_id))
    return Shape(list(Participant.objects.filter(board=board_id)), rounds, _marks_of(rounds))


@lru_cache(maxsize=KEPT_BOARDS)
def shared_state(board_id: UUID, shape: int, locale: str, board_locale: str, _outline: str) -> dict:
    """Give what all people on a board see alike in one of its shapes, worded as an outline of the toolkit has it.

    `of` tells whose something is, for `board_state` alone.
    """
    kept = shape_at(board_id, shape)
    rounds, marks = kept.rounds, kept.marks
    current = rounds[-1]
    places = [at.pk for at in marks[current.pk]]
    results = {str(at.mark_id): _result(at) for at in marks[current.pk]} if current.shown_at else {}
    before, known = _before(rounds, marks), toolkit_marks(locale)
    return {
        "people": [_person(person) for person in kept.people],
        "round": _round(current),
        "rounds": len(rounds),
        "round_id": current.pk,
        "places": places,
        "marks": [
            {
                "id": str(at.mark_id),
                "code": at.mark.code,
                **worded(at.mark, at.wording, locale, known),
                "answered": 0,
                "notes": [note_state(note) for note in at.notes.all()] if current.shown_at else [],
                "result": _result_state(at) if current.shown_at else None,
                **_agreement(at),
                "before": [_past(then, at, [locale, board_locale]) for then in before[at.mark_id]],
            }
            for at in marks[current.pk]
        ],
        "most_disagreed": most_disagreed_first(results),
    }


def wording_of(board_id: UUID, shape: int, locale: str) -> str:
    """Tell the wordings of the marks of a board in a locale apart: another text where one of them is worded anew."""
    return _wording_in(board_id, shape, locale, outline_id(locale))


@lru_cache(maxsize=KEPT_WORDINGS)
def _wording_in(board_id: UUID, shape: int, locale: str, outline: str) -> str:
    board = board_at(board_id, shape)
    shared = board and shared_state(board_id, shape, locale, board.locale, outline)
    worded_now = [{name: mark[name] for name in MENTIONED} for mark in shared["marks"]] if shared else []
    return digest(canonical_bytes(worded_now))[:DIGITS]


def _marks_of(rounds: list[Round]) -> dict[int, list[RoundMark]]:
    """Give the marks of each round; what people said is read for rounds that were shown."""
    shown = [one for one in rounds if one.shown_at]
    # Sorted here, for the ORM takes long to write down an order by another table.
    found = RoundMark.objects.filter(round__in=rounds).select_related("mark").order_by()
    if shown:
        found = found.select_related("mark", "agreed").prefetch_related(
            Prefetch("scores", Score.objects.filter(round_mark__round__in=shown), to_attr="shown_scores"),
            Prefetch("notes", Note.objects.filter(round_mark__round__in=shown)),
            "dissents",
        )
    marks, by_id = defaultdict(list), {one.pk: one for one in rounds}
    for at in sorted(found, key=lambda at: (at.mark.place, at.mark_id)):
        at.round = by_id[at.round_id]
        marks[at.round_id].append(at)
    return marks


def _before(rounds: list[Round], marks: dict[int, list[RoundMark]]) -> dict[UUID, list[RoundMark]]:
    """Give what each mark was in earlier rounds, the latest first."""
    before = defaultdict(list)
    for round_ in reversed(rounds[:-1]):
        for at in marks[round_.pk]:
            before[at.mark_id].append(at)
    return before


def _person(person: Participant) -> dict:
    return {"name": person.name, "has_link": person.digest is not None, "of": person.pk}


def _round(current: Round) -> dict:
    return {
        "number": current.number,
        "started_at": utc_time(current.started_at),
        "shown_at": utc_time(current.shown_at),
        "asked": current.asked_by_id is not None and not current.shown_at,
        "of": None if current.shown_at else current.asked_by_id,
    }


def worded(mark: Mark, wording: dict, locale: str, known: dict) -> dict:
    """Give how a mark is called in a locale: as the site has it or, where it has it no more, as it was."""
    nowhere = {"summary": "", "path": "", "api": ""}
    if mark.title:
        return {"title": mark.title, **nowhere, **_language(mark.locale)}
    if mention := known.get(mark.code):
        return {name: mention[name] for name in MENTIONED}
    language = locale if locale in wording else next(iter(wording), locale)
    return {"title": wording.get(language, {}).get("title", mark.code), **nowhere, **_language(language)}


def _language(locale: str) -> dict:
    return {"lang": locale, "dir": direction(locale)}


def note_state(note: Note) -> dict:
    """Give a snake, ladder or action."""
    return {"id": str(note.pk), "kind": note.kind, **_written(note)}


def agreed_state(agreed: AgreedScore) -> dict:
    """Give what a group agreed on."""
    language = _language(agreed.locale)
    return {"answer": agreed.answer, "why": agreed.why, "version": agreed.version, **language}


def dissent_state(dissent: Dissent) -> dict:
    """Give what some would say instead."""
    return {"id": str(dissent.pk), "score": dissent.score, **_written(dissent)}


def standing(what: AgreedScore | Dissent | Note, me: UUID | None) -> dict:
    """Give what stands on a board where somebody else changed it, as one person sees it."""
    if isinstance(what, AgreedScore):
        return agreed_state(what)
    return _without_id(note_state(what) if isinstance(what, Note) else dissent_state(what), "mine", me)


def _written(what: Note | Dissent) -> dict:
    language = _language(what.locale)
    return {"text": what.text, "version": what.version, "of": what.participant_id, **language}


def _agreement(at: RoundMark) -> dict:
    if not at.round.shown_at:
        return {"agreed": None, "dissents": []}
    agreed = getattr(at, "agreed", None)
    return {
        "agreed": agreed and agreed_state(agreed),
        "dissents": [dissent_state(one) for one in at.dissents.all()],
    }


def _past(then: RoundMark, now: RoundMark, locales: list[str]) -> dict:
    return {
        "round": then.round.number,
        "result": _result_state(then) if then.round.shown_at else None,
        "wording_changed": wording_changed(then.wording, now.wording, locales),
        **_agreement(then),
    }


def wording_changed(then: dict, now: dict, locales: list[str]) -> bool:
    """Tell whether a mark's text is another one now: in the first of these locales that had it both times, or any."""
    both = [locale for locale in [*locales, *then] if locale in then and locale in now]
    return bool(both) and then[both[0]]["digest"] != now[both[0]]["digest"]


def _result(at: RoundMark) -> Result:
    return result([score.answer for score in at.shown_scores], at.kept)


def _result_state(at: RoundMark) -> dict:
    found = _result(at)
    return {
        "scores": [{"score": score, "count": count} for score, count in sorted(Counter(found.scores).items())],
        **{name: getattr(found, name) for name in RoundMark.KEPT},
        "forgotten": at.forgotten_at is not None,
    }
