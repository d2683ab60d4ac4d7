"""Filters for the public templates: each takes a piece of a document and gives words or attributes."""

import json

from django import template
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_info, to_locale

from toolkit.changing import PARTS
from toolkit.contents import contents, on_page, shared
from toolkit.explaining import explained
from toolkit.sharing import card
from toolkit.structured_data import structured_data

register = template.Library()

# Django's own form for "en" is American. All other languages keep theirs.
DAY_FORMATS = {"en": "j F Y"}
# Where a code of ours names no country: as those who read Open Graph know the language.
OG_LOCALES = {"en": "en_GB", "cy": "cy_GB", "ar": "ar_AR", "es": "es_ES"}
# So many things of a kind stand on a page that leads to the rest of them.
BEGINNING = 20
# A page with so many headings is longer than a screen or two.
LONG = 6


@register.filter
def is_foreign_to(thing: dict, document: dict) -> bool:
    """Tell whether a mention or block is in another language than the document that it stands in."""
    return bool(thing.get("lang")) and thing["lang"] != document["lang"]


@register.filter
def has_film(document: dict) -> bool:
    """Tell whether a film of another site can be shown on the page of a document."""
    return any(block.get("player") and not block.get("src") for block in document.get("body") or [])


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
def part_words(name: str) -> str:
    """Give what readers call a part of a page, or its name as it is where it is none of ours."""
    return PARTS.get(name, name)


@register.filter
def json_ld(document: dict, address: str) -> str:
    """Give what a document is as JSON-LD for a script element; nothing in it can end that element."""
    text = json.dumps(structured_data(document, address), ensure_ascii=False, sort_keys=True)
    return mark_safe(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


@register.filter
def shared_picture(document: dict, site: dict) -> dict | None:
    """Give what a page says of the picture that others show of it, None where it has none."""
    return card.shared_picture(document, site)


@register.filter
def in_og(locale: str) -> str:
    """Give a locale as Open Graph names it: with a country, also where the language is that of several."""
    return OG_LOCALES.get(locale) or to_locale(locale)


@register.filter
def blocks(document: dict) -> list[dict]:
    """Give the blocks of a document as they stand on its page: parts with ids, terms leading to their meaning."""
    return on_page(explained(document), document["body"])


@register.filter
def shared_parts(document: dict) -> list[dict]:
    """Give the headings, paragraphs and quotes of a document, as links lead to them."""
    return shared(document)


@register.filter
def parts(document: dict) -> list[dict]:
    """Give the main headings of a document that is long enough for readers to want a way to each, else []."""
    found = contents(document)
    return found if len(found) >= LONG else []


@register.filter
def whole_number(text: str) -> int | None:
    """Give the number that a text says, None where it says none."""
    return int(text) if text.isdecimal() else None


@register.filter
def begun(things: list, asked: dict | None) -> list:
    """Give the first of many things; on a page that nothing can be asked of, all of them."""
    return things[:BEGINNING] if asked else things
