"""What translators write for the words of the site, the admin and the widget."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from gettext import c2py
from uuid import UUID, uuid5

from wagtail.models import Locale

from toolkit import locales
from toolkit.catalogues import Word, is_machine_made, number_of_forms, plural_forms, put_over, words_of
from toolkit.models import Language, Wording

NAMESPACE = UUID("0b6bb7a5-8d7e-4f0e-8a57-6a0c2b9d8f11")
# So many numbers are looked at to say which plural form is for which.
NUMBERS, EXAMPLES = 130, 3


@dataclass(frozen=True)
class Said:
    """An entry of a catalogue with what it says now: to translators, who see drafts, and to readers."""

    word: Word
    forms: tuple[str, ...]
    public: tuple[str, ...]
    by_machine: bool
    user_id: int | None = None
    at: datetime | None = None

    @property
    def digest(self) -> str:
        return digest_of(self.word)

    @property
    def is_whole(self) -> bool:
        return bool(self.forms) and all(self.forms)

    @property
    def is_ahead(self) -> bool:
        """Whether somebody has written what readers do not see yet."""
        return self.forms != self.public


@cache
def digest_of(word: Word) -> str:
    """Give the digest by which an entry is known."""
    return str(uuid5(NAMESPACE, f"{word.context}\x04{word.source}"))


def said_in(locale: Locale) -> list[Said]:
    """Give all words of a language, in the order of its catalogue."""
    return said_in_all([locale])[locale.pk]


def said_in_all(languages: list[Locale]) -> dict[int, list[Said]]:
    """Give all words of some languages, by the locale's id."""
    rows = {(row.locale_id, str(row.digest)): row for row in Wording.objects.filter(locale__in=languages)}
    return {
        one.pk: [
            _said(word, rows.get((one.pk, digest_of(word))), is_machine_made(one.language_code))
            for word in words_of(one.language_code)
        ]
        for one in languages
    }


def _said(word: Word, row: Wording | None, by_machine: bool) -> Said:
    if row is None:
        return Said(word, word.forms, word.forms, by_machine and word.is_whole)
    public = tuple(row.public) if row.public else word.forms
    return Said(word, tuple(row.draft) if row.draft else public, public, False, row.user_id, row.made_at)


def keep_words(locale: Locale, said: list[tuple[Word, list[str]]], *, user):
    """Keep what somebody wrote for some entries, as drafts."""
    for word, forms in said:
        Wording.objects.update_or_create(
            locale=locale,
            digest=digest_of(word),
            defaults={"context": word.context, "source": word.source, "draft": forms, "user": user},
        )


def show_words(locale: Locale) -> int:
    """Let readers see all drafts of a language; give how many they were. Somebody has to publish then."""
    rows = list(Wording.objects.filter(locale=locale, draft__isnull=False))
    for row in rows:
        row.public, row.draft = row.draft, None
    Wording.objects.bulk_update(rows, ["public", "draft"])
    return len(rows)


def use_saved_languages():
    """Know the languages that somebody added, in this process."""
    locales.put_added(list(Language.objects.values("code", "name", "own_name", "rtl")))


def use_saved_words():
    """Put what readers shall see over the catalogues, in this process."""
    found = defaultdict(list)
    for code, context, source, public in Wording.objects.filter(public__isnull=False).values_list(
        "locale__language_code", "context", "source", "public"
    ):
        found[code].append([context, source, public])
    for code in locales.codes():
        known = {word.place for word in words_of(code)}
        put_over(code, [row for row in found[code] if (row[0], row[1]) in known])


def examples_of(locale: str) -> list[list[int]]:
    """Give for each plural form of a language some numbers that it is for."""
    rule = plural_forms(locale)
    form_of = c2py(rule.partition("plural=")[2].rstrip("; "))
    found = [[] for _ in range(number_of_forms(locale))]
    for number in range(NUMBERS):
        if len(found[form_of(number)]) < EXAMPLES:
            found[form_of(number)].append(number)
    return found
