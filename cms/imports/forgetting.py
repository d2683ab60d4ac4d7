"""Forgetting: words that somebody has taken back, and documents that nobody needs any more."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from html import unescape

from django.db import transaction

from cms.imports.models import Import, Paragraph
from toolkit.importing.sources import UnreadableDocument, decode
from toolkit.withdrawal.tombstones import withdrawn_among
from toolkit.withdrawal.words import normal

# For so long after it was touched last is a document kept.
KEPT = timedelta(days=90)
TAG = re.compile(r"<[^>]*>")


def forget_old(*, now: datetime) -> int:
    """Delete the documents that nobody has touched for 90 days, finished or not, and give how many."""
    return Import.objects.filter(changed_at__lt=now - KEPT).delete()[1].get(Import._meta.label, 0)


@transaction.atomic
def forget_words(words: list[str]) -> int:
    """Take phrases out of all documents, and give how many paragraphs and originals went.

    A phrase is the text of a quote, say, as plain text. It is found without regard to case, spacing and punctuation,
    also where it goes over several paragraphs. Each paragraph with any of it goes as a whole, with the credit that
    names who said it; so does an original that has it.
    """
    phrases = [phrase for phrase in map(normal, words) if phrase]
    if not phrases:
        return 0
    return sum(_forget_in(document, phrases) for document in Import.objects.iterator(chunk_size=10))


def forget_again():
    """Take out of all documents what an older backup has brought back of words that somebody took back."""
    for document in Import.objects.iterator(chunk_size=10):
        sources = dict(document.paragraphs.values_list("pk", "source"))
        withdrawn = withdrawn_among(set(sources.values()))
        if withdrawn:
            document.paragraphs.filter(pk__in=[pk for pk, text in sources.items() if text in withdrawn]).delete()
            Import.objects.filter(pk=document.pk).update(original=None)


def _forget_in(document: Import, phrases: list[str]) -> int:
    paragraphs = list(document.paragraphs.all())
    places = set(_places(paragraphs, phrases))
    credits = {one.place for one in paragraphs if one.credits in places and one.kind == "credit"}
    document.paragraphs.filter(place__in=places | credits).delete()
    drops_original = document.original is not None and (bool(places) or _holds(document, phrases))
    if drops_original:
        Import.objects.filter(pk=document.pk).update(original=None)
    return len(places | credits) + drops_original


def _places(paragraphs: list[Paragraph], phrases: list[str]) -> Iterator[int]:
    """Give the places of the paragraphs in which any of the phrases stands, begins, goes on or ends."""
    texts = [(paragraph.place, text) for paragraph in paragraphs if (text := normal(paragraph.source))]
    whole = " ".join(text for _place, text in texts)
    for start, end in _spans(f" {whole} ", phrases):
        position = 0
        for place, text in texts:
            if position < end and position + len(text) > start:
                yield place
            position += len(text) + 1


def _spans(whole: str, phrases: list[str]) -> Iterator[tuple[int, int]]:
    for phrase in phrases:
        start = whole.find(f" {phrase} ")
        while start >= 0:
            yield start, start + len(phrase)
            start = whole.find(f" {phrase} ", start + 1)


def _holds(document: Import, phrases: list[str]) -> bool:
    """Tell whether an original has a phrase anywhere, also in what was not read of it, such as a menu."""
    # A tag may stand between two words, or in the middle of one.
    texts = [normal(unescape(TAG.sub(between, text))) for text in _texts(document) for between in (" ", "")]
    return any(f" {phrase} " in f" {text} " for text in texts for phrase in phrases)


def _texts(document: Import) -> Iterable[str]:
    content = bytes(document.original)
    if document.suffix != ".docx":
        try:
            return [decode(content, document.name)]
        except UnreadableDocument:
            return []
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return [parts.read(name).decode(errors="replace") for name in parts.namelist() if name.endswith(".xml")]
