"""What the checks know of the words of each language: the editors' list, and the glossary."""

from collections import defaultdict

from cms.plain_language.models import PlainWord, compared_form
from toolkit import locales
from toolkit.documents.richtext import plain_text
from toolkit.models import Term
from toolkit.plain_language.checks import Vocabulary
from toolkit.plain_language.lists import LANGUAGES, starter_list


def vocabularies() -> dict[str, Vocabulary]:
    """Give what is known of the words of each language of this site: two queries, however many there are."""
    lists, explained, meanings = defaultdict(list), defaultdict(list), defaultdict(dict)
    for row in PlainWord.objects.all():
        lists[row.locale].append(row.entry)
    for term in Term.objects.select_related("locale").only("title", "meaning", "live", "locale__language_code"):
        code = term.locale.language_code
        meanings[code][term.title] = plain_text(term.meaning)
        if term.live:
            explained[code].append(term.title)
    return {
        code: Vocabulary(code, lists[code] or lists[code.split("-")[0]], explained[code], meanings[code])
        for code in locales.codes()
    }


def load_starter_lists(model=PlainWord):
    """Fill the lists that are empty with our own words. Done once, by a migration: what editors delete stays away."""
    for lang in LANGUAGES:
        if not model.objects.filter(locale=lang).exists():
            model.objects.bulk_create(
                model(locale=lang, word=one.word, plain=one.plain, note=one.note, compared=compared_form(one.word))
                for one in starter_list(lang)
            )
