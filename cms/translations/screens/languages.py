"""The page of a language: how much is done, what is missing, what has changed, what waits."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.models import Locale

from cms.translations.progress import READY, keys_in_review, progress_of, progress_of_all, things_in
from cms.translations.rights import languages_of, may_coordinate, may_publish, may_publish_page
from cms.translations.screens.access import for_translators
from cms.translations.words import NEEDS, STATES, kind_name, kinds
from toolkit import locales
from toolkit.publishable import NotReady
from toolkit.translation.work import UnableToPublish, job_for, publish

PER_PAGE = 50


@require_admin_access
def index(request: HttpRequest):
    """List the languages that somebody may translate into; who has one goes straight to it."""
    languages = languages_of(request.user)
    coordinates = may_coordinate(request.user)
    if len(languages) == 1 and not coordinates:
        return redirect("translations:language", languages[0].language_code)
    progress = progress_of_all(languages)
    rows = [(described(one), progress[one.pk]) for one in languages]
    context = {"rows": rows, "coordinates": coordinates, "header_title": gettext("Translations")}
    return TemplateResponse(request, "admin/translations/index.html", context)


@for_translators
def language(request: HttpRequest, locale: Locale):
    """Show what there is to do in a language."""
    progress = progress_of(locale)
    wanted = request.GET.get("need", "")
    asked = {"need": wanted, "type": request.GET.get("type", ""), "words": request.GET.get("q", "").strip()[:200]}
    page = Paginator(things_in(locale, **asked), PER_PAGE).get_page(request.GET.get("p"))
    in_review = keys_in_review(locale)
    context = {
        "language": described(locale),
        "progress": progress,
        "may_publish": may_publish(request.user, locale),
        "needs": [(need, label, progress.needs[need]) for need, label in NEEDS.items() if progress.needs[need]],
        "kinds": kinds(),
        "asked": asked,
        "things": [shown(one, in_review) for one in page],
        "paging": page,
        "header_title": gettext("Translations: {language}").format(language=locales.own_name(locale.language_code)),
        "without_page": without_page(request),
    }
    return TemplateResponse(request, "admin/translations/language.html", context)


@for_translators
@require_POST
def show_ready(request: HttpRequest, locale: Locale):
    """Show to readers all that is ready, so far as somebody may; it takes some time for each, so not all at once."""
    shown_count, left = 0, []
    for standing in things_in(locale, need=READY)[:PER_PAGE]:
        job = job_for(standing.key, locale)
        if not may_publish_page(request.user, job.target, locale):
            raise PermissionDenied
        try:
            publish(job, user=request.user)
            shown_count += 1
        except (UnableToPublish, ValidationError, NotReady):
            left.append(standing.title)
    text = ngettext("{count} thing is public now.", "{count} things are public now.", shown_count)
    messages.success(request, text.format(count=shown_count))
    if left:
        text = gettext("These have to be opened one by one: {titles}.")
        messages.warning(request, text.format(titles=", ".join(left)))
    return redirect("translations:language", locale.language_code)


def shown(standing, in_review) -> dict:
    """Give what a line of the list says of a thing."""
    return {
        "standing": standing,
        "kind": kind_name(standing.type),
        "state": STATES[standing.state],
        "source": locales.language(standing.source_locale.language_code),
        "in_review": str(standing.key) in in_review,
    }


def described(locale: Locale) -> dict:
    """Give what screens say of a language."""
    code = locale.language_code
    return {"code": code, "name": locales.own_name(code), **locales.language(code)}


def without_page(request: HttpRequest) -> str:
    """Give the question of the address without the number of the page."""
    asked = request.GET.copy()
    asked.pop("p", None)
    return asked.urlencode()
