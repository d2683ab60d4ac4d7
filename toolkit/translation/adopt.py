"""Takes up a translation that was made elsewhere, as from a file: its texts are matched with those of its source."""

import re

from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation, TranslationContext, TranslationSource

from toolkit.translation.follow import translation_into
from toolkit.translation.memory import MACHINE, MANUAL
from toolkit.translation.render import published, render
from toolkit.translation.texts import Text, digest_of, texts_of
from toolkit.translation.work import NothingToTranslate, job_for

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LINK = re.compile(r'id="(\w+)"')
# Paragraphs with more words than this are not the same in two languages by chance.
SAME_BY_CHANCE = 3


def adopt(page, *, state: str = "", by_machine: bool = False) -> bool:
    """Match a translation with its source, text by text, and write down what it says; give whether that was possible.

    It is where both have the same shape: the same pieces in the same order. `page`, read afresh and not saved here,
    then has its texts where the source has them. Paragraphs that are the source's own count as not translated. Where
    `state` says how it stood where it comes from, and that is not what is found here, it is left as it is, too.
    """
    job = job_for(page.translation_key, page.locale)
    pairs = _pairs(job.texts, texts_of(page))
    if pairs is None or state not in ("", "current" if len(pairs) == len(job.texts) else "partial"):
        page.translated_from = {"state": state, "machine": by_machine} if state else {}
        return False
    translation_into(job.key, page.locale)
    _keep(job.key, page.locale, pairs, MACHINE if by_machine else MANUAL)
    render(job.fresh_source(), page, job.work)
    return True


def is_matched(page) -> bool:
    """Tell whether a translation is known text by text; where it is not, see whether it can be matched now."""
    latest = page.get_latest_revision_as_object()
    if published(latest) is not None:
        return True
    try:
        return adopt(latest)
    except NothingToTranslate:
        return False


def _pairs(source: list[Text], translation: list[Text]) -> list[tuple[Text, str]] | None:
    """Give each text of a source with its translation's words, None where the two differ in shape."""
    if _shape(source) != _shape(translation):
        return None
    keys = _keys_of_links([*source, *translation])
    pairs = [(of, _with_ids_of(of, said, keys)) for of, said in zip(source, translation, strict=True)]
    return [(of, words) for of, words in pairs if words and not _is_left(of, words)]


def _shape(texts: list[Text]) -> list[tuple]:
    """Give what stands where: blocks and credits by their number, for each page has its own ids."""
    ids = list(dict.fromkeys(one for text in texts for one in ID.findall(text.path)))
    return [(ID.sub(lambda found: str(ids.index(found[0])), text.path), text.element) for text in texts]


def _keys_of_links(texts: list[Text]) -> dict[str, str]:
    """Give the key of each page that is linked to, by its id: a file's links lead to pages of its own language."""
    ids = {str(attrs["id"]) for text in texts for attrs in text.attrs.values() if attrs.get("linktype") == "page"}
    rows = Page.objects.filter(pk__in=[one for one in ids if one.isdecimal()])
    return {str(pk): str(key) for pk, key in rows.values_list("pk", "translation_key")}


def _with_ids_of(source: Text, translation: Text, keys: dict[str, str]) -> str | None:
    """Give a translation's words with the ids that links have in the source, None where it has other links."""

    def target(attrs: dict) -> dict:
        return attrs | {"id": keys.get(str(attrs["id"]), attrs["id"])} if attrs.get("linktype") == "page" else attrs

    ids = {}
    for name, attrs in translation.attrs.items():
        alike = [
            of for of, there in source.attrs.items() if target(there) == target(attrs) and of not in ids.values()
        ]
        if not alike:
            return None
        ids[name] = alike[0]
    return LINK.sub(lambda found: f'id="{ids.get(found[1], found[1])}"', translation.words)


def _is_left(source: Text, words: str) -> bool:
    return source.is_rich and words == source.words and source.count > SAME_BY_CHANCE


def _keep(key, locale, pairs: list[tuple[Text, str]], made_by: str):
    """Keep many translations at once; those that are there stay."""
    source = TranslationSource.objects.get(object_id=key)
    contexts = {context.path: context for context in TranslationContext.objects.filter(object_id=key)}
    digests = {digest_of(text.words) for text, _words in pairs}
    strings = {
        str(string.data_hash): string
        for string in String.objects.filter(locale_id=source.locale_id, data_hash__in=digests)
    }
    rows = [
        StringTranslation(
            translation_of=strings[text.digest],
            locale=locale,
            context=contexts[text.path],
            data=words,
            translation_type=made_by,
        )
        for text, words in pairs
    ]
    StringTranslation.objects.bulk_create(rows, ignore_conflicts=True)
