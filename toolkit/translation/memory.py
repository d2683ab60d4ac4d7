"""What translators have written: each text's translation, and who made it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from rapidfuzz import fuzz, process
from wagtail.models import Locale
from wagtail_localize.models import String, StringTranslation, TranslationContext, TranslationSource

from toolkit.models.translations import SourceChange
from toolkit.translation.states import CURRENT, MISSING, Place, Step, steps_to, text_standing
from toolkit.translation.texts import Text

MANUAL, MACHINE = StringTranslation.TRANSLATION_TYPE_MANUAL, StringTranslation.TRANSLATION_TYPE_MACHINE
# In percent: what is less alike is no help.
ALIKE = 75


@dataclass(frozen=True)
class Translated:
    """A text in its language: `words` as the source's words are kept, `of` the words that they translate."""

    words: str
    of: str
    by_machine: bool = False
    user_id: int | None = None
    at: datetime | None = None
    pk: int | None = None
    # Where it was written: for words that now stand somewhere else in the same thing, not where they stand.
    path: str = ""


def steps_of(keys: Iterable | None = None) -> dict[str, list[Step]]:
    """Give what has become of the texts of some sources, or of all, the earliest first, by the key of the thing."""
    found = defaultdict(list)
    which = {} if keys is None else {"key__in": list(keys)}
    for change in SourceChange.objects.filter(**which).order_by("pk"):
        found[str(change.key)] += [Step(path, was, now, change.minor) for path, was, now in change.steps]
    return found


def translations_of(keys: Iterable | None, locale: Locale) -> dict[str, dict[Place, Translated]]:
    """Give all that was ever translated of some things, or of all, by the thing's key and the place."""
    found = defaultdict(dict)
    which = {} if keys is None else {"context__object_id__in": list(keys)}
    rows = StringTranslation.objects.filter(locale=locale, context__isnull=False, **which).order_by("pk")
    for key, path, digest, words, of, made_by, user_id, at, pk in rows.values_list(*OF_A_TRANSLATION):
        found[str(key)][path, str(digest)] = Translated(words, of, made_by == MACHINE, user_id, at, pk, path)
    return found


OF_A_TRANSLATION = (
    "context__object_id",
    "context__path",
    "translation_of__data_hash",
    "data",
    "translation_of__data",
    "translation_type",
    "last_translated_by_id",
    "updated_at",
    "pk",
)


@dataclass(frozen=True)
class Worked:
    """A text with where it stands, its translation, and, where the source has changed since, what that was of."""

    text: Text
    state: str
    translated: Translated | None

    @property
    def before(self) -> str:
        """The source's words that the translation is of, where they are other ones now."""
        return self.translated.of if self.translated and self.translated.of != self.text.words else ""


def worked(texts: list[Text], translated: dict[Place, Translated], steps: list[Step]) -> list[Worked]:
    """Say where each text of a thing stands in a language.

    Words that were translated elsewhere in the same thing are translated: a paragraph goes from block to block.
    """
    led_by, places = steps_to(steps), set(translated)
    anywhere = {digest: said for (_path, digest), said in translated.items()}
    found = []
    for text in texts:
        standing = text_standing(text.place, places, led_by)
        if standing.state == MISSING and (moved := anywhere.get(text.digest)):
            found.append(Worked(text, CURRENT, moved))
        else:
            kept = None if standing.state == MISSING else translated[text.path, standing.of]
            found.append(Worked(text, standing.state, kept))
    return found


def keep(
    key, place: Place, locale: Locale, words: str, *, user: AbstractUser | None = None, tool: str = ""
) -> StringTranslation:
    """Keep the translation of a text, in the place of one that there was of the same words.

    `tool` names the machine that made it, "" where a person did. Raises String.DoesNotExist or
    TranslationContext.DoesNotExist for a text that the source never had.
    """
    path, digest = place
    source = TranslationSource.objects.get(object_id=key)
    string = String.objects.get(locale_id=source.locale_id, data_hash=digest)
    context = TranslationContext.objects.get(object_id=key, path=path)
    translation, _ = StringTranslation.objects.update_or_create(
        translation_of=string,
        locale=locale,
        context=context,
        defaults={
            "data": words,
            "translation_type": MACHINE if tool else MANUAL,
            "tool_name": tool,
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
            "updated_at": timezone.now(),
        },
    )
    return translation


@dataclass(frozen=True)
class Suggestion:
    """What somebody wrote for the same words elsewhere, or for words that are much like them (in percent)."""

    words: str
    of: str
    likeness: int


def suggestions(texts: list[Text], locale: Locale, *, most: int = 3) -> dict[str, list[Suggestion]]:
    """Give for each of these texts, by digest, what was written in this language for the same or like words."""
    rows = StringTranslation.objects.filter(locale=locale).exclude(has_error=True)
    known = dict(rows.order_by("pk").values_list("translation_of__data", "data"))
    return {text.digest: _like(text.words, known, most) for text in texts}


def _like(words: str, known: dict[str, str], most: int) -> list[Suggestion]:
    best = process.extract(words, known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=most)
    return [Suggestion(known[of], of, int(likeness)) for of, likeness, _place in best]
