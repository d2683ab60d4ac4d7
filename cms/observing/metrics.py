"""The answer at /metrics, in the text format of Prometheus, for whoever shows the token."""

import hmac
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotFound
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from cms.healthz import Question
from cms.observing.counts import all_counts, counts_of
from cms.observing.figures import of_database, of_processes, of_server, read_stored

question = Question(lambda: read_stored())


class Figures(Collector):
    """Collects all figures of this server anew for each question."""

    def collect(self) -> Iterator:
        # What others have counted may be a second old; this process can say what it has counted until now.
        counts_of(settings.COUNTS_DIR).tell()
        yield from of_processes(all_counts(settings.COUNTS_DIR))
        yield from of_server()
        yield from of_database(question.state())


registry = CollectorRegistry(auto_describe=False)
registry.register(Figures())


@require_safe
def metrics(request):
    """Give all figures. To whoever has no token, there is nothing here."""
    if not is_allowed(request.headers.get("Authorization", "")):
        return HttpResponseNotFound()
    response = HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)
    response["Cache-Control"] = "no-store"
    return response


def is_allowed(authorization: str) -> bool:
    """Tell whether a request shows the token that the settings name, if they name one."""
    expected = f"Bearer {settings.METRICS_TOKEN}"
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(authorization.encode(), expected.encode())
