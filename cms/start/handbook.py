"""The editors' handbook: a guide page that is a draft until somebody decides to publish it."""

from django.utils.translation import get_language

from toolkit import locales
from toolkit.models import Guide

# The code of the page, in the starter content and on every site that has it.
HANDBOOK = "handbook"


def handbook() -> Guide | None:
    """Give the handbook in the reader's language, else in one that it falls back to; None on a site without one."""
    pages = Guide.objects.filter(code=HANDBOOK, alias_of=None).select_related("locale")
    found = {page.locale.language_code: page for page in pages}
    return next((found[code] for code in locales.fallbacks(get_language()) if code in found), None)
