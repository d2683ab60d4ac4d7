"""A publish in the admin becomes what the public sees."""

import pytest

from toolkit.models import Mark, Quote

pytestmark = pytest.mark.django_db

LISTENING = "/api/v1/en/marks/listening/"


def test_published_change_reaches_the_api(publish, reader):
    mark = Mark.objects.get(code="listening")
    mark.summary = "Hearing what was not said."
    publish(mark)
    assert reader.document(LISTENING)["summary"] == "Hearing what was not said."


def test_published_change_reaches_lists_that_mention_it(publish, reader):
    mark = Mark.objects.get(code="listening")
    mark.title = "Really listening"
    publish(mark)
    titles = [found["title"] for found in reader.document("/api/v1/en/marks/")["results"]]
    assert "Really listening" in titles
    assert b"Really listening" in reader.content("/en/process/")


def test_draft_change_stays_inside(reader):
    mark = Mark.objects.get(code="listening")
    mark.summary = "A draft needle."
    mark.save_revision()
    assert "needle" not in str(reader.document(LISTENING))


def test_unpublished_page_vanishes_everywhere(releases, reader, django_capture_on_commit_callbacks):
    quote = Quote.objects.get(code="what-i-heard-you-say")
    with django_capture_on_commit_callbacks(execute=True):
        quote.unpublish()
    assert reader.document("/api/v1/en/quotes/what-i-heard-you-say/") is None
    assert "what-i-heard-you-say" not in str(reader.document(LISTENING))
