"""Bringing a board back from the file in which it was taken away, on this server or another."""

import json
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from rest_framework import serializers

from api.scoring.exports.report import FORMAT, VERSION
from api.scoring.models import AgreedScore, Board, Dissent, Mark, Note, Round, RoundMark, Score
from api.scoring.requests import AnswerInput, text_field
from api.scoring.rules import (
    HIGHEST,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LOWEST,
    MOST_MARKS,
    MOST_NOTES,
    MOST_PEOPLE,
    MOST_ROUNDS,
    Kind,
    Unable,
    Without,
    check_text,
)
from api.scoring.services.boards import Opened, new_board
from api.scoring.services.changes import in_turn
from api.scoring.services.joining import add_person
from toolkit import locales

LARGEST = 2_000_000


class Language(serializers.Serializer):
    locale = serializers.CharField(max_length=20)

    def validate_locale(self, locale: str) -> str:
        """Take a language that this server does not have for its first."""
        return locale if locale in locales.codes() else locales.source()


class MarkFile(Language):
    # A mark of the toolkit is in every language.
    locale = serializers.CharField(max_length=20, allow_blank=True)
    code = serializers.CharField(max_length=255, allow_blank=True)
    title = text_field(LONGEST_TITLE)

    def validate(self, mark: dict) -> dict:
        if bool(mark["code"]) == bool(mark["title"].strip()):
            raise serializers.ValidationError("A mark has either a code or a title.")
        return mark

    def validate_locale(self, locale: str) -> str:
        return super().validate_locale(locale) if locale else ""


class AgreedFile(Language):
    answer = AnswerInput()
    why = text_field(LONGEST_TEXT)


class DissentFile(Language):
    score = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, allow_null=True)
    text = text_field(LONGEST_TEXT)


class NoteFile(Language):
    kind = serializers.ChoiceField([str(one) for one in Kind])
    text = text_field(LONGEST_TEXT)


class Wording(serializers.Serializer):
    title = serializers.CharField(max_length=500)
    digest = serializers.CharField(max_length=64)


def count_field() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=MOST_PEOPLE)


class ForgottenFile(serializers.Serializer):
    lowest = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, allow_null=True)
    highest = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, allow_null=True)
    count, not_yet, not_relevant = count_field(), count_field(), count_field()


class RoundMarkFile(serializers.Serializer):
    mark = serializers.IntegerField(min_value=0)
    wording = serializers.DictField(child=Wording())
    scores = serializers.ListField(
        child=serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST), max_length=MOST_PEOPLE
    )
    not_yet, not_relevant = count_field(), count_field()
    forgotten = ForgottenFile(allow_null=True)
    agreed = AgreedFile(allow_null=True)
    dissents = DissentFile(many=True, max_length=MOST_NOTES)
    notes = NoteFile(many=True, max_length=MOST_NOTES)


class RoundFile(serializers.Serializer):
    started_at = serializers.DateTimeField()
    shown_at = serializers.DateTimeField(allow_null=True)
    marks = RoundMarkFile(many=True, max_length=MOST_MARKS)


class BoardFile(serializers.Serializer):
    """The file of a board."""

    format = serializers.ChoiceField([FORMAT])
    version = serializers.ChoiceField([VERSION])
    title = text_field(LONGEST_TITLE)
    locale = Language().fields["locale"]
    marks = MarkFile(many=True, allow_empty=False, max_length=MOST_MARKS)
    rounds = RoundFile(many=True, allow_empty=False, max_length=MOST_ROUNDS)

    def validate(self, board: dict) -> dict:
        """Refuse a file that no board could have given."""
        last = len(board["rounds"]) - 1
        for number, round_ in enumerate(board["rounds"]):
            places = [at["mark"] for at in round_["marks"]]
            if max(places, default=0) >= len(board["marks"]) or len(set(places)) < len(places):
                raise serializers.ValidationError("A round has a mark that is not there.")
            if number < last and not round_["shown_at"]:
                raise serializers.ValidationError("Only the last round may be open.")
        codes = [mark["code"] for mark in board["marks"] if mark["code"]]
        if len(set(codes)) < len(codes):
            raise serializers.ValidationError("A mark is there twice.")
        return board


def read_file(content: bytes) -> dict:
    """Read the file of a board. Raises Unable("file")."""
    if len(content) > LARGEST:
        raise Unable("file")
    try:
        return checked_file(json.loads(content))
    except (ValueError, RecursionError) as error:
        raise Unable("file") from error


def checked_file(data) -> dict:
    """Check that data is the file of a board, and give it with what it left out. Raises Unable("file")."""
    shape = BoardFile(data=data)
    try:
        if shape.is_valid():
            return shape.validated_data
    except Unable:
        pass
    raise Unable("file")


@in_turn()
def bring_back(*, file: dict, locale: str, months: int, write: UUID, now: datetime) -> Opened:
    """Make a board of a file that was read. Whoever brings it back keeps it and takes part.

    The scores come back as nobody's. Raises Unable("title"), ("note"), ("why"), ("dissent") or ("months").
    """
    board, keep, is_new = new_board(write=write, locale=locale, title=file["title"], months=months, now=now)
    if is_new:
        marks = [
            Mark(board=board, place=place, **one | {"title": _text(one["title"], "mark-title", LONGEST_TITLE)})
            for place, one in enumerate(file["marks"], 1)
        ]
        Mark.objects.bulk_create(marks)
        for number, round_ in enumerate(file["rounds"], 1):
            _round(board, number, round_, marks, now)
    return Opened(board, keep, add_person(board, write=write, name="", locale=locale, now=now))


def _text(text: str, code: str, longest: int = LONGEST_TEXT) -> str:
    return check_text(text, longest, code=code, may_be_empty=True)


def _round(board: Board, number: int, file: dict, marks: list[Mark], now: datetime):
    round_ = Round.objects.create(
        board=board, number=number, started_at=file["started_at"], shown_at=file["shown_at"]
    )
    for one in file["marks"]:
        forgotten = one["forgotten"]
        kept = {**forgotten, "forgotten_at": now} if forgotten else {}
        at = RoundMark.objects.create(round=round_, mark=marks[one["mark"]], wording=one["wording"], **kept)
        if round_.shown_at:
            _said(at, one, now)


def _said(at: RoundMark, file: dict, now: datetime):
    """Bring back what was said of a mark in a round that was shown."""
    answers = file["scores"] + [Without.NOT_YET] * file["not_yet"] + [Without.NOT_RELEVANT] * file["not_relevant"]
    Score.objects.bulk_create(Score(round_mark=at, **Score.fields(answer)) for answer in answers)
    if agreed := file["agreed"]:
        fields = AgreedScore.fields(agreed["answer"])
        AgreedScore.objects.create(round_mark=at, why=_text(agreed["why"], "why"), locale=agreed["locale"], **fields)
    for model, code in ((Dissent, "dissent"), (Note, "note")):
        for place, one in enumerate(file[f"{code}s"]):
            # They stay in their order.
            made = {"pk": uuid4(), "round_mark": at, "made_at": now + timedelta(microseconds=place)}
            model.objects.create(**made, **one | {"text": check_text(one["text"], LONGEST_TEXT, code=code)})
