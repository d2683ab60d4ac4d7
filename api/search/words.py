"""From text to the words that a search compares: folded, and cut to their stems. Pure rules.

Letters are folded so that accents, vowel marks and capitals make no difference. A stem is what a word has in common
with its other forms. What is stored and what is asked go through the same rules, so only that they agree matters.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

import snowballstemmer

from api.search import welsh

KEPT_WORDS = 50_000
MARKS = "".join(chr(code) for code in range(0x300, 0x3100) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
# Scripts that are written without spaces between words: Thai, Lao, Burmese, Khmer, Japanese and Chinese. Each of
# their letters counts as a word, and what is asked for as a phrase of them.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
TATWEEL = "\u0640"
LETTERS = rf"(?:(?![{UNSPACED}])[^\W_]|[{MARKS}{TATWEEL}])"
WORD = re.compile(rf"[{UNSPACED}][{MARKS}]*|(?![{UNSPACED}])[^\W_]{LETTERS}*")
IS_UNSPACED = re.compile(rf"[{UNSPACED}]")
# How Arabic is typed in haste: a final tā’ marbūṭa without its dots, an alif maqṣūra with them, or without.
ARABIC = str.maketrans({"ى": "ي", TATWEEL: None})
STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


def words_in(text: str) -> Iterator[re.Match]:
    """Find the words of a text, one after the other."""
    return WORD.finditer(text)


@lru_cache(maxsize=KEPT_WORDS)
def folded(word: str) -> str:
    """Give a word without accents, vowel marks and capitals."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(letter for letter in parts if not unicodedata.combining(letter)).translate(ARABIC)
    return plain[:-1] + "ة" if plain.endswith("ه") else plain


@lru_cache(maxsize=KEPT_WORDS)
def stem(word: str, language: str) -> str:
    """Give what a word has in common with its other forms, folded; the word itself in a language without rules."""
    return _stemmer(base_of(language))(folded(word)) or folded(word)


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    if language == "cy":
        return welsh.stem
    name = STEMMERS.get(language)
    return snowballstemmer.stemmer(name).stemWord if name else lambda word: word


def variants(word: str, language: str) -> list[str]:
    """Give the stems under which a word that is asked for may be stored, its own first."""
    if base_of(language) != "cy":
        return [stem(word, language)]
    return list(dict.fromkeys(welsh.stem(form) for form in welsh.forms(folded(word))))


def base_of(language: str) -> str:
    """Give the language of a code that may name a script or a country, too."""
    return language.partition("-")[0]


def is_part(word: str) -> bool:
    """Tell whether a word is one letter of a script that has no spaces between words."""
    return bool(IS_UNSPACED.match(word))
