"""Keeps in step where each thing stands in each language: whoever looks at all of them reads one table."""

from collections import defaultdict
from collections.abc import Iterable

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, TemplateSegment, TranslationSource

from toolkit import locales
from toolkit.documents.library import page_types
from toolkit.models.translations import ThingStanding
from toolkit.translation.follow import follow
from toolkit.translation.memory import steps_of, translations_of, worked
from toolkit.translation.render import published
from toolkit.translation.states import CHANGED, MINOR, MISSING, published_state, state_by_times, thing_state
from toolkit.translation.texts import NOT_TRANSLATED, Text, digest_of

UPDATED = [field.name for field in ThingStanding._meta.fields if field.name not in ("id", "key", "locale")]


def restand(keys: Iterable):
    """Find out anew where things stand, in all languages. Takes time by how many they are, not by the site's size."""
    keys = list(dict.fromkeys(map(str, keys)))
    sources = {str(source.object_id): source for source in TranslationSource.objects.filter(object_id__in=keys)}
    pages = _pages(keys)
    public = [key for key in sources if _source_page(sources[key], pages[key])]
    ThingStanding.objects.filter(key__in=set(keys) - set(public)).delete()
    texts, steps = texts_by_key(public), steps_of(public)
    found = []
    for locale in Locale.objects.filter(language_code__in=locales.codes()):
        translated = translations_of(public, locale)
        found += [
            _standing(sources[key], locale, pages[key], texts[key], translated[key], steps[key])
            for key in public
            if sources[key].locale_id != locale.pk
        ]
    ThingStanding.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["key", "locale"], update_fields=UPDATED
    )


def follow_all() -> int:
    """Follow what is public and never was followed, as after an update; give how many things that were."""
    known = set(TranslationSource.objects.values_list("object_id", flat=True))
    standing = set(ThingStanding.objects.values_list("key", flat=True))
    keys = []
    for page_type in page_types():
        for page in page_type.objects.filter(live=True, alias_of=None).order_by("locale__language_code"):
            if page.translation_key not in known or page.translation_key not in standing:
                follow(page)
                keys.append(page.translation_key)
    restand(keys)
    return len(set(keys))


def _pages(keys: list[str]) -> dict[str, dict[int, Page]]:
    """Give the pages of things, by their locale."""
    found = defaultdict(dict)
    for page in Page.objects.filter(translation_key__in=keys, alias_of=None).specific():
        # While a page is being deleted, what is left of it for a moment is no thing of ours.
        if isinstance(page, tuple(page_types())):
            found[page.key][page.locale_id] = page
    return found


def _source_page(source: TranslationSource, pages: dict[int, Page]):
    page = pages.get(source.locale_id)
    return page if page and page.live else None


def texts_by_key(keys: list[str] | None = None) -> dict[str, list[Text]]:
    """Give the texts of sources, of some or of all, by their key. In which element each stands is not known here."""
    found = defaultdict(list)
    which = {} if keys is None else {"source__object_id__in": keys}
    rich = set(TemplateSegment.objects.filter(**which).values_list("source_id", "context_id"))
    rows = StringSegment.objects.filter(**which).order_by("source_id", "order")
    for source, key, context, path, words in rows.values_list(
        "source_id", "source__object_id", "context_id", "context__path", "string__data"
    ):
        if path not in NOT_TRANSLATED:
            found[str(key)].append(Text(path, words, "p" if (source, context) in rich else ""))
    return found


def _standing(source: TranslationSource, locale: Locale, pages, texts, translated, steps) -> ThingStanding:
    original, page = pages[source.locale_id], pages.get(locale.pk)
    work = worked(texts, translated, steps)
    by_state = defaultdict(list)
    for one in work:
        by_state[one.state].append(one)
    there = [one.translated for one in work if one.translated]
    last = max(there, key=lambda one: one.at, default=None)
    undone = by_state[CHANGED] + by_state[MISSING]
    words = sum(text.count for text in texts)
    return ThingStanding(
        key=source.object_id,
        locale=locale,
        source_locale_id=source.locale_id,
        type=original.document_type,
        title=original.title,
        path=original.path,
        state=thing_state(
            live=bool(page and page.live), begun=bool(there), published=_published(original, page, texts, steps)
        ),
        texts=len(texts),
        words=words,
        done_words=words - sum(one.text.count for one in undone),
        changed=len(by_state[CHANGED]),
        minor=len(by_state[MINOR]),
        missing=len(by_state[MISSING]),
        machine=sum(one.by_machine for one in there),
        unpublished=bool(there) and _is_ahead(page, work),
        user_id=last and last.user_id,
        translated_at=last and last.at,
    )


def _published(original, page, texts: list[Text], steps) -> str:
    made_of = page and published(page)
    if page and made_of is None:
        # Made elsewhere, and never matched with its source.
        times = original.last_published_at, page.last_published_at
        known = page.translated_from.get("state") if not steps else None
        return known or state_by_times(source_published_at=times[0], translation_published_at=times[1])
    return published_state(made_of, [text.place for text in texts], steps) if page else ""


def _is_ahead(page, work) -> bool:
    """Tell whether somebody has written what readers do not see yet."""
    made_of = page and page.live and published(page)
    if not made_of:
        return not (page and page.live)
    shown = {words for *_place, words in made_of.texts}
    return any(one.translated and digest_of(one.translated.words) not in shown for one in work)
