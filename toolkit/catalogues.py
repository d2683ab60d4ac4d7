"""The words of the site, the admin and the widget in other languages: gettext catalogues.

They come with the software. What translators write instead stands over them: the publisher takes it from the
database, whoever serves a release from that.
"""

from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import polib
from django.conf import locale as django_locales
from django.conf import settings
from django.utils.translation import to_locale, trans_real

ENGLISH = "nplurals=2; plural=(n != 1);"
REVIEW = "needs review by a speaker"
# Of each language, in this process: what stands over its catalogue.
_over: dict[str, list] = {}


@dataclass(frozen=True)
class Word:
    """One entry of a catalogue: `forms` are its translation, several where the source has a number in it."""

    context: str
    source: str
    plural: str = ""
    forms: tuple[str, ...] = ()
    flags: tuple[str, ...] = field(default=(), compare=False)

    @property
    def place(self) -> tuple[str, str]:
        return self.context, self.source

    @property
    def is_whole(self) -> bool:
        return bool(self.forms) and all(self.forms)


def compile_catalogues() -> int:
    """Make the binary catalogue of every language whose words are newer than it, and give how many were made."""
    stale = [path for path in _sources() if _is_stale(path)]
    for path in stale:
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return len(stale)


def needs_review(locale: str) -> bool:
    """Tell whether some of a language's words were made by a machine, and no speaker has said that they are right."""
    return is_machine_made(locale) and bool({word.place for word in words_of(locale)} - set(_places(locale)))


def words_of(locale: str) -> tuple[Word, ...]:
    """Give the words of a language's catalogue as the software brings them, in their order.

    For a language without one they are those of the others, and say nothing yet.
    """
    return _from_files(locale) or tuple(_empty(word, locale) for word in _from_files(_any_with_catalogue()))


def _from_files(locale: str) -> tuple[Word, ...]:
    return tuple(word for path in _sources(locale) for word in _read(path, path.stat().st_mtime_ns))


def _any_with_catalogue() -> str:
    return next((path.parts[-3] for path in sorted(_sources())), "")


def _empty(word: Word, locale: str) -> Word:
    forms = [""] * number_of_forms(locale) if word.plural else [""]
    return replace(word, forms=tuple(forms))


def number_of_forms(locale: str) -> int:
    """Give how many plural forms a language has."""
    return int(plural_forms(locale).partition("nplurals=")[2].partition(";")[0])


def words_over(locale: str) -> list:
    """Give what stands over a language's catalogue in this process: [context, source, forms] of each entry."""
    return _over.get(locale, [])


def put_over(locale: str, rows: list):
    """Put words over a language's catalogue in this process, in the place of those that stood there."""
    rows = sorted(rows)
    if rows == words_over(locale):
        return
    _over[locale] = rows
    # Made anew from the files the next time it is asked for.
    trans_real._translations.pop(locale, None)
    if rows:
        trans_real.translation(locale).merge(_compiled(locale, rows))


def plural_forms(locale: str) -> str:
    """Give the rule by which a language counts, as gettext writes it: ours, else Django's, else that of English."""
    return _header(locale).get("Plural-Forms") or _rule_of_django(locale) or ENGLISH


def _compiled(locale: str, rows: list) -> GNUTranslations:
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": plural_forms(locale)}
    plurals = {word.place: word.plural for word in words_of(locale)}
    for context, source, forms in rows:
        plural = plurals.get((context, source), "")
        said = {"msgid_plural": plural, "msgstr_plural": dict(enumerate(forms))} if plural else {"msgstr": forms[0]}
        file.append(polib.POEntry(msgctxt=context or None, msgid=source, **said))
    return GNUTranslations(BytesIO(file.to_binary()))


def _places(locale: str):
    return ((context, source) for context, source, _forms in words_over(locale))


@cache
def is_machine_made(locale: str) -> bool:
    return REVIEW in _header(locale).get("X-Review", "")


@cache
def _header(locale: str) -> dict[str, str]:
    headers = {}
    for path in _sources(locale):
        headers |= polib.pofile(str(path)).metadata
    return headers


@cache
def _rule_of_django(locale: str) -> str:
    file = Path(django_locales.__file__).parent / to_locale(locale) / "LC_MESSAGES" / "django.po"
    return polib.pofile(str(file)).metadata.get("Plural-Forms", "") if file.exists() else ""


@lru_cache(maxsize=64)
def _read(path: Path, _changed_at: int) -> tuple[Word, ...]:
    return tuple(_word(entry) for entry in polib.pofile(str(path)) if not entry.obsolete)


def _word(entry: polib.POEntry) -> Word:
    forms = tuple(entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)) or (entry.msgstr,)
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    return Word(entry.msgctxt or "", entry.msgid, entry.msgid_plural, forms, flags)


def _sources(locale: str = "*") -> list[Path]:
    """Give the catalogues of a language, or of all."""
    name = to_locale(locale)
    return [path for folder in settings.LOCALE_PATHS for path in Path(folder).glob(f"{name}/LC_MESSAGES/*.po")]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
