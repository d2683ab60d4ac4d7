"""Reads a page, saved or not: its passages, and what else an editor should hear of."""

from collections.abc import Collection, Iterator

from bs4 import BeautifulSoup

from toolkit.consent import Consent, Naming
from toolkit.models import Quote
from toolkit.models.home import PROMPTS
from toolkit.plain_language.passages import (
    HEADING,
    ITEM,
    LABEL,
    LINK,
    NOTE,
    PARAGRAPH,
    QUOTE,
    SUMMARY,
    TIP,
    TITLE,
    Finding,
    Passage,
)

NO_ALT, NO_CONSENT = "no-alt", "no-consent"
HOLDERS = ["p", "li", "h3", "h4"]
# Fields of plain text, and what they are.
PLAIN = {
    "summary": SUMMARY,
    **{f"prompt_{name}": PARAGRAPH for name in PROMPTS},
    "time": LABEL,
    "group_size": LABEL,
    "source": LABEL,
}
RICH = {"meaning": PARAGRAPH, "words": QUOTE}
# Of the blocks of a body: which of their parts hold words, and what they are. What a report says and what is said in
# a film are other people's own words.
TEXTS = {"text": PARAGRAPH, "tip": TIP, "note": NOTE}
PARTS = {
    "image": {"alt": (LABEL, False), "caption": (LABEL, False)},
    "media": {"title": (LABEL, False), "transcript": (QUOTE, True)},
    "citation": {"text": (QUOTE, True)},
    "pair": {"text": (PARAGRAPH, True)},
}


def passages_of(page) -> list[Passage]:
    """Give the passages of a page in the order of its form; `place` is where in the form each stands."""
    lang = page.locale.language_code
    found = [Passage("title", TITLE, page.title or "", lang)]
    for name, kind in PLAIN.items():
        if text := getattr(page, name, ""):
            found.append(Passage(name, kind, text, lang))
    for name, kind in RICH.items():
        found += _rich(name, kind, getattr(page, name, ""), lang)
    if hasattr(page, "body"):
        found += _body(page, lang)
    for one in page.attributions:
        if one.thanks:
            found.append(Passage(_place_of(one, "thanks"), PARAGRAPH, one.thanks, lang))
    return found


def _body(page, lang: str) -> Iterator[Passage]:
    in_source = page.blocks_in_source()
    for item in page.body.get_prep_value():
        place, value = f"body.{item['id']}", item["value"]
        here = in_source.get(item["id"], {}).get("lang", lang)
        if kind := TEXTS.get(item["type"]):
            yield from _rich(place, kind, value, here)
        for name, (kind, is_rich) in PARTS.get(item["type"], {}).items():
            text = value.get(name) or ""
            if is_rich:
                yield from _rich(f"{place}.{name}", kind, text, here)
            elif text:
                yield Passage(f"{place}.{name}", kind, text, here)


def _rich(place: str, kind: str, html: str | None, lang: str) -> Iterator[Passage]:
    """Give the paragraphs, items and headings of rich text, each followed by the words of its links."""
    soup = BeautifulSoup(html or "", "lxml")
    for line_end in soup.find_all("br"):
        line_end.replace_with("\n")
    for element in soup.find_all(HOLDERS):
        if element.name == "p" and element.find_parent("li"):
            continue
        here = element.get("lang") or lang
        text = _own_text(element)
        is_heading = element.name in ("h3", "h4") and kind != QUOTE
        what = HEADING if is_heading else ITEM if element.name == "li" and kind == PARAGRAPH else kind
        yield Passage(place, what, text, here, level=int(element.name[1]) if is_heading else 0)
        if kind != QUOTE:
            for link in element.find_all("a"):
                if _list(link) is _list(element):
                    yield Passage(place, LINK, link.get_text(), here)


def _own_text(element) -> str:
    """Give the words of an element, without those of a list within it."""
    return "".join(part for part in element.find_all(string=True) if _list(part) is _list(element)).strip()


def _list(element):
    """Give the list that something stands in, else the text as a whole."""
    return element.find_parent(["ul", "ol", "body"])


def other_findings(page, without_consent: Collection[int]) -> list[Finding]:
    """Give what else an editor should hear of: pictures without words, and words without consent.

    `without_consent` has the ids of the quotes that may not be public.
    """
    found = []
    for item in page.body.get_prep_value() if hasattr(page, "body") else ():
        place, value = f"body.{item['id']}", item["value"]
        if item["type"] == "image" and not value.get("alt") and not value.get("decorative"):
            found.append(Finding(NO_ALT, f"{place}.alt"))
        if item["type"] == "quote" and value in without_consent:
            found.append(Finding(NO_CONSENT, place, figures={"of": "body"}))
    for one in page.attributions:
        if not one.may_be_public:
            of = "quote" if one is page else "credit"
            found.append(Finding(NO_CONSENT, _place_of(one, "consent"), figures={"of": of, "name": one.name}))
    return found


def _place_of(attribution, name: str) -> str:
    """Give the place of a field of a page's own attribution, or of one of its credits."""
    if isinstance(attribution, Quote):
        return name
    return f"credits.{attribution.pk}.{name}" if attribution.pk else "credits"


def quotes_without_consent() -> set[int]:
    """Give the ids of the quotes that may not be public."""
    rows = Quote.objects.exclude(consent=Consent.GIVEN).values_list("pk", "naming", "consent")
    return {pk for pk, naming, consent in rows if naming != Naming.ILLUSTRATIVE or consent == Consent.WITHDRAWN}
