"""Whose films a page may show: one table. No address is ever asked for; all is worked out from its letters.

The frames of this table, and no others, are let in by the policy of pages: see api/headers.py.
"""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

# An address of somebody's may be longer, but none of a film is.
LONGEST = 400


@dataclass(frozen=True)
class Provider:
    """A site with films: how its addresses look, from the host on, and which frame shows one of its films.

    `frame` takes what a pattern has found by its names. The names may be in the query, too: `in_query`.
    """

    name: str
    hosts: tuple[str, ...]
    paths: tuple[str, ...]
    origin: str
    frame: str
    in_query: tuple[tuple[str, str, str], ...] = ()


YOUTUBE_FILM = r"(?P<film>[A-Za-z0-9_-]{11})"
VIMEO_FILM, VIMEO_KEY = r"(?P<film>\d{1,12})", r"(?P<key>[0-9a-f]{6,20})"
PROVIDERS = (
    # Its frame without cookies; at the end of a film, others of the same people alone.
    Provider(
        name="YouTube",
        hosts=("youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com", "youtu.be"),
        paths=(rf"/(?:(?:embed|shorts|live)/)?{YOUTUBE_FILM}/?", r"/watch/?"),
        in_query=(("v", "film", YOUTUBE_FILM),),
        origin="https://www.youtube-nocookie.com",
        frame="/embed/{film}?rel=0",
    ),
    # `dnt`: it is not to track whoever looks. A film that is not listed there has a key in its address.
    Provider(
        name="Vimeo",
        hosts=("vimeo.com", "www.vimeo.com", "player.vimeo.com"),
        paths=(
            rf"/{VIMEO_FILM}(?:/{VIMEO_KEY})?/?",
            rf"/video/{VIMEO_FILM}/?",
            rf"/(?:channels/[\w-]+|groups/[\w-]+/videos|showcase/\d+/video)/{VIMEO_FILM}/?",
        ),
        in_query=(("h", "key", VIMEO_KEY),),
        origin="https://player.vimeo.com",
        frame="/video/{film}?dnt=1",
    ),
)
NAMES = " / ".join(one.name for one in PROVIDERS)
ORIGINS = tuple(one.origin for one in PROVIDERS)


def player_of(address: str) -> dict | None:
    """Give who has the film at an address, and the address of the frame that shows it: `{"provider", "src"}`.

    None where it is no film of a listed provider.
    """
    parts = _parts(address)
    provider = parts and next((one for one in PROVIDERS if parts.hostname in one.hosts), None)
    said = provider and _said(provider, parts)
    if not said or "film" not in said:
        return None
    key = f"&h={said['key']}" if said.get("key") else ""
    return {"provider": provider.name, "src": f"{provider.origin}{provider.frame.format(film=said['film'])}{key}"}


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        is_plain = parts.scheme in ("http", "https") and parts.port in (None, 80, 443) and not parts.username
    except ValueError:
        return None
    return parts if is_plain and len(address) <= LONGEST else None


def _said(provider: Provider, parts: SplitResult) -> dict | None:
    """Give what an address says of a film: its number, and its key where it has one."""
    found = next((match for path in provider.paths if (match := re.fullmatch(path, parts.path, re.ASCII))), None)
    if found is None:
        return None
    asked = parse_qs(parts.query)
    in_query = {
        name: asked[field][0]
        for field, name, pattern in provider.in_query
        if field in asked and re.fullmatch(pattern, asked[field][0])
    }
    return in_query | {name: value for name, value in found.groupdict().items() if value}
