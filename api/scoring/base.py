"""What all addresses of the JSON API of scoring boards have.

Whoever asks shows a token in the header `Authorization: Bearer …`; nothing here is public, and nothing may be kept by
caches. Every change carries `Idempotency-Key`, a UUID that whoever sends it made: sent again, it is not made again. A
change is answered with 204 when it is kept.
"""

import json
from uuid import uuid5

from django.http import HttpResponse
from django.utils import timezone, translation
from rest_framework.exceptions import ParseError
from rest_framework.response import Response

from api.content.answers import PREFLIGHT_KEPT, Readable
from api.problems import MEDIA_TYPE, BadParameters, problem
from api.scoring.contract import ONCE
from api.scoring.given import read_uuid
from api.scoring.holders import holder_of
from api.scoring.models import Board, Participant
from api.scoring.polling import HEADERS, bearer
from api.scoring.rules import Unable
from api.scoring.state import Holder, standing
from api.scoring.words import sentence, status_of

NOT_NAMED = f"“{ONCE}” must be a UUID that you made for this change."


class ScoringView(Readable):
    """An address of the scoring API, for scripts of any site."""

    holder: Holder | None = None
    # What was read of the request: of one that says all by its address, nothing.
    sent = None
    longest = 256 * 1024
    shared = HEADERS
    allowed = {
        "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE",
        "Access-Control-Allow-Headers": f"Authorization, Content-Type, If-None-Match, {ONCE}",
        "Access-Control-Max-Age": str(PREFLIGHT_KEPT),
    }

    def dispatch(self, request, *args, **kwargs):
        """Answer in the language of whoever asks, and leave that of the thread as it was."""
        with translation.override(translation.get_language()):
            return super().dispatch(request, *args, **kwargs)

    def read(self, shape) -> dict:
        """Give what was sent, in a shape. Raises BadParameters, which names what is wrong."""
        self.sent = self.request.data
        form = shape(data=self.sent)
        if not form.is_valid():
            raise BadParameters([{"parameter": name, "detail": first_of(said)} for name, said in form.errors.items()])
        return form.validated_data

    @property
    def once(self) -> dict:
        """The name of this change, whose content was read before, and the time. Raises BadParameters."""
        name = read_uuid(self.request.headers.get(ONCE, ""))
        if name is None:
            raise BadParameters([{"parameter": ONCE, "detail": NOT_NAMED}])
        # Another change by the same name, from a device that mixes them up, is another change, and not lost.
        content = json.dumps([self.request.method, self.request.path, self.sent], sort_keys=True)
        return {"write": uuid5(name, content), "now": timezone.now()}

    def handle_exception(self, error):
        """Say why something may not happen; after a conflict, with what stands there and what was sent."""
        if isinstance(error, RecursionError):
            # Nothing that a device sends is nested as deep as that.
            error = ParseError()
        if not isinstance(error, Unable):
            return super().handle_exception(error)
        body = {**problem(status_of(error.code), sentence(error.code)), "code": error.code}
        if error.current is not None:
            body |= {"current": standing(error.current, self.holder.person_id), "yours": self.request.data}
        headers = {"WWW-Authenticate": "Bearer"} if body["status"] == 401 else {}
        return Response(body, status=body["status"], headers=headers, content_type=MEDIA_TYPE)

    def finalize_response(self, request, response, *args, **kwargs):
        return super().finalize_response(request, response or nothing(), *args, **kwargs)


def nothing() -> HttpResponse:
    """Answer that a change is made, and kept."""
    response = HttpResponse(status=204)
    del response["Content-Type"]
    return response


def first_of(said) -> str:
    """Give the first sentence that is said of a field, however deep it stands."""
    while isinstance(said, dict | list):
        said = next(iter(said.values() if isinstance(said, dict) else said))
    return str(said)


class BoardView(ScoringView):
    """An address for those who hold a token of a board."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        # A browser asks what a page of another site may do, and shows no token with that.
        if request.method == "OPTIONS":
            return
        holder = holder_of(bearer(request.META))
        if holder is None:
            raise Unable("no-power")
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
