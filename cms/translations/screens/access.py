"""Who may come to which screen: decided once, for every one of them."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from wagtail.admin.auth import require_admin_access
from wagtail.models import Locale

from cms.translations.rights import may_coordinate, may_translate
from toolkit import locales
from toolkit.translation.work import NothingToTranslate, job_for


def for_translators(view):
    """Let in who may translate into the language that the address names: the view gets the locale."""

    @wraps(view)
    def guarded(request, code: str, **kwargs):
        locale = Locale.objects.filter(language_code=code).first()
        if locale is None or code not in locales.codes() or code == locales.source():
            raise Http404
        if not may_translate(request.user, locale):
            raise PermissionDenied
        return view(request, locale, **kwargs)

    return require_admin_access(guarded)


def for_job(view):
    """Let in who may translate into a language, to one thing: the view gets the job."""

    @wraps(view)
    def found(request, locale: Locale, key, **kwargs):
        try:
            job = job_for(key, locale)
        except NothingToTranslate:
            raise Http404 from None
        return view(request, job, **kwargs)

    return for_translators(found)


def for_coordinators(view):
    """Let in who looks after all languages."""

    @wraps(view)
    def guarded(request, **kwargs):
        if not may_coordinate(request.user):
            raise PermissionDenied
        return view(request, **kwargs)

    return require_admin_access(guarded)
