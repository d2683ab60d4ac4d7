"""Pictures for social media: one for each page, in step with its title, and gone with it."""

import json
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as site_settings
from django.test import TestCase
from PIL import Image
from wagtail.models import Locale

from api.releases.export import export
from api.releases.manifest import current_release
from cms.consent.withdrawal.withdraw import withdraw
from cms.publishing import signals
from cms.publishing.check import differences
from cms.publishing.publish import publish
from tests.releases import released, shown
from tests.small_site import fresh, small_site
from toolkit.models import Home, Withdrawal
from toolkit.sharing import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db, tmp_path, settings) -> dict:
    settings.RELEASES_DIR, settings.SOCIAL_PICTURES = tmp_path / "releases", True
    with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
        pages = small_site()
    publish(everything=True)
    return pages


@pytest.fixture
def change(site):
    """Does something to a page and publishes what follows."""

    def do(code: str, act):
        with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
            act(fresh(site[code]))
        publish()
        assert differences() == []

    return do


@pytest.fixture
def drawings(monkeypatch) -> list:
    """The titles of the pictures that are drawn from now on."""
    found, draw = [], picture.drawn
    monkeypatch.setattr("cms.publishing.pages.drawn", lambda card: found.append(card["title"]["text"]) or draw(card))
    return found


def titled(title: str):
    def act(page):
        page.title = title
        page.save_revision().publish()

    return act


def told(path: str) -> dict[str, str]:
    """Give what a page tells of itself in Open Graph."""
    head = BeautifulSoup(shown(site_settings.RELEASES_DIR)[path], "lxml").head
    found = {tag["property"]: tag["content"] for tag in head.select("meta[property]")}
    return found | {tag["name"]: tag["content"] for tag in head.select("meta[name]")}


def address_of(page) -> str:
    return f"/social/{page.locale.language_code}/{page.key}.png"


def test_every_page_has_a_picture(site):
    there = shown(site_settings.RELEASES_DIR)
    for page in site.values():
        said = told(page.public_path)
        assert said["og:image"].startswith(f"{site_settings.SITE_URL}{address_of(page)}?v=")
        size = Image.open(BytesIO(there[urlsplit(said["og:image"]).path])).size
        assert size == (int(said["og:image:width"]), int(said["og:image:height"])) == (1200, 630)
        assert page.title in said["og:image:alt"]
        assert said["twitter:card"] == "summary_large_image"


def test_new_title_draws_its_picture_alone(site, change, drawings):
    before = told("/en/first-stage/hearing/")["og:image"]
    change("hearing", titled("Being heard"))
    assert set(drawings) >= {"Being heard"}
    assert told("/en/first-stage/hearing/")["og:image"] != before


def test_other_words_keep_the_picture(site, drawings):
    with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
        page = fresh(site["hearing"])
        page.summary = "Other words."
        page.save_revision().publish()
    publish()
    assert drawings == []
    assert address_of(site["hearing"]) in released(site_settings.RELEASES_DIR)


def test_picture_goes_with_its_page(site, change):
    change("it-happened", lambda page: page.unpublish())
    entry = released(site_settings.RELEASES_DIR)[address_of(site["it-happened"])]
    assert (entry.status, entry.sha256) == (410, "")
    change("it-happened", lambda page: page.save_revision().publish())
    assert released(site_settings.RELEASES_DIR)[address_of(site["it-happened"])].status == 200


def test_each_language_has_its_own(site, settings):
    arabic = Locale.objects.get_or_create(language_code="ar")[0]
    home = Home(title="عدة صغيرة", slug="ar", locale=arabic, translation_key=site["small-home"].translation_key)
    home.summary = "قصير"
    for name in ("meaning", "ladders", "snakes", "score"):
        setattr(home, f"prompt_{name}", "؟")
    site["small-home"].get_parent().add_child(instance=home)
    publish(everything=True)
    there = shown(settings.RELEASES_DIR)
    assert there[address_of(home)] != there[address_of(site["small-home"])]
    assert told("/ar/")["og:locale"] == "ar_AR"
    assert told("/en/")["og:locale:alternate"] == "ar_AR"


def test_no_pictures_where_none_are_wanted(site, settings):
    settings.SOCIAL_PICTURES = False
    publish()
    assert not [path for path in shown(settings.RELEASES_DIR) if path.startswith("/social/")]
    assert "og:image" not in told("/en/")
    assert told("/en/")["twitter:card"] == "summary"
    assert differences() == []


def test_copies_for_devices_are_without(site):
    listed = json.loads(shown(site_settings.RELEASES_DIR)["/en/offline.json"])
    assert "/social/" not in json.dumps(listed)


def test_export_has_the_pictures(site, tmp_path):
    export(site_settings.RELEASES_DIR, current_release(site_settings.RELEASES_DIR), tmp_path / "out")
    assert (tmp_path / "out" / address_of(site["hearing"])[1:]).is_file()


def test_withdrawn_quote_leaves_no_picture(site, change, settings):
    """Neither the one that readers saw last, nor those in older releases."""
    path = address_of(site["it-happened"])
    drawn_before = [shown(settings.RELEASES_DIR)[path]]
    change("it-happened", titled("Words of theirs"))
    drawn_before.append(shown(settings.RELEASES_DIR)[path])
    withdraw(site["it-happened"].key, Withdrawal.Kind.QUOTE)
    left = {blob.read_bytes() for blob in settings.RELEASES_DIR.rglob("*") if blob.is_file()}
    assert left.isdisjoint(drawn_before)
