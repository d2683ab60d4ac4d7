"""All texts of a language as a file holds them, whatever its form."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from toolkit import locales
from toolkit.models import ThingStanding
from toolkit.translation.memory import Worked, steps_of, translations_of, worked
from toolkit.translation.standings import texts_by_key
from toolkit.translation.states import CHANGED, MINOR
from toolkit.translation.texts import shown
from toolkit.translation.wordings import Said, said_in


@dataclass
class Entry:
    """One text of a file. `context` says whose it is and where; the words are as people write them.

    `previous`: the source's words that the translation is of, where they are other ones now. `unsure`: somebody
    should look at the translation. `forms`: of words with a number in them, the translation in each plural form.
    """

    context: str
    source: str
    words: str = ""
    previous: str = ""
    unsure: bool = False
    notes: list[str] = field(default_factory=list)
    plural: str = ""
    forms: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Language:
    """What a file says of itself: its language, that of the sources, and the moment of the last translation in it."""

    code: str
    source: str
    at: datetime | None


def about(locale: Locale) -> Language:
    """Give what a file of a language says of itself."""
    at = StringTranslation.objects.filter(locale=locale).aggregate(at=Max("updated_at"))["at"]
    return Language(locale.language_code, locales.source(), at)


def context_of(key: str, path: str) -> str:
    """Give the context of a text of a page."""
    return f"page|{key}|{path}"


def work_in(locale: Locale) -> dict[str, list[Worked]]:
    """Give where each text of each thing stands in a language, in the order of the site."""
    order = ThingStanding.objects.filter(locale=locale).order_by("path", "pk").values_list("key", flat=True)
    keys = [str(key) for key in order]
    texts, steps, translated = texts_by_key(), steps_of(), translations_of(None, locale)
    return {key: worked(texts[key], translated[key], steps[key]) for key in keys}


def entries_of(locale: Locale, *, preview) -> list[Entry]:
    """Give all texts of a language. `preview(key)` gives the address at which a thing is seen."""
    titles = dict(ThingStanding.objects.filter(locale=locale).values_list("key", "title"))
    titles = {str(key): title for key, title in titles.items()}
    found: dict[tuple, Entry] = {}
    for key, work in work_in(locale).items():
        notes = [titles[key], preview(key)]
        for one in work:
            entry = _entry(key, one, notes)
            # The same words twice in one piece of text have one translation.
            found.setdefault((entry.context, entry.source), entry)
    return [*found.values(), *(_word(said) for said in said_in(locale))]


def _word(said: Said) -> Entry:
    word = said.word
    notes = ["Words of the site, the admin or the widget."] + (["Made by a machine."] if said.by_machine else [])
    forms = list(said.forms) if word.plural else []
    words = "" if word.plural else said.forms[0]
    return Entry(
        f"words|{word.context}",
        word.source,
        words,
        unsure=said.by_machine,
        notes=notes,
        plural=word.plural,
        forms=forms,
        flags=list(word.flags),
    )


def _entry(key: str, one: Worked, notes: list[str]) -> Entry:
    text, said = one.text, one.translated
    place = text.path.split(".")[0]
    extra = ["Made by a machine."] if said and said.by_machine else []
    return Entry(
        context_of(key, text.path),
        shown(text.words, is_rich=text.is_rich),
        shown(said.words, is_rich=text.is_rich) if said else "",
        shown(one.before, is_rich=text.is_rich) if one.state in (CHANGED, MINOR) else "",
        unsure=one.state == CHANGED or bool(said and said.by_machine),
        notes=[f"{notes[0]} ({place})", notes[1], *extra],
    )
