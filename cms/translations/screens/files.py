"""Downloading a language as one file, and bringing it back."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Locale, Page

from cms.translations.files import po, xliff
from cms.translations.files.entries import about, entries_of
from cms.translations.files.po import Unreadable
from cms.translations.files.taking import take
from cms.translations.rights import may_write_page
from cms.translations.screens.access import for_translators
from cms.translations.screens.languages import described
from toolkit.catalogues import plural_forms

# In bytes. A site of 10,000 texts has a fifth of that.
LARGEST = 10 * 1024 * 1024
# So many of a kind does the report show; how many there are it says in any case.
SHOWN = 200
REASONS = {
    "not-utf-8": gettext_lazy("This file is not in UTF-8. Save it as UTF-8 in your program, and try again."),
    "no-po": gettext_lazy(
        "This is no PO file, or it is damaged. Save it again in your program, or download it anew."
    ),
    "no-header": gettext_lazy(
        "The head of this file is missing, which says the language. Begin with a file that you downloaded here."
    ),
    "no-xliff": gettext_lazy(
        "This is no XLIFF 2 file, or it is damaged. Begin with a file that you downloaded here."
    ),
    "too-large": gettext_lazy("This file is larger than 10 MB. Bring only the file of this language."),
    "missing": gettext_lazy("Choose a file first."),
}


@for_translators
@require_safe
def download(request: HttpRequest, locale: Locale, form: str):
    """Give all texts of a language as a file."""
    code = locale.language_code
    if form not in (po.FORM, xliff.FORM):
        raise Http404
    entries = entries_of(
        locale, preview=lambda key: settings.SITE_URL + reverse("translations:preview", args=[code, key])
    )
    if form == po.FORM:
        content = po.write(about(locale), entries, plural_forms=plural_forms(code), name=settings.SITE_NAME)
    else:
        content = xliff.write(about(locale), entries, name=settings.SITE_NAME)
    kind = po.TYPE if form == po.FORM else xliff.TYPE
    name = f'attachment; filename="toolkit-{code}.{form}"'
    return HttpResponse(content, content_type=f"{kind}; charset=utf-8", headers={"Content-Disposition": name})


def preview_address(code: str, key: str) -> str:
    """Give the whole address at which translators see a thing as readers would."""
    return settings.SITE_URL + reverse("translations:preview", args=[code, key])


@for_translators
@require_POST
def upload(request: HttpRequest, locale: Locale):
    """Take what a file brings back, and say what became of each text."""
    try:
        language, entries = _read(request.FILES.get("file"))
    except Unreadable as reason:
        messages.error(request, REASONS[str(reason)])
        return _back(locale)
    if language.code != locale.language_code:
        text = gettext("This file is in “{code}”, and so for another language. Nothing has changed.")
        messages.error(request, text.format(code=language.code[:20]))
        return _back(locale)
    report = take(language, entries, locale, user=request.user, may_write=_rights(request.user, locale))
    context = {
        "report": report,
        "beside": report.beside[:SHOWN],
        "refused": report.refused[:SHOWN],
        "language": described(locale),
        "header_title": gettext("What became of your file"),
    }
    return TemplateResponse(request, "admin/translations/report.html", context)


def _read(file):
    if file is None:
        raise Unreadable("missing")
    if file.size > LARGEST:
        raise Unreadable("too-large")
    content = file.read()
    is_xml = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"
    return xliff.read(content) if is_xml else po.read(content)


def _rights(user, locale: Locale):
    """Give a function that tells whether somebody may write a thing, by its key."""
    pages = {str(page.translation_key): page for page in Page.objects.filter(locale=locale, alias_of=None)}
    known = {}

    def may_write(key: str) -> bool:
        if key not in known:
            known[key] = may_write_page(user, pages.get(key), locale)
        return known[key]

    return may_write


def _back(locale: Locale):
    return redirect("translations:language", locale.language_code)
