"""What readers are told of changes: in step with the site, and gone with what was taken back."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as site_settings
from django.test import TestCase

from cms.consent.withdrawal.withdraw import withdraw
from cms.publishing import signals
from cms.publishing.check import differences
from cms.publishing.publish import publish
from tests.releases import shown
from tests.small_site import fresh, small_site
from toolkit.models import Withdrawal

pytestmark = pytest.mark.django_db

PLACE = "/en/first-stage/speaking/"


@pytest.fixture
def site(db, tmp_path, settings) -> dict:
    settings.RELEASES_DIR = tmp_path / "releases"
    with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
        pages = small_site()
    publish(everything=True)
    return pages


@pytest.fixture
def change(site):
    """Changes a page as an editor does, and publishes what follows: as all would come out if it were made anew."""

    def do(code: str, **fields):
        with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
            page = fresh(site[code])
            for name, value in fields.items():
                setattr(page, name, value)
            page.save_revision().publish()
        publish()
        assert differences() == []

    return do


def told(path: str = PLACE) -> list[str]:
    page = BeautifulSoup(shown(site_settings.RELEASES_DIR)[path], "lxml")
    return [" ".join(row.get_text().split()) for row in page.select(".what-changed dd li")]


def test_page_says_what_changed(site, change):
    assert told() == []
    change("speaking", summary="Being plain.", body=[("idea", site["tea-first"])])
    assert told() == ["The summary", "The ideas", "New on this page: Tea first"]


def test_new_title_of_what_was_added_follows(site, change):
    change("speaking", body=[("idea", site["tea-first"])])
    change("tea-first", title="Coffee first")
    assert told() == ["The ideas", "New on this page: Coffee first"]


def test_change_of_nothing_leaves_the_page(site, change):
    change("speaking", title="Plain")
    before = told()
    change("speaking")
    assert told() == before == ["The title"]


def test_taken_back_words_are_told_nowhere(site, change):
    change("speaking", body=[("quote", site["it-happened"])])
    assert "New on this page: It happened" in told()
    withdraw(site["it-happened"].key, Withdrawal.Kind.QUOTE)
    assert told() == ["The quotes"]
    left = [path for path, content in shown(site_settings.RELEASES_DIR).items() if b"It happened" in content]
    # The contract shows examples, of the same small site.
    assert left == ["/api/v1/docs/", "/api/v1/openapi.json"]
