"""The texts of a page that can be translated, in the order and the shape in which readers meet them."""

from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from wagtail_localize.models import String
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

# The address stays what it is in each language; where it is linked from does not read it.
NOT_TRANSLATED = {"slug"}
# What a text stands in. An editor knows of nothing else.
HOLDERS = ["p", "li", "h3", "h4"]


@dataclass(frozen=True)
class Text:
    """One text: a field, a heading, a paragraph, an item of a list.

    `path` is its place, such as "summary" or "body.<id of the block>"; `words` are HTML as wagtail-localize keeps
    them: attributes of links are taken out and stand in `attrs`, by the id that is left in their place. `element` is
    the element of rich text that holds it, "" for what is plain text; `holder` tells such elements of one text apart.
    """

    path: str
    words: str
    element: str = ""
    holder: int = 0
    attrs: dict = field(default_factory=dict, hash=False)

    @property
    def digest(self) -> str:
        return digest_of(self.words)

    @property
    def place(self) -> tuple[str, str]:
        return self.path, self.digest

    @property
    def is_rich(self) -> bool:
        return bool(self.element)

    @property
    def block(self) -> str:
        """The id of the block of the body that it stands in, "" outside of the body."""
        parts = self.path.split(".")
        return parts[1] if parts[0] == "body" else ""

    @property
    def count(self) -> int:
        """How many words it has."""
        return len(plain(self.words).split())


def digest_of(words: str) -> str:
    """Give the digest by which a text is known: wagtail-localize's own."""
    return str(String._get_data_hash(words))


def plain(words: str) -> str:
    """Give a text without its markup."""
    return BeautifulSoup(words, "html.parser").get_text() if "<" in words or "&" in words else words


def shown(words: str, *, is_rich: bool) -> str:
    """Give a text as people write it: what is no rich text without the markup in which it is kept."""
    return words if is_rich else StringValue(words).render_text()


def kept(words: str, *, is_rich: bool) -> str:
    """Give a text that somebody wrote in the form in which it is kept. Raises ValueError for other markup."""
    words = words.replace("\r\n", "\n").strip()
    value = StringValue.from_translated_html(words) if is_rich else StringValue.from_plaintext(words)
    return value.data


def texts_of(page) -> list[Text]:
    """Give the texts of a page, in their order. The page has to be read afresh from the database or a revision."""
    return texts_in(extract_segments(page))


def texts_in(segments) -> list[Text]:
    """Give the texts among the segments of a page."""
    found, elements = [], []
    for segment in segments:
        if isinstance(segment, TemplateSegmentValue):
            elements = elements_of(segment.template)
        elif isinstance(segment, StringSegmentValue) and segment.path not in NOT_TRANSLATED:
            # A template stands right before its texts.
            element, holder = elements.pop(0) if elements else ("", 0)
            found.append(Text(segment.path, segment.string.data, element, holder, segment.attrs or {}))
    return found


def elements_of(template: str) -> list[tuple[str, int]]:
    """Give for each text of a template the name and the number of the element that holds it."""
    soup = BeautifulSoup(template, "html.parser")
    holders = [holder_of(place) for place in soup.find_all("text")]
    numbers = {id(holder): number for number, holder in enumerate(soup.find_all(HOLDERS))}
    return [(holder.name, numbers[id(holder)]) if holder else ("p", -1) for holder in holders]


def holder_of(place):
    """Give the element of rich text that holds the place of a text, None where it stands in none."""
    return next((one for one in place.parents if one.name in HOLDERS), None)
