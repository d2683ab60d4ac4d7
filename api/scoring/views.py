"""The JSON API of scoring boards. A view reads what was sent, makes one call, and answers.

Whoever asks shows a token in the header `Authorization: Bearer …`; nothing here is public, and nothing may be kept by
caches. Every change carries `Idempotency-Key`, a UUID that whoever sends it made: sent again, it is not made again.
"""

from uuid import UUID

from django.db import OperationalError
from django.http import HttpResponse
from django.utils import timezone, translation
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import APIView

from api.content.answers import PREFLIGHT_KEPT, OnlyJson
from api.content.negotiation import is_known
from api.problems import MEDIA_TYPE, TooLarge, problem
from api.scoring import limits
from api.scoring import requests as asked_for
from api.scoring.exports.bring_back import LARGEST, bring_back, checked_file
from api.scoring.exports.files import FILES
from api.scoring.exports.views import file_of
from api.scoring.holders import board_to_join, board_with_code, holder_of
from api.scoring.models import AgreedScore, Board, Dissent, Note, Participant
from api.scoring.polling import HEADERS, bearer, etag, hint
from api.scoring.rules import Unable
from api.scoring.services import answers, boards, ending, joining, rounds
from api.scoring.state import Holder, agreed_state, board_state, dissent_state, note_state
from api.scoring.words import sentence, status_of

ONCE = "Idempotency-Key"
ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
    "Access-Control-Allow-Headers": f"Authorization, Content-Type, If-None-Match, {ONCE}",
    "Access-Control-Max-Age": str(PREFLIGHT_KEPT),
}
STATES = {AgreedScore: agreed_state, Dissent: dissent_state, Note: note_state}
RETRY_SECONDS = 10
LONGEST_REQUEST = 256 * 1024


class Wrong(Exception):
    """What was sent cannot be read. `errors` is a list of {"parameter", "detail"}."""

    def __init__(self, errors: list[dict]):
        super().__init__(errors)
        self.errors = errors


class Often(Exception):
    """One network asks too often: `seconds` says for how long it must wait."""

    def __init__(self, seconds: int):
        super().__init__(seconds)
        self.seconds = seconds


class ScoringView(APIView):
    """An address of the scoring API, for scripts of any site."""

    schema = None
    content_negotiation_class = OnlyJson
    longest = LONGEST_REQUEST

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) > self.longest:
            raise TooLarge

    def read(self, shape) -> dict:
        """Give what was sent, in a shape. Raises Wrong, which names what is wrong."""
        form = shape(data=self.request.data)
        if not form.is_valid():
            raise Wrong([{"parameter": name, "detail": first_of(said)} for name, said in form.errors.items()])
        return form.validated_data

    @property
    def once(self) -> dict:
        """The name of this change, and the time. Raises Wrong."""
        try:
            return {"write": UUID(self.request.headers.get(ONCE, "")), "now": timezone.now()}
        except ValueError:
            detail = "“Idempotency-Key” must be a UUID that you made for this change."
            raise Wrong([{"parameter": ONCE, "detail": detail}]) from None

    def handle_exception(self, error):
        if isinstance(error, Unable):
            return self.unable(error)
        if isinstance(error, Wrong):
            return problem_of(400, " ".join(one["detail"] for one in error.errors), errors=error.errors)
        if isinstance(error, Often):
            return problem_of(429, headers={"Retry-After": error.seconds})
        if isinstance(error, OperationalError):
            return problem_of(503, headers={"Retry-After": RETRY_SECONDS})
        return super().handle_exception(error)

    def unable(self, error: Unable) -> Response:
        """Say why something may not happen; after a conflict, with what stands there and what was sent."""
        both = {}
        if error.current is not None:
            current = STATES[type(error.current)](error.current)
            current.pop("of", None)
            both = {"current": current, "yours": self.request.data}
        return problem_of(status_of(error.code), sentence(error.code), code=error.code, **both)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    def options(self, request, **kwargs):
        response = HttpResponse(status=204, headers=ALLOWED)
        del response["Content-Type"]
        return response


def first_of(said) -> str:
    """Give the first sentence that is said of a field, however deep it stands."""
    while isinstance(said, dict | list):
        said = next(iter(said.values() if isinstance(said, dict) else said))
    return str(said)


def problem_of(status: int, detail: str = "", *, headers: dict | None = None, **more) -> Response:
    """Answer with a problem: `code` and what else is said come beside what every problem has."""
    errors = more.pop("errors", None)
    body = {**problem(status, detail, errors), **more}
    return Response(body, status=status, content_type=MEDIA_TYPE, headers=headers)


def nothing() -> HttpResponse:
    """Answer that a change is made, and kept."""
    response = HttpResponse(status=204)
    del response["Content-Type"]
    return response


class BoardView(ScoringView):
    """An address for those who hold a token of a board."""

    holder: Holder

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        holder = holder_of(bearer(request.META))
        if holder is None:
            raise Unable("gone")
        self.holder = holder
        translation.activate(self.locale)

    @property
    def locale(self) -> str:
        """The language of whoever asks."""
        return (self.holder.person or self.holder.board).locale

    @property
    def person(self) -> Participant:
        """Whoever takes part. Raises Unable("not-participant")."""
        if self.holder.person is None:
            raise Unable("not-participant")
        return self.holder.person

    @property
    def kept(self) -> Board:
        """The board that the keeper's link is for. Raises Unable("not-keeper")."""
        if self.holder.person is not None:
            raise Unable("not-keeper")
        return self.holder.board


class OpenBoardView(ScoringView):
    """Opening a board."""

    def post(self, request):
        if seconds := limits.seconds_to_wait_to_open(request.META):
            raise Often(seconds)
        opened = boards.open_board(**self.read(asked_for.OpenBoard), **self.once)
        return Response({"token": opened.take_part, "keeper_token": opened.keep}, status=201)


class JoinView(ScoringView):
    """Joining a board, by link or code."""

    def post(self, request):
        given = self.read(asked_for.Join)
        token, code = given.pop("token"), given.pop("code")
        translation.activate(given["locale"])
        board = board_to_join(token) if token else self._board_with(code)
        if board is None:
            raise Unable("no-such-board")
        return Response({"token": joining.join(board=board, **given, **self.once)}, status=201)

    def _board_with(self, code: str) -> Board | None:
        if seconds := limits.seconds_to_wait_to_guess(self.request.META):
            raise Often(seconds)
        board = board_with_code(code, timezone.now())
        if board:
            limits.was_right(self.request.META)
        return board


class BringBackView(ScoringView):
    """Making a board of the file of another: `file` is what `export.json` gave."""

    longest = LARGEST

    def post(self, request):
        if seconds := limits.seconds_to_wait_to_open(request.META):
            raise Often(seconds)
        given = self.read(asked_for.BringBack)
        opened = bring_back(**given | {"file": checked_file(given["file"])}, **self.once)
        return Response({"token": opened.take_part, "keeper_token": opened.keep}, status=201)


class ExportView(BoardView):
    """The board as a file: CSV, XLSX or JSON."""

    def get(self, request, kind):
        if kind not in FILES:
            raise NotFound
        return file_of(self.holder.board, kind, self.locale)


class StateView(BoardView):
    """The board as whoever asks may see it."""

    def get(self, request):
        board, person = self.holder.board, self.holder.person
        tag = etag(board.version, person.version if person else 0, self.locale)
        headers = {"ETag": tag, "Retry-After": hint(board.changed_at)}
        if is_known(request.headers.get("If-None-Match", ""), tag):
            return HttpResponse(status=304, headers=headers)
        return Response(board_state(self.holder, locale=self.locale, now=timezone.now()), headers=headers)

    def delete(self, request):
        ending.delete_board(board=self.kept)
        return nothing()


class AnswerView(BoardView):
    """What whoever asks answers for a mark."""

    def put(self, request, mark):
        answers.answer(person=self.person, mark=mark, **self.read(asked_for.GiveAnswer), **self.once)
        return nothing()

    def delete(self, request, mark):
        answers.take_back(person=self.person, mark=mark, **self.once)
        return nothing()


class NoteView(BoardView):
    """A snake, a ladder or an action."""

    def put(self, request, note):
        answers.write_note(person=self.person, note=note, **self.read(asked_for.WriteNote), **self.once)
        return nothing()

    def delete(self, request, note):
        answers.delete_note(person=self.person, note=note, **self.once)
        return nothing()


class MarkView(BoardView):
    """A mark of the group's own."""

    def put(self, request, mark):
        answers.add_mark(person=self.person, mark=mark, **self.read(asked_for.AddMark), **self.once)
        return nothing()

    def delete(self, request, mark):
        answers.take_mark_off(person=self.person, mark=mark, **self.once)
        return nothing()


class AgreedView(BoardView):
    """What the group agrees on for a mark."""

    def put(self, request, mark):
        rounds.agree(person=self.person, mark=mark, **self.read(asked_for.Agree), **self.once)
        return nothing()


class DissentView(BoardView):
    """What some of the group would say instead."""

    def put(self, request, dissent):
        rounds.dissent(person=self.person, dissent=dissent, **self.read(asked_for.WriteDissent), **self.once)
        return nothing()

    def delete(self, request, dissent):
        rounds.delete_dissent(person=self.person, dissent=dissent, **self.once)
        return nothing()


class ShowView(BoardView):
    """Showing the scores: asking, saying yes, or saying that it is too early."""

    def post(self, request):
        rounds.show(person=self.person, **self.once)
        return nothing()

    def delete(self, request):
        rounds.wait(person=self.person, **self.once)
        return nothing()


class ForgetView(BoardView):
    """Deleting single scores of marks that are agreed on."""

    def post(self, request):
        rounds.forget_scores(person=self.person, **self.once)
        return nothing()


class RoundView(BoardView):
    """Starting a round."""

    def put(self, request, number):
        rounds.start_round(person=self.person, number=number, **self.once)
        return nothing()


class SheetView(BoardView):
    """The answers of somebody who wrote them on paper."""

    def post(self, request):
        joining.key_in(person=self.person, locale=self.locale, **self.read(asked_for.Sheet), **self.once)
        return nothing()


class HandOverView(BoardView):
    """Letting the next person answer on the same device."""

    def post(self, request):
        given = self.read(asked_for.HandOver)
        token, taken = joining.hand_over(person=self.person, **given, **self.once)
        return Response({"token": token, "taken_token": taken}, status=201)


class MeView(BoardView):
    """Whoever asks: their name and language, and leaving with all that they said."""

    def put(self, request):
        joining.rename(person=self.person, **self.read(asked_for.Me), **self.once)
        return nothing()

    def delete(self, request):
        joining.leave(person=self.person, **self.once)
        return nothing()


class JoiningView(BoardView):
    """Whether more people may join: for anybody of the group."""

    def put(self, request):
        is_open = self.read(asked_for.Joining)["open"]
        boards.set_joining(board=self.holder.board, is_open=is_open, **self.once)
        return nothing()


class CodeView(BoardView):
    """A new code to join with: for anybody of the group."""

    def post(self, request):
        boards.new_code(board=self.holder.board, **self.once)
        return nothing()


class LinkView(BoardView):
    """A new link to join with, in the place of one that went too far: for the keeper."""

    def post(self, request):
        boards.new_link(board=self.kept, **self.once)
        return nothing()


class EndView(BoardView):
    """For how long a board is kept: for anybody of the group."""

    def put(self, request):
        boards.keep_for(board=self.holder.board, **self.read(asked_for.Keep), **self.once)
        return nothing()
