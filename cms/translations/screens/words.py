"""The screen for the words of the site, the admin and the widget."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from wagtail.models import Locale

from cms.models import Change
from cms.publishing.signals import request_publish
from cms.translations.rights import may_publish
from cms.translations.screens.access import for_translators
from cms.translations.screens.languages import described, without_page
from cms.translations.writing import why_not_words
from toolkit import locales
from toolkit.catalogues import Word
from toolkit.translation.wordings import Said, examples_of, keep_words, said_in, show_words

PER_PAGE = 40
# Which words are asked for.
WHICH = {
    "missing": lambda said: not said.is_whole,
    "machine": lambda said: said.by_machine,
    "waiting": lambda said: said.is_ahead,
}


@dataclass
class Row:
    """An entry on the screen: `fields` has of each form a name, the words, and for which numbers it is."""

    said: Said
    fields: list[tuple[str, str, str]] = field(default_factory=list)
    refused: str = ""

    @property
    def source(self) -> str:
        return self.said.word.plural or self.said.word.source


@for_translators
def words(request: HttpRequest, locale: Locale):
    """Show the words of a language, and keep what is written."""
    said = said_in(locale)
    if request.method != "POST":
        return _shown(request, locale, said, {}, {})
    act = request.POST.get("do", "save")
    typed, refused, new = _written(request.POST, said, locale, act)
    keep_words(locale, new, user=request.user)
    if new:
        text = ngettext("{count} text is saved.", "{count} texts are saved.", len(new)).format(count=len(new))
        messages.success(request, text)
    if refused:
        messages.error(request, gettext("Not all could be saved: see what is said beside the texts."))
        return _shown(request, locale, said_in(locale), typed, refused, status=422)
    if act == "publish":
        _show(request, locale)
    return redirect(f"{reverse('translations:words', args=[locale.language_code])}?{request.GET.urlencode()}")


def _show(request: HttpRequest, locale: Locale):
    """Let readers see what is written."""
    if not may_publish(request.user, locale):
        raise PermissionDenied
    if show_words(locale):
        request_publish(Change.Kind.WORDS)
    messages.success(request, gettext("It is public now."))


def _written(posted, said: list[Said], locale: Locale, act: str):
    """Give what was typed by the entry's digest, why some of it cannot be kept, and what is new."""
    typed, refused, new = {}, {}, []
    confirmed = act.partition(":")[2] if act.startswith("still:") else ""
    for one in said:
        names = [f"word-{one.digest}-{number}" for number in range(len(one.forms))]
        if names[0] not in posted:
            continue
        forms = [posted.get(name, "").replace("\r\n", "\n") for name in names]
        is_confirmed = act == "all-right" or confirmed == one.digest
        if tuple(forms) == one.forms and not (is_confirmed and one.by_machine):
            continue
        if not all(form.strip() for form in forms):
            refused[one.digest] = gettext("Write something in each of these fields.")
        elif reason := why_not_words(one, forms, locale):
            refused[one.digest] = reason
        else:
            new.append((one.word, forms))
        typed[one.digest] = forms
    return typed, refused, new


def _shown(request, locale: Locale, said: list[Said], typed: dict, refused: dict, *, status: int = 200):
    which, asked = request.GET.get("which", ""), request.GET.get("q", "").strip()[:200]
    chosen = [one for one in said if one.digest in refused] if refused else _chosen(said, which, asked)
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("p"))
    numbers = [", ".join(map(str, one)) for one in examples_of(locale.language_code)]
    context = {
        "rows": [_row(one, typed.get(one.digest), refused.get(one.digest, ""), numbers) for one in page],
        "paging": page,
        "asked": {"which": which, "words": asked},
        "language": described(locale),
        "source": described(Locale.objects.get(language_code=locales.source())),
        "may_publish": may_publish(request.user, locale),
        "header_title": gettext("Words of the site and the widget"),
        "without_page": without_page(request),
    }
    return TemplateResponse(request, "admin/translations/words.html", context, status=status)


def _chosen(said: list[Said], which: str, asked: str) -> list[Said]:
    if which in WHICH:
        said = [one for one in said if WHICH[which](one)]
    return [one for one in said if asked.casefold() in _all_of(one.word, one.forms)] if asked else said


def _all_of(word: Word, forms: tuple[str, ...]) -> str:
    return " ".join([word.context, word.source, word.plural, *forms]).casefold()


def _row(said: Said, typed: list[str] | None, refused: str, numbers: list[str]) -> Row:
    forms = typed or said.forms
    labels = numbers if said.word.plural else [""]
    fields = [
        (f"word-{said.digest}-{number}", form, labels[number] if number < len(labels) else "")
        for number, form in enumerate(forms)
    ]
    return Row(said, fields, refused)
