"""The pages of a list: which part of it each one holds, and where the others are. Pure rules."""

from urllib.parse import urlencode

PER_PAGE = 20
MOST_PER_PAGE = 100
# How RFC 8288 names the ways to other pages.
RELATIONS = {"previous": "prev", "next": "next"}


def list_page(
    address: str,
    results: list[dict],
    *,
    count: int,
    number: int = 1,
    per_page: int = PER_PAGE,
    filters: dict[str, str] | None = None,
) -> dict:
    """Give a page of a list as the API shows it. `count` is that of all pages, `number` starts at 1."""
    last = page_count(count, per_page)

    def at(other: int) -> str | None:
        return page_address(address, other, per_page, filters or {}) if 1 <= other <= last else None

    return {"count": count, "next": at(number + 1), "previous": at(number - 1), "results": results}


def page_count(count: int, per_page: int) -> int:
    """Give how many pages a list has: an empty one has one page, which is empty."""
    return max(1, -(-count // per_page))


def page_address(address: str, number: int, per_page: int, filters: dict[str, str]) -> str:
    """Give the one address of a page: what is as always is left out of it."""
    query = {name: value for name, value in filters.items() if value}
    query |= {"page": number} if number > 1 else {}
    query |= {"per_page": per_page} if per_page != PER_PAGE else {}
    return f"{address}?{urlencode(query)}" if query else address


def link_header(page: dict) -> str:
    """Give the Link header (RFC 8288) of a page of a list, "" where there is no other page."""
    return ", ".join(f'<{page[way]}>; rel="{name}"' for way, name in RELATIONS.items() if page[way])
