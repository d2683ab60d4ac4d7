"""Which addresses of the API will end, and how their answers say so: RFC 9745 (Deprecation) and RFC 8594 (Sunset)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from django.utils.http import http_date

# Whoever reads the API has so long to change what they built on it.
NOTICE = timedelta(days=365)
SAID_BY = ("Deprecation", "Sunset", "Link")


@dataclass(frozen=True)
class Deprecated:
    """From which day on nothing new should use an address, on which day it ends, and where that is explained.

    Raises ValueError where there is less than a year between the two.
    """

    since: date
    until: date
    explained_at: str

    def __post_init__(self):
        if self.until - self.since < NOTICE:
            raise ValueError(f"from {self.since} to {self.until} is less than {NOTICE.days} days' notice")

    @property
    def headers(self) -> dict[str, str]:
        """The headers that each answer has from now on."""
        return {
            "Deprecation": f"@{_seconds(self.since)}",
            "Sunset": http_date(_seconds(self.until)),
            "Link": f'<{self.explained_at}>; rel="deprecation"; type="text/html"',
        }


# By the address as the contract has it, such as "/api/v1/{locale}/terms/". Nothing of version 1 ends yet.
DEPRECATED: dict[str, Deprecated] = {}


def deprecation_headers(path: str) -> dict[str, str]:
    """Give the headers by which an answer says that its address will end, {} where it will not."""
    return next((end.headers for address, end in DEPRECATED.items() if _pattern(address).fullmatch(path)), {})


def add_headers(headers, more: dict[str, str]):
    """Put headers to those of an answer; links go on after those that are there, and nothing is said twice."""
    for name, value in more.items():
        before = headers.get(name) or ""
        if value not in before:
            headers[name] = f"{before}, {value}" if before else value


@cache
def _pattern(address: str) -> re.Pattern:
    return re.compile(re.sub(r"{\w+}", "[^/]+", address))


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
