"""Routes: what a request asked for, by its pattern and never by its address, which may hold a token or a name."""

from django.conf import settings
from django.http import HttpRequest

# Of a request: the class of its route, the route itself, and the name by which the log knows the request.
CLASS, ROUTE, REQUEST_ID = "mark.class", "mark.route", "mark.request_id"

# What operators ask; answered before anything else.
DOORS = {"/healthz": "health", "/livez": "health", "/readyz": "health", "/metrics": "metrics"}
# The class of a route, by which requests are counted, by how its pattern begins.
CLASSES = {
    "admin/": "admin",
    "draft/": "drafts",
    "api/v1/drafts/": "drafts",
    "api/v1/board": "scoring_api",
    "api/": "api",
    "^media/": "media",
    "^(?:assets/": "released",
}
# And by what follows the language in front.
IN_A_LANGUAGE = {"score/": "scoring_pages", "embed/": "widget", "give/": "offers", "feedback/": "feedback"}
# What is answered from the release before Django is asked, and what a device is told of its board.
RELEASED, POLL = "released", "scoring_poll"
# The admin's stylesheets and scripts; what leads nowhere.
STATIC, NOWHERE = "static", "nowhere"
SITE = "site"


def class_of(request: HttpRequest) -> str:
    """Give the class of the route that a request took."""
    if door := DOORS.get(request.path_info):
        return door
    match = getattr(request, "resolver_match", None)
    if match:
        return class_of_pattern(match.route)
    return STATIC if request.path_info.startswith(settings.STATIC_URL) else NOWHERE


def class_of_pattern(pattern: str) -> str:
    """Give the class of the routes with a pattern, such as "scoring_pages" of "en/score/board/<token:token>/"."""
    for start, name in CLASSES.items():
        if pattern.startswith(start):
            return name
    behind = pattern.partition("/")[2]
    return next((name for start, name in IN_A_LANGUAGE.items() if behind.startswith(start)), SITE)


def route_of(request: HttpRequest) -> str:
    """Give the name of the route that a request took, else its pattern; where it took none, its class."""
    match = getattr(request, "resolver_match", None)
    if match:
        return (match.url_name and match.view_name) or match.route or "/"
    return request.path_info if request.path_info in DOORS else class_of(request)
