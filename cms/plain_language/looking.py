"""Looks at one page: all that an editor could do for its readers, with the figures of its text."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cms.plain_language.reading import other_findings, passages_of, quotes_without_consent
from cms.plain_language.vocabularies import vocabularies
from toolkit.documents.canonical import canonical_bytes, digest
from toolkit.plain_language.checks import Vocabulary, check
from toolkit.plain_language.passages import Finding
from toolkit.plain_language.readability import Readability, readability


@dataclass(frozen=True)
class Looked:
    """What was found on a page."""

    findings: list[Finding]
    readability: Readability


@dataclass(frozen=True)
class Known:
    """What is looked up once for many pages."""

    vocabularies: Mapping[str, Vocabulary]
    without_consent: Collection[int]


def look_at(page, known: Known) -> Looked:
    """Look at a page, saved or not."""
    passages = passages_of(page)
    findings = [*other_findings(page, known.without_consent), *check(passages, known.vocabularies)]
    return Looked(findings, readability(passages, page.locale.language_code))


def all_known() -> Known:
    """Look up what is known: three queries."""
    return Known(vocabularies(), quotes_without_consent())


def digest_of(known: Known) -> str:
    """Give a digest that changes with any word of the lists or the glossary, and with each consent to a quote."""
    said = [
        [code, [[one.word, one.plain, one.note] for one in words.jargon], sorted(words.explained), words.meanings]
        for code, words in sorted(known.vocabularies.items())
    ]
    return digest(canonical_bytes([said, sorted(known.without_consent)]))
