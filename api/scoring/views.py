"""The addresses of the JSON API of scoring boards: each reads what was sent, makes one call, and answers."""

from django.http import HttpResponse
from django.utils import timezone, translation
from rest_framework.exceptions import NotFound, Throttled
from rest_framework.response import Response

from api.content.negotiation import is_known
from api.scoring import limits
from api.scoring import requests as asked_for
from api.scoring.base import BoardView, ScoringView
from api.scoring.exports.bring_back import LARGEST, bring_back, checked_file
from api.scoring.exports.files import FILES
from api.scoring.exports.views import file_of
from api.scoring.holders import board_to_join, board_with_code, holder_of
from api.scoring.models import Board
from api.scoring.polling import bearer, etag, hint
from api.scoring.rules import Unable
from api.scoring.services import answers, boards, ending, joining, rounds
from api.scoring.state import board_state


class OpenBoardView(ScoringView):
    """Opening a board."""

    def post(self, request):
        if seconds := limits.seconds_to_wait_to_open(request.META):
            raise Throttled(seconds)
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
            raise Throttled(seconds)
        board = board_with_code(code, timezone.now())
        if board:
            limits.was_right(self.request.META)
        return board


class BringBackView(ScoringView):
    """Making a board of the file of another: `file` is what `export.json` gave."""

    longest = LARGEST

    def post(self, request):
        if seconds := limits.seconds_to_wait_to_open(request.META):
            raise Throttled(seconds)
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


class AnswerView(BoardView):
    """What whoever asks answers for a mark."""

    def put(self, request, mark):
        answers.answer(person=self.person, mark=mark, **self.read(asked_for.GiveAnswer), **self.once)

    def delete(self, request, mark):
        answers.take_back(person=self.person, mark=mark, **self.once)


class NoteView(BoardView):
    """A snake, a ladder or an action."""

    def put(self, request, note):
        answers.write_note(person=self.person, note=note, **self.read(asked_for.WriteNote), **self.once)

    def delete(self, request, note):
        answers.delete_note(person=self.person, note=note, **self.once)


class MarkView(BoardView):
    """A mark of the group's own."""

    def put(self, request, mark):
        answers.add_mark(person=self.person, mark=mark, **self.read(asked_for.AddMark), **self.once)

    def delete(self, request, mark):
        answers.take_mark_off(person=self.person, mark=mark, **self.once)


class AgreedView(BoardView):
    """What the group agrees on for a mark."""

    def put(self, request, mark):
        rounds.agree(person=self.person, mark=mark, **self.read(asked_for.Agree), **self.once)


class DissentView(BoardView):
    """What some of the group would say instead."""

    def put(self, request, dissent):
        rounds.dissent(person=self.person, dissent=dissent, **self.read(asked_for.WriteDissent), **self.once)

    def delete(self, request, dissent):
        rounds.delete_dissent(person=self.person, dissent=dissent, **self.once)


class ShowView(BoardView):
    """Showing the scores: asking, saying yes, or saying that it is too early."""

    def post(self, request):
        rounds.show(person=self.person, **self.once)

    def delete(self, request):
        rounds.wait(person=self.person, **self.once)


class ForgetView(BoardView):
    """Deleting single scores of marks that are agreed on."""

    def post(self, request):
        rounds.forget_scores(person=self.person, **self.once)


class RoundView(BoardView):
    """Starting a round."""

    def put(self, request, number):
        rounds.start_round(person=self.person, number=number, **self.once)


class SheetView(BoardView):
    """The answers of somebody who wrote them on paper."""

    def post(self, request):
        joining.key_in(person=self.person, locale=self.locale, **self.read(asked_for.Sheet), **self.once)


class HandOverView(ScoringView):
    """Letting the next person answer on the same device. Afterwards the token of whoever asked works no more."""

    def post(self, request):
        given, once, token = self.read(asked_for.HandOver), self.once, bearer(request.META)
        tokens, holder = joining.tokens_to_hand_over(token, once["write"]), holder_of(token)
        if holder and holder.person:
            joining.hand_over(person=holder.person, tokens=tokens, **given, **once)
        elif holder_of(tokens.following) is None:
            raise Unable("gone")
        return Response(
            {"token": tokens.following, "taken_token": tokens.taken if given["takes_link"] else ""}, status=201
        )


class MeView(BoardView):
    """Whoever asks: their name and language, and leaving with all that they said."""

    def put(self, request):
        joining.rename(person=self.person, **self.read(asked_for.Me), **self.once)

    def delete(self, request):
        joining.leave(person=self.person, **self.once)


class JoiningView(BoardView):
    """Whether more people may join: for anybody of the group."""

    def put(self, request):
        is_open = self.read(asked_for.Joining)["open"]
        boards.set_joining(board=self.holder.board, is_open=is_open, **self.once)


class CodeView(BoardView):
    """A new code to join with: for anybody of the group."""

    def post(self, request):
        boards.new_code(board=self.holder.board, **self.once)


class LinkView(BoardView):
    """A new link to join with, in the place of one that went too far: for the keeper."""

    def post(self, request):
        boards.new_link(board=self.kept, **self.once)


class EndView(BoardView):
    """For how long a board is kept: for anybody of the group."""

    def put(self, request):
        boards.keep_for(board=self.holder.board, **self.read(asked_for.Keep), **self.once)
