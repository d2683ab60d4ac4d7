"""Every address that there is, for the crawl to begin at: of each route one that is about something."""

from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from tests.cms.roles import bulk
from tests.cms.roles.addresses import address_of, every_route, routes
from tests.cms.roles.doors import Behind

ADMINISTRATOR, ANONYMOUS = "administrator", "anonymous"
# Answered before any address is looked up.
OF_OPERATORS = ("healthz", "livez", "readyz", "metrics")


@dataclass(frozen=True)
class Place:
    """An address of a route, and what is sent there by each method."""

    route: str
    address: str
    sent: dict[str, dict] = field(default_factory=dict)
    is_json: bool = False


def places(about: dict, there: Behind) -> list[Place]:
    """Give at least one address of every route there is."""
    token = next(iter(there.tokens.values()))
    found = [Place(route, address_of(route, about)) for route in routes()]
    found += [Place(door.route, door.address.format(mine=token), door.sent, door.is_json) for door in there.doors]
    found += [
        Place(
            "admin/bulk/<str:app_label>/<str:model_name>/<str:action>/",
            bulk.address(action, about),
            {"post": bulk.form(about)},
        )
        for action in bulk.actions()
    ]
    return [*found, *(Place(name, f"/{name}") for name in OF_OPERATORS)]


def route_of(path: str) -> str:
    """Give the route that answers at a path, as `every_route` names it; nothing where none does."""
    code = get_language_from_path(path) or settings.LANGUAGE_CODE
    with override(code):
        try:
            found = resolve(path).route
        except Resolver404:
            return ""
    return known().get(found.replace(f"{code}/", "en/", 1) if found.startswith(f"{code}/") else found, "")


@cache
def known() -> dict[str, str]:
    """Give every route by what Django calls it once it has found it: a pattern without the ^ before it."""
    return {route.replace("^", ""): route for route in every_route()}
