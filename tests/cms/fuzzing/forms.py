"""The forms of a page, with what a browser would send if nobody wrote anything; and the links of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

# What is sent of a field, whatever stands in it.
UNSENT = {"submit", "button", "image", "reset", "file"}


@dataclass(frozen=True)
class Form:
    """A form that somebody finds: `fields` are (name, value), `files` the names of fields for files.

    `streams` are the names of bodies that are put together of blocks; scripts make their fields.
    """

    who: str
    route: str
    action: str
    method: str
    has_files: bool
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...]
    streams: tuple[str, ...]

    @property
    def key(self) -> tuple:
        """What makes it another form than those found before."""
        return (self.who, self.route, self.method, *sorted({name for name, _value in self.fields}), *self.files)


def parsed(content: bytes) -> BeautifulSoup:
    return BeautifulSoup(content, "lxml")


def forms(soup: BeautifulSoup, who: str, address: str, route_of) -> Iterator[Form]:
    """Give the forms of a page at an address that lead to this site; `route_of` gives the route of a path."""
    for form in soup.find_all("form"):
        action = urljoin(address, form.get("action") or address)
        route = "" if urlsplit(action).netloc else route_of(urlsplit(action).path)
        if route:
            yield Form(
                who,
                route,
                action,
                form.get("method", "get").upper(),
                form.get("enctype") == "multipart/form-data",
                tuple(fields(form)),
                tuple(one["name"] for one in form.select("input[type=file][name]")),
                tuple(
                    (one["name"], one.get("value", ""))
                    for one in form.select("button[name], input[type=submit][name]")
                ),
                tuple(one["id"] for one in form.select("[data-block][id]")),
            )


def fields(form: Tag) -> Iterator[tuple[str, str]]:
    seen = set()
    for one in form.select("input[name], textarea[name], select[name]"):
        name, kind = one["name"], one.get("type", "text")
        if one.name == "select":
            options = one.find_all("option")
            chosen = [option for option in options if option.has_attr("selected")] or options[:1]
            yield from ((name, option.get("value", option.text)) for option in chosen)
        elif one.name == "textarea":
            yield name, one.text
        elif kind in ("checkbox", "radio"):
            if one.has_attr("checked") or (kind == "radio" and name not in seen):
                yield name, one.get("value", "on")
        elif kind not in UNSENT:
            yield name, one.get("value", "")
        seen.add(name)


def links(soup: BeautifulSoup, address: str) -> Iterator[str]:
    """Give where the links of a page lead within this site: the path, and what is asked of it."""
    for link in soup.select("a[href]"):
        parts = urlsplit(urljoin(address, link["href"]))
        if not parts.netloc and not parts.scheme and parts.path.startswith("/"):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path
