"""The addresses of the JSON API of scoring boards: each reads what was sent, makes one call, and answers."""

from django.http import HttpResponse
from django.utils import timezone, translation
from drf_spectacular.types import OpenApiTypes
from rest_framework.exceptions import NotFound, Throttled
from rest_framework.response import Response

from api.content.answers import ByAddress
from api.content.negotiation import is_known
from api.scoring import limits
from api.scoring import requests as asked_for
from api.scoring.base import BoardView, ScoringView
from api.scoring.contract import described
from api.scoring.exports.bring_back import LARGEST, BoardFile, bring_back, checked_file
from api.scoring.exports.files import FILES
from api.scoring.exports.views import file_of
from api.scoring.holders import board_to_join, board_with_code, holder_of
from api.scoring.models import Board
from api.scoring.polling import bearer, etag, hints_of
from api.scoring.rules import Unable
from api.scoring.services import answers, boards, ending, joining, rounds
from api.scoring.shapes import BoardDocument
from api.scoring.state import board_state, wording_of

EXPORTED = {
    FILES["csv"][0].partition(";")[0]: OpenApiTypes.STR,
    FILES["xlsx"][0]: OpenApiTypes.BINARY,
    FILES["json"][0]: BoardFile,
}


class OpenBoardView(ScoringView):
    """Opening a board."""

    @described(
        "open_board", "Open a board", reads=asked_for.OpenBoard, gives=asked_for.OpenedBoard, status=201, token=False
    )
    def post(self, request):
        if seconds := limits.seconds_to_wait_to_open(request.META):
            raise Throttled(seconds)
        given = self.read(asked_for.OpenBoard)
        with_keeper = given.pop("with_keeper")
        opened = boards.open_board(**given, **self.once)
        return Response({"token": opened.take_part, "keeper_token": opened.keep if with_keeper else ""}, status=201)


class JoinView(ScoringView):
    """Joining a board, by link or code."""

    @described(
        "join_board",
        "Join a board, by its link or its code",
        reads=asked_for.JoinBoard,
        gives=asked_for.JoinedBoard,
        status=201,
        token=False,
    )
    def post(self, request):
        given = self.read(asked_for.JoinBoard)
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

    @described(
        "bring_board_back",
        "Make a board of the file of another",
        reads=asked_for.BringBoardBack,
        gives=asked_for.OpenedBoard,
        status=201,
        token=False,
    )
    def post(self, request):
        if seconds := limits.seconds_to_wait_to_open(request.META):
            raise Throttled(seconds)
        given = self.read(asked_for.BringBoardBack)
        opened = bring_back(**given | {"file": checked_file(given["file"])}, **self.once)
        return Response({"token": opened.take_part, "keeper_token": opened.keep}, status=201)


class ExportView(BoardView):
    """The board as a file: CSV, XLSX or JSON."""

    content_negotiation_class = ByAddress

    @described("export_board", "The board as a file to take away", gives=EXPORTED, status=200, once=False)
    def get(self, request, kind):
        if kind not in FILES:
            raise NotFound
        return file_of(self.holder.board, kind, self.locale)


class StateView(BoardView):
    """The board as whoever asks may see it."""

    @described("get_board", "The board as you may see it", gives=BoardDocument, status=200, once=False)
    def get(self, request):
        board, person = self.holder.board, self.holder.person
        wording = wording_of(board.pk, board.shape, self.locale)
        tag = etag(board.version, person.version if person else 0, self.locale, wording)
        headers = hints_of(tag, board.changed_at)
        if is_known(request.headers.get("If-None-Match", ""), tag):
            return HttpResponse(status=304, headers=headers)
        return Response(board_state(self.holder, locale=self.locale, now=timezone.now()), headers=headers)

    @described("delete_board", "Delete the board: for its keeper", once=False)
    def delete(self, request):
        ending.delete_board(board=self.kept)


class AnswerView(BoardView):
    """What whoever asks answers for a mark."""

    @described("give_answer", "Answer for a mark", reads=asked_for.GiveAnswer)
    def put(self, request, mark):
        answers.answer(person=self.person, mark=mark, **self.read(asked_for.GiveAnswer), **self.once)

    @described("take_answer_back", "Take your answer for a mark back")
    def delete(self, request, mark):
        answers.take_back(person=self.person, mark=mark, **self.once)


class NoteView(BoardView):
    """A snake, a ladder or an action."""

    @described("write_note", "Write down a snake, a ladder or an action", reads=asked_for.WriteNote)
    def put(self, request, note):
        answers.write_note(person=self.person, note=note, **self.read(asked_for.WriteNote), **self.once)

    @described("delete_note", "Delete a snake, a ladder or an action")
    def delete(self, request, note):
        answers.delete_note(person=self.person, note=note, **self.once)


class MarkView(BoardView):
    """A mark of the group's own."""

    @described("add_mark", "Add a mark of the group’s own", reads=asked_for.AddMark)
    def put(self, request, mark):
        answers.add_mark(person=self.person, mark=mark, **self.read(asked_for.AddMark), **self.once)

    @described("take_mark_off", "Take a mark of the group’s own off the board")
    def delete(self, request, mark):
        answers.take_mark_off(person=self.person, mark=mark, **self.once)


class AgreedView(BoardView):
    """What the group agrees on for a mark."""

    @described("agree", "Put down what the group agrees on", reads=asked_for.Agree)
    def put(self, request, mark):
        rounds.agree(person=self.person, mark=mark, **self.read(asked_for.Agree), **self.once)


class DissentView(BoardView):
    """What some of the group would say instead."""

    @described("write_dissent", "Keep what some would say instead", reads=asked_for.WriteDissent)
    def put(self, request, dissent):
        rounds.dissent(person=self.person, dissent=dissent, **self.read(asked_for.WriteDissent), **self.once)

    @described("delete_dissent", "Delete what you would say instead")
    def delete(self, request, dissent):
        rounds.delete_dissent(person=self.person, dissent=dissent, **self.once)


class ShowView(BoardView):
    """Showing the scores: asking, saying yes, or saying that it is too early."""

    @described("show_scores", "Ask to show the scores, or say yes to it")
    def post(self, request):
        rounds.show(person=self.person, **self.once)

    @described("do_not_show_yet", "Say that it is too early to show the scores")
    def delete(self, request):
        rounds.wait(person=self.person, **self.once)


class ForgetView(BoardView):
    """Deleting single scores of marks that are agreed on."""

    @described("forget_scores", "Delete single scores of marks that are agreed on")
    def post(self, request):
        rounds.forget_scores(person=self.person, **self.once)


class RoundView(BoardView):
    """Starting a round."""

    @described("start_round", "Start the next round")
    def put(self, request, number):
        rounds.start_round(person=self.person, number=number, **self.once)


class SheetView(BoardView):
    """The answers of somebody who wrote them on paper."""

    @described("key_in", "Add the answers of somebody who wrote them on paper", reads=asked_for.PaperSheet)
    def post(self, request):
        joining.key_in(person=self.person, locale=self.locale, **self.read(asked_for.PaperSheet), **self.once)


class HandOverView(ScoringView):
    """Letting the next person answer on the same device. Afterwards the token of whoever asked works no more."""

    @described(
        "hand_over",
        "Let the next person answer on this device",
        reads=asked_for.HandOver,
        gives=asked_for.HandedOver,
        status=201,
    )
    def post(self, request):
        token = bearer(request.META)
        if not token:
            raise Unable("no-power")
        given, once = self.read(asked_for.HandOver), self.once
        tokens, holder = joining.tokens_to_hand_over(token, once["write"]), holder_of(token)
        if holder and holder.person:
            joining.hand_over(person=holder.person, tokens=tokens, **given, **once)
        elif holder_of(tokens.following) is None:
            raise Unable("no-power")
        return Response(
            {"token": tokens.following, "taken_token": tokens.taken if given["takes_link"] else ""}, status=201
        )


class MeView(BoardView):
    """Whoever asks: their name and language, and leaving with all that they said."""

    @described("rename_me", "Change your name and language", reads=asked_for.RenameMe)
    def put(self, request):
        joining.rename(person=self.person, **self.read(asked_for.RenameMe), **self.once)

    @described("leave_board", "Leave, and delete all that you said")
    def delete(self, request):
        joining.leave(person=self.person, **self.once)


class JoiningView(BoardView):
    """Whether more people may join: for anybody of the group."""

    @described("set_joining", "Let more people join, or no more", reads=asked_for.SetJoining)
    def put(self, request):
        is_open = self.read(asked_for.SetJoining)["open"]
        boards.set_joining(board=self.holder.board, is_open=is_open, **self.once)


class CodeView(BoardView):
    """A new code to join with: for anybody of the group."""

    @described("new_code", "Make a new code to join with")
    def post(self, request):
        boards.new_code(board=self.holder.board, **self.once)


class LinkView(BoardView):
    """A new link to join with, in the place of one that went too far: for the keeper."""

    @described("new_link", "Make a new link and code to join with: for the keeper")
    def post(self, request):
        boards.new_link(board=self.kept, **self.once)


class EndView(BoardView):
    """For how long a board is kept: for anybody of the group."""

    @described("keep_board", "Keep the board for longer", reads=asked_for.KeepBoard)
    def put(self, request):
        boards.keep_for(board=self.holder.board, **self.read(asked_for.KeepBoard), **self.once)


class NowhereView(ScoringView):
    """An address beside those of boards, at which there is nothing, whatever somebody wants to do there."""

    schema = None

    def http_method_not_allowed(self, request, *args, **kwargs):
        raise NotFound
