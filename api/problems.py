"""One shape for every error of the API: problem details, RFC 9457."""

import json

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"
ADDRESS = "/api/v1/problems/"

SENTENCES = {
    404: "There is nothing at this address. The start of the API, /api/v1/, lists what there is.",
    410: "What was at this address has been taken away. The start of the API, /api/v1/, lists what there is.",
    429: "Too many questions have come from your network. Try again after the seconds that Retry-After says.",
    503: "This is not ready yet. Try again in a minute.",
    500: "Something went wrong here, and it is not your doing. Try again in a minute.",
    405: "This address can only be read: use GET or HEAD.",
}
TITLES = {
    400: "Bad request",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    410: "Gone",
    429: "Too many requests",
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
    """What is asked for will be there, but is not yet."""

    status_code = 503


def problem(code: int, detail: str = "", errors: list[dict] | None = None) -> dict:
    """Give the problem document for an HTTP status; `errors` are those of the parameters of a query."""
    title = TITLES.get(code, "Something went wrong")
    kind = title.lower().replace(" ", "-")
    described = {"type": f"{ADDRESS}{kind}", "title": title, "status": code, "detail": SENTENCES.get(code, detail)}
    return Problem(described | ({"errors": errors} if errors else {})).data


def problem_response(error: Exception, context: dict) -> Response | None:
    """Turn an exception in a view of the API into a problem: Django REST framework's `EXCEPTION_HANDLER`."""
    response = exception_handler(error, context)
    if response is None:
        return None
    detail = str(error.detail) if isinstance(error, APIException) else str(error)
    response.data = problem(response.status_code, detail, getattr(error, "errors", None))
    response.content_type = MEDIA_TYPE
    response["Access-Control-Allow-Origin"] = "*"
    return response


def plain_problem(code: int) -> HttpResponse:
    """Answer with a problem where Django REST framework has no part in it."""
    headers = {"Access-Control-Allow-Origin": "*"}
    return HttpResponse(json.dumps(problem(code)), status=code, content_type=MEDIA_TYPE, headers=headers)
