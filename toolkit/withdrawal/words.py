"""Words in the form in which they are compared, and the digests by which they are known again."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import salted_hmac

# In words: what is shorter is said by many people.
FEWEST = 5
SALT = "toolkit.withdrawn"
SENTENCE_END = re.compile(r"(?<=[.!?…؟۔])[”’\"»)]*\s+|\n+")
BLOCK_END = re.compile(r"</(?:p|li|h3|h4)>|<br ?/?>")
TAG = re.compile(r"<[^>]*>")


def normal(text: str) -> str:
    """Give a text as it is compared: without regard to case, spacing and punctuation."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def plain(html: str) -> str:
    """Give a text without its markup."""
    return " ".join(TAG.sub("", part) for part in BLOCK_END.split(html))


def passages(html: str) -> list[str]:
    """Give the whole of a text, its paragraphs and its sentences, without markup: what is too short is left out."""
    paragraphs = [TAG.sub("", part) for part in BLOCK_END.split(html)]
    sentences = [sentence for paragraph in paragraphs for sentence in SENTENCE_END.split(paragraph)]
    found = [" ".join(paragraphs), *paragraphs, *sentences]
    return [text for text in dict.fromkeys(map(str.strip, found)) if len(normal(text).split()) >= FEWEST]


def digests(html: str) -> set[str]:
    """Give the digests of a text and of its parts, which nobody can read back without this site's secret key."""
    return {digest(passage) for passage in passages(html)}


def digest(passage: str, secret: str | None = None) -> str:
    """Give the keyed SHA-256 of a passage."""
    return salted_hmac(SALT, normal(passage), secret=secret, algorithm="sha256").hexdigest()


def all_digests(html: str) -> set[str]:
    """Give the digests of a text and of its parts by every key that this site has had."""
    secrets: Iterable[str | None] = (None, *settings.SECRET_KEY_FALLBACKS)
    return {digest(passage, secret) for passage in passages(html) for secret in secrets}
