"""Which language a request is in."""

from django.middleware.locale import LocaleMiddleware


class LanguageFromPath(LocaleMiddleware):
    """Activates the language at the start of the path, and leaves every response as it is.

    Django's own middleware would answer a 404 of the API with a redirect to /en/api/….
    """

    def process_response(self, request, response):
        return response
