"""Filters for the public templates: each takes a piece of a document and gives words or attributes."""

from django import template
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_info

register = template.Library()

# Django's own form for "en" is American. All other languages keep theirs.
DAY_FORMATS = {"en": "j F Y"}
# So many things of a kind stand on a page that leads to the rest of them.
BEGINNING = 20


@register.filter
def is_foreign_to(thing: dict, document: dict) -> bool:
    """Tell whether a mention or block is in another language than the document that it stands in."""
    return bool(thing.get("lang")) and thing["lang"] != document["lang"]


@register.filter
def language_attributes(thing: dict, document: dict) -> str:
    """Give ` lang="…" dir="…"` for a mention or block in another language than its document, else nothing."""
    if not is_foreign_to(thing, document):
        return ""
    return format_html(' lang="{}" dir="{}"', thing["lang"], thing["dir"])


@register.filter
def current(mention: dict, document: dict) -> str:
    """Give ` aria-current="…"` for a link to the document itself ("page") or to a page above it ("true")."""
    if mention["path"] == document["path"]:
        return format_html(' aria-current="{}"', "page")
    if mention["path"] in {above["path"] for above in document.get("ancestors", [])}:
        return format_html(' aria-current="{}"', "true")
    return ""


@register.filter
def path_in(alternates: list[dict], locale: str) -> str:
    """Give the address of the alternate in a locale, or "" when there is none."""
    return next((other["path"] for other in alternates or [] if other["locale"] == locale), "")


@register.filter
def language_name(code: str) -> str:
    """Give the name of a language in the reader's language, or the code of one that Django does not know."""
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code


@register.filter
def day(moment: str) -> str:
    """Give the day of an ISO 8601 UTC time, in words of the reader's language; always the day in UTC."""
    return date_format(parse_datetime(moment).date(), DAY_FORMATS.get(get_language(), "DATE_FORMAT"))


@register.filter
def raise_headings(html: str) -> str:
    """Give rich text with its headings one level up.

    Documents start theirs at h3, so that a page that embeds one keeps its own h1 and h2. Here the text stands
    right below the page's h1. Rich text comes sanitised: its headings carry no attributes.
    """
    for level in (3, 4):
        html = html.replace(f"<h{level}>", f"<h{level - 1}>").replace(f"</h{level}>", f"</h{level - 1}>")
    return html


@register.filter
def begun(things: list, asked: dict | None) -> list:
    """Give the first of many things; on a page that nothing can be asked of, all of them."""
    return things[:BEGINNING] if asked else things
