"""What is said of each finding, in plain words; and the names of the places that it may be in."""

import re

from django.utils.text import capfirst
from django.utils.translation import get_language_bidi, gettext, gettext_lazy, ngettext

from cms.plain_language.reading import NO_ALT, NO_CONSENT
from toolkit.blocks import Body
from toolkit.plain_language.passages import (
    ACRONYM,
    EMPTY_LINK,
    HARD_SENTENCE,
    HARD_TEXT,
    HEADING_ORDER,
    JARGON,
    LONG_WORD,
    Finding,
)

# The kinds of findings, in the order in which they are shown.
KINDS = {
    NO_CONSENT: gettext_lazy("Consent"),
    HARD_SENTENCE: gettext_lazy("Long sentences"),
    JARGON: gettext_lazy("Words that many do not know"),
    ACRONYM: gettext_lazy("Letters that stand for words"),
    EMPTY_LINK: gettext_lazy("Links"),
    NO_ALT: gettext_lazy("Pictures"),
    HEADING_ORDER: gettext_lazy("Headings"),
    HARD_TEXT: gettext_lazy("The text as a whole"),
    LONG_WORD: gettext_lazy("Long words"),
}
# Parts of blocks and of credits, which have no field of the page.
PARTS = {
    "alt": gettext_lazy("What the picture says"),
    "caption": gettext_lazy("Caption"),
    "title": gettext_lazy("Title"),
    "thanks": gettext_lazy("Thanks"),
    "consent": gettext_lazy("Consent"),
}
# Of a long sentence, so many letters are shown.
SHOWN = 120


def tell(finding: Finding) -> str:
    """Say what could be done, kindly and in one or two sentences."""
    return TELLERS[finding.code](finding, finding.figures)


def _hard_sentence(finding: Finding, figures: dict) -> str:
    text = ngettext(
        "This sentence has {count} word. Could it be two?",
        "This sentence has {count} words. Could it be two?",
        figures["count"],
    )
    return text.format(count=figures["count"])


def _hard_text(finding: Finding, figures: dict) -> str:
    average = gettext("On average, its sentences have {average} words. Shorter ones are easier to follow.")
    if "lix" not in figures or figures["lix"] <= figures["limit"]:
        return average.format(average=_number(figures["average"]))
    return gettext(
        "This text is hard to read: {lix} on the LIX scale, where up to {limit} is easy. Shorter sentences and "
        "shorter words help."
    ).format(lix=figures["lix"], limit=_number(figures["limit"]))


def _jargon(finding: Finding, figures: dict) -> str:
    if figures["plain"]:
        text = gettext("“{words}”: say “{plain}”.").format(
            words=_as_is(finding.words), plain=_as_is(figures["plain"])
        )
    else:
        text = gettext("“{words}”: many people do not know this word. Is there a plainer one?").format(
            words=_as_is(finding.words)
        )
    if figures.get("meaning"):
        text += " " + gettext("The glossary has it as a draft: {meaning}").format(meaning=_as_is(figures["meaning"]))
    return f"{text} {_as_is(figures['note'])}" if figures["note"] else text


def _acronym(finding: Finding, figures: dict) -> str:
    return gettext("“{name}”: not everybody knows what these letters stand for. Write the words out once.").format(
        name=_as_is(figures["name"])
    )


def _empty_link(finding: Finding, figures: dict) -> str:
    if not finding.words.strip():
        return gettext("A link has no words. Say where it leads.")
    return gettext("The link “{words}” does not say where it leads. Name the page, as in “how we listen”.").format(
        words=_as_is(shortened(finding.words))
    )


def _heading_order(finding: Finding, figures: dict) -> str:
    return gettext("The heading “{words}” is a small one, with no large one before it. Make it a large one.").format(
        words=_as_is(shortened(finding.words))
    )


def _long_word(finding: Finding, figures: dict) -> str:
    return gettext("“{word}” is a long word. Is there a shorter one?").format(word=_as_is(finding.words))


def _no_alt(finding: Finding, figures: dict) -> str:
    return gettext(
        "This picture has no words for people who cannot see it. Say what it shows, or tick “Only decoration”."
    )


def _no_consent(finding: Finding, figures: dict) -> str:
    if figures["of"] == "body":
        return gettext("The person has not said yes to this quote. Readers will not see it before they do.")
    if figures["of"] == "quote":
        return gettext("The person has not said yes yet. A draft can be kept; readers see it when they have agreed.")
    return gettext("{name} has not said yes yet. Readers will not see this credit before they do.").format(
        name=figures["name"] or gettext("Somebody")
    )


TELLERS = {
    HARD_SENTENCE: _hard_sentence,
    HARD_TEXT: _hard_text,
    JARGON: _jargon,
    ACRONYM: _acronym,
    EMPTY_LINK: _empty_link,
    HEADING_ORDER: _heading_order,
    LONG_WORD: _long_word,
    NO_ALT: _no_alt,
    NO_CONSENT: _no_consent,
}


def summed_up(count: int) -> str:
    """Say in one sentence how many things there are."""
    if not count:
        return gettext("All clear: nothing here could be plainer.")
    return ngettext("{count} thing could be plainer.", "{count} things could be plainer.", count).format(count=count)


def place_name(model: type, place: str, block: tuple[int, str] | None = None) -> str:
    """Give the name of the place of a finding, as the form of its kind of page calls it.

    `block` has the number and the type of the piece of the body that it is in: see block_of().
    """
    if not place:
        return gettext("Whole page")
    first, *rest = place.split(".")
    name = gettext("Credits") if first == "credits" else capfirst(str(model._meta.get_field(first).verbose_name))
    if block:
        number, kind = block
        label = Body().child_blocks[kind].label if kind in Body().child_blocks else kind
        name = gettext("{part}, piece {number} ({kind})").format(part=name, number=number, kind=label)
    return f"{name}, {PARTS[rest[1]]}" if len(rest) > 1 and rest[1] in PARTS else name


def block_of(page, place: str) -> tuple[int, str] | None:
    """Give the number, from 1, and the type of the piece of the body that a finding is in, None outside of it."""
    first, *rest = place.split(".")
    for number, item in enumerate(page.body.get_prep_value() if first == "body" else (), start=1):
        if item["id"] == rest[0]:
            return number, item["type"]
    return None


def shortened(words: str) -> str:
    """Give words on one line, cut where they are many."""
    line = re.sub(r"\s+", " ", words).strip()
    return line if len(line) <= SHOWN else f"{line[:SHOWN].rsplit(' ', 1)[0]} …"


def _as_is(words: str) -> str:
    """Give words of a page for a sentence about them: where that runs from right to left, they keep their own way."""
    return f"\u2068{words}\u2069" if get_language_bidi() else words


def _number(value: float) -> str:
    return f"{value:g}"
