"""Which language a request is in, one publish for all that it changes, what is not ready, and about health."""

from django.middleware.locale import LocaleMiddleware
from django.utils.translation import activate, get_language

from cms.healthz import healthz
from cms.publishing.notices import release_before, tell, tell_what_to_mend
from cms.publishing.signals import collected, publish_once
from cms.undo.watching import watched
from toolkit import locales
from toolkit.publishable import NotReady


class LanguageFromPath(LocaleMiddleware):
    """Activates the language at the start of the path, and leaves every response as it is.

    Django's own middleware would answer a 404 of the API with a redirect to /en/api/…. And it knows no language
    without a catalogue, as one may be that somebody has just added.
    """

    def process_request(self, request):
        code = request.path_info.split("/", 2)[1]
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


def answer_about_health(get_response):
    """Middleware: /healthz is answered before anything else.

    Load balancers ask by any host name, without TLS, and while the database, which sessions need, is away.
    """

    def middleware(request):
        return healthz(request) if request.path_info == "/healthz" else get_response(request)

    return middleware
