"""From a source and its translations to the page in another language."""

from bs4 import BeautifulSoup
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from toolkit import locales
from toolkit.translation.memory import Worked
from toolkit.translation.states import Place, Published
from toolkit.translation.texts import HOLDERS, Text, digest_of, texts_in

# What of a block counts as one: a paragraph among others, or a picture with its caption.
Part = tuple


def render(source, target, work: list[Worked]):
    """Give a translation its texts: `target` is changed, nothing is saved. Both pages have to be read afresh.

    What is not translated stands in the source's words, and says so: a whole block of the body in `translated_from`,
    a paragraph among others by its own `lang` and `dir`.
    """
    segments = extract_segments(source)
    texts = texts_in(segments)
    said = {one.text.place: one.translated for one in work if one.translated}
    left = left_in_source(texts, said.keys())
    blocks = blocks_left(texts, left)
    address = target.slug
    copy_synchronised_fields(source, target)
    target.slug, target.minor_edit = address, False
    marks = {text.path: set() for text in texts}
    for text in texts:
        if text.place in left and text.block not in blocks:
            marks[text.path].add(text.holder)
    code = source.locale.language_code
    translated = [
        _marked(segment, marks[segment.path], code) if isinstance(segment, TemplateSegmentValue) else segment
        for segment in _translated(segments, {place: one.words for place, one in said.items() if place not in left})
    ]
    ingest_segments(source, target, source.locale, target.locale, translated)
    made = {place: (digest_of(one.of), digest_of(one.words)) for place, one in said.items() if place not in left}
    target.translated_from = {
        "locale": code,
        "texts": [[*text.place, *made.get(text.place, ("", ""))] for text in texts],
        "blocks": sorted(blocks),
        "machine": any(one.by_machine for place, one in said.items() if place not in left),
    }


def published(page) -> Published | None:
    """Give what a translation was made of, None where nobody knows."""
    record = page.translated_from.get("texts")
    return None if record is None else Published(tuple(map(tuple, record)))


def left_in_source(texts: list[Text], translated) -> set[Place]:
    """Give the places that stay in the source's words, for these have no translation or go with one that has none."""
    incomplete = {part_of(text) for text in texts if text.place not in translated}
    return {text.place for text in texts if part_of(text) in incomplete}


def part_of(text: Text) -> Part:
    """Give what is shown in one language: a field, a paragraph, or all words of a block that is no rich text."""
    if text.path.count(".") > 1 and text.block:
        return (text.block,)
    return text.path, text.holder


def blocks_left(texts: list[Text], left: set[Place]) -> set[str]:
    """Give the ids of the blocks that stand in the source's words as a whole."""
    there = {text.block for text in texts if text.place not in left}
    return {text.block for text in texts if text.block and text.block not in there}


def fields_left(texts: list[Text], left: set[Place]) -> list[Text]:
    """Give what cannot be shown in another language than its page: all that is outside of the body."""
    return [text for text in texts if text.place in left and not text.block]


def _translated(segments: list, words: dict[Place, str]):
    """Give the segments that make a translation: the address, and what may be chosen anew, stay the translation's."""
    texts = iter(texts_in(segments))
    for segment in segments:
        if isinstance(segment, TemplateSegmentValue):
            yield segment
        elif isinstance(segment, StringSegmentValue) and segment.path != "slug":
            said = words.get(next(texts).place)
            value = segment.string if said is None else StringValue(said)
            yield StringSegmentValue(segment.path, value, attrs=segment.attrs, order=segment.order)


def _marked(template: TemplateSegmentValue, holders: set[int], code: str) -> TemplateSegmentValue:
    """Say of the elements of a rich text that stand in the source's words in which language that is."""
    if not holders:
        return template
    soup = BeautifulSoup(template.template, "html.parser")
    for number, holder in enumerate(soup.find_all(HOLDERS)):
        if number in holders:
            holder["lang"], holder["dir"] = code, locales.direction(code)
    marked = template.clone()
    marked.template = str(soup)
    return marked
