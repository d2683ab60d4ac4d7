"""One shape for every error of the API: problem details, RFC 9457."""

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"
ADDRESS = "/api/v1/problems/"

SENTENCES = {
    400: "This server does not understand this request. Look at its address and its headers.",
    401: "Show a token that has the power to do this: Authorization: Bearer …",
    403: "Your token gives no power to do this.",
    404: "There is nothing at this address. The start of the API, /api/v1/, lists what there is.",
    410: "What was at this address has been taken away. The start of the API, /api/v1/, lists what there is.",
    429: "Too many questions have come from your network. Try again after the seconds that Retry-After says.",
    503: "This is not ready yet. Try again in a minute.",
    500: "Something went wrong here, and it is not your doing. Try again in a minute.",
    405: "This address does not take this method. The header Allow says which it takes.",
    406: "The API speaks JSON only. Ask for application/json, or leave the Accept header out.",
    409: "This cannot be done as things stand now. The sentence here says why, and what to do.",
    413: "This is more than the API takes. It only ever takes a few words at a time.",
    415: "The API reads JSON only. Say so in the header Content-Type: application/json.",
}
TITLES = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    410: "Gone",
    413: "Content too large",
    415: "Unsupported media type",
    429: "Too many requests",
    500: "Something went wrong",
    503: "Not ready",
}


class WrongParameter(serializers.Serializer):
    """What is wrong with one parameter of a query."""

    parameter = serializers.CharField()
    detail = serializers.CharField(help_text="What it may say, in a sentence.")


class Problem(serializers.Serializer):
    """An error, in words for a person and with a stable type for a program."""

    type = serializers.CharField(help_text="Stable name of this kind of problem.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What happened and what to do, in a sentence.")
    errors = WrongParameter(many=True, required=False, help_text="Each parameter that is wrong, on a 400.")


class BadParameters(APIException):
    """A query cannot be answered. `errors` is a list of {"parameter", "detail"}."""

    status_code = 400

    def __init__(self, errors: list[dict]):
        super().__init__(" ".join(error["detail"] for error in errors))
        self.errors = errors


class NotReady(APIException):
    """What is asked for will be there, but is not yet: `wait` says in how many seconds to try again."""

    status_code = 503
    wait = 60


class TooLarge(APIException):
    """What was sent is more than the API takes."""

    status_code = 413


def problem(code: int, detail: str = "", errors: list[dict] | None = None) -> dict:
    """Give the problem document for an HTTP status: in the words of `detail`, else in those that we have for it.

    `errors` are those of the parameters of a query.
    """
    title = TITLES.get(code, TITLES[500])
    kind = title.lower().replace(" ", "-")
    described = {"type": f"{ADDRESS}{kind}", "title": title, "status": code, "detail": detail or SENTENCES[code]}
    return Problem(described | ({"errors": errors} if errors else {})).data


def problem_response(error: Exception, context: dict) -> Response | None:
    """Turn an exception in a view of the API into a problem: Django REST framework's `EXCEPTION_HANDLER`."""
    response = exception_handler(error, context)
    if response is None:
        return None
    errors = getattr(error, "errors", None)
    has_own_words = errors or response.status_code not in SENTENCES
    response.data = problem(response.status_code, str(response.data["detail"]) if has_own_words else "", errors)
    response.content_type = MEDIA_TYPE
    response["Access-Control-Allow-Origin"] = "*"
    return response


def plain_problem(code: int, headers: dict[str, str] | None = None) -> HttpResponse:
    """Answer with a problem where Django REST framework has no part in it."""
    headers = {"Access-Control-Allow-Origin": "*", **(headers or {})}
    body = JSONRenderer().render(problem(code))
    return HttpResponse(body, status=code, content_type=MEDIA_TYPE, headers=headers)
