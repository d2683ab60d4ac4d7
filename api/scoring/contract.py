"""What the contract says of boards: each method of a view says it of itself, and the rest is the same for all."""

from collections.abc import Callable

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema

from api.scoring.shapes import BoardProblem

TAG = "boards"
SECURITY = "boardToken"
ONCE = "Idempotency-Key"
SCHEMES = {
    SECURITY: {
        "type": "http",
        "scheme": "bearer",
        "description": "What was given to whoever opened or joined a board. It is the power over it: keep it secret.",
    }
}
NAMED = OpenApiParameter(
    ONCE,
    OpenApiTypes.UUID,
    OpenApiParameter.HEADER,
    required=True,
    description="A UUID that you make for this change. Sent again with it, the change is not made again.",
)


def described(
    name: str, summary: str, *, reads=None, gives=None, status: int = 204, once: bool = True, token: bool = True
) -> Callable:
    """Say of a method of a view what it reads and gives.

    `gives` is a shape, or {media type: shape}; `once` says that a change is named, `token` that a token is shown.
    """
    given = gives if isinstance(gives, dict) else {"application/json": gives}
    return extend_schema(
        operation_id=name,
        summary=summary,
        tags=[TAG],
        request=reads,
        responses={(status, media): shape for media, shape in given.items()} | ({409: BoardProblem} if once else {}),
        parameters=[NAMED] if once else [],
        auth=[{SECURITY: []}] if token else [],
    )


def errors_of(operation: dict, method: str) -> list[int]:
    """Give the statuses with which an operation can be refused."""
    if method == "get":
        return [401, 404, 406, 500, 503]
    known = [400, 403, 404, 409, 500, 503]
    known += [413, 415] if "requestBody" in operation else []
    # Who has no token may be a stranger, and is counted.
    return known + ([401] if operation.get("security") else [429])


def is_about_boards(operation: dict) -> bool:
    """Tell whether an operation of the contract is about boards."""
    return TAG in operation.get("tags", ())
