"""What every answer says, about health, languages, who has to wait, one publish for all changes, what to mend."""

from contextlib import suppress

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.urls import Resolver404, resolve
from django.utils.translation import activate, get_language

from api.headers import NAMES, headers_of, kind_at
from cms.healthz import healthz
from cms.observing.metrics import metrics
from cms.observing.readiness import livez, readyz
from cms.observing.routes import DOORS
from cms.publishing.notices import release_before, tell, tell_what_to_mend
from cms.publishing.signals import collected, publish_once
from cms.spared import CROWDED
from cms.undo.watching import watched
from cms.views import please_wait
from toolkit import locales
from toolkit.publishable import NotReady


class LanguageFromPath(LocaleMiddleware):
    """Activates the language at the start of the path, and leaves every response as it is.

    Django's own middleware would answer a 404 of the API with a redirect to /en/api/…. And it knows no language
    without a catalogue, as one may be that somebody has just added.
    """

    def process_request(self, request):
        # OPTIONS may ask for "*", a path without a slash.
        code = request.path_info.removeprefix("/").partition("/")[0]
        if code not in locales.codes():
            return super().process_request(request)
        activate(code)
        request.LANGUAGE_CODE = get_language()
        return None

    def process_response(self, request, response):
        return response


def publish_after_request(get_response):
    """Middleware: whatever an editor's request changes is published together, before the answer goes out.

    It stands after the middleware of messages, so that it can leave one.
    """

    def middleware(request):
        before = release_before(request)
        with collected(), watched() as seen:
            response = get_response(request)
        if changes := publish_once():
            tell(request, changes, before, seen)
        return response

    return middleware


class TellWhatToMend:
    """Middleware: what must not go out does not, whichever button was pressed, and the editor reads what to mend.

    It stands within the middleware of messages. Wagtail would answer its own PermissionDenied with another sentence.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, NotReady) and request.path.startswith("/admin/"):
            return tell_what_to_mend(request, exception)
        return None


ANSWERS = dict(zip(DOORS, (healthz, livez, readyz, metrics), strict=True))


def put_security_headers(get_response):
    """Middleware: every answer has the headers of its row in the table, and no other of these.

    On a 304 they would take the place of those that came with what the browser keeps: there stand none.
    """

    def middleware(request):
        response = get_response(request)
        for name in NAMES:
            response.headers.pop(name, None)
        if response.status_code != 304:
            kind = kind_at(request.path_info, response.get("Content-Type", ""))
            hsts_seconds = settings.SECURE_HSTS_SECONDS if request.is_secure() else 0
            for name, value in headers_of(kind, hsts_seconds).items():
                response[name] = value
        return response

    return middleware


def ask_to_wait(get_response):
    """Middleware: whoever finds too many others waiting for the database is told so, before anything asks it.

    It stands after that of languages, so that it is counted what they asked for.
    """

    def middleware(request):
        if CROWDED not in request.META:
            return get_response(request)
        with suppress(Resolver404):
            request.resolver_match = resolve(request.path_info)
        return please_wait(request)

    return middleware


def answer_about_health(get_response):
    """Middleware: what operators ask is answered before anything else.

    Load balancers ask by any host name, without TLS, and while the database, which sessions need, is away.
    """

    def middleware(request):
        return ANSWERS.get(request.path_info, get_response)(request)

    return middleware
