"""A toolkit that is partly translated, by the way that translators take: what each language then shows."""

import json

import pytest
from bs4 import BeautifulSoup
from django.test import TestCase
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from api.releases.server import ReleaseReader
from tests.contract import contract_errors
from tests.releases import copy_releases, publish_everything, released_by
from tests.small_site import fresh, small_site
from toolkit.models import Mark

pytestmark = pytest.mark.django_db

TRANSLATED = ["small-home", "first-stage", "hearing"]
DIRECTIONS = {"en": "ltr", "cy": "ltr", "ar": "rtl"}
# Stand-ins for translated words, so that each text tells its language.
WORDS = {"cy": "Gair", "ar": "كلمة"}


def send(page, *codes: str):
    """Send a page to translation into some languages, as the admin does."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        page = Page.objects.get(pk=page.pk).specific
        translate_object(page, Locale.objects.filter(language_code__in=codes))


def translate(page, *codes: str):
    """Translate a page into some languages and publish that, as the translation editor does."""
    send(page, *codes)
    with TestCase.captureOnCommitCallbacks(execute=True):
        write_translations(page, codes)


def write_translations(page, codes):
    """Translate every string of a page but its address."""
    for translation in Translation.objects.filter(source__object_id=page.translation_key):
        code = translation.target_locale.language_code
        for segment in translation.source.stringsegment_set.exclude(context__path="slug"):
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                defaults={"data": f"{WORDS[code]} {segment.string.data}"},
            )
        if code in codes:
            translation.save_target(publish=True)


def in_locale(page, code: str):
    """Give a page's translation."""
    return type(page).objects.get(translation_key=page.translation_key, locale__language_code=code)


def translated_site() -> dict:
    """Publish a small site whose home page, first stage and first mark are in Welsh and Arabic, too."""
    pages = small_site()
    publish_everything()
    for code in TRANSLATED:
        translate(pages[code], "cy", "ar")
    publish_everything()
    return pages


@pytest.fixture(scope="module")
def translated(made_once):
    """Such a site, that all tests here begin with: its pages by code, and the folder of its release."""
    return made_once(translated_site)


@pytest.fixture
def released(translated):
    """Reads the release of such a site, for tests that only look."""
    return ReleaseReader(translated[1])


@pytest.fixture
def site(translated, db, tmp_path, settings):
    """Such a site for a test that changes it: its pages by their code."""
    pages, folder = translated
    settings.RELEASES_DIR = tmp_path / "releases"
    copy_releases(folder, settings.RELEASES_DIR)
    return {code: fresh(page) for code, page in pages.items()}


@pytest.fixture
def shown(site, settings):
    """Reads the release of a site that the test changes."""
    return ReleaseReader(settings.RELEASES_DIR)


def html_pages(reader, locale: str = "") -> dict[str, str]:
    """Give the HTML of every page, by address."""
    return {
        path: reader.content(path).decode()
        for path, entry in released_by(reader).items()
        if entry.type == "text/html" and path.startswith(f"/{locale}") and not path.startswith(("/api/", "/widget/"))
    }


def own_language(element) -> tuple[str, str]:
    """Give the language and direction that hold for an element."""
    marked = next(one for one in (element, *element.parents) if one.get("lang"))
    directed = next(one for one in (element, *element.parents) if one.get("dir"))
    return marked["lang"], directed["dir"]


def locale_of(address: str) -> str:
    return address.split("/")[1]


@pytest.mark.parametrize("locale", DIRECTIONS)
def test_every_page_says_its_language(released, locale):
    not_found = f"not-found/{locale}"
    pages = html_pages(released, f"{locale}/") | {not_found: released.content(not_found).decode()}
    assert len(pages) >= 4
    for address, html in pages.items():
        root = BeautifulSoup(html, "lxml").html
        assert (root["lang"], root["dir"]) == (locale, DIRECTIONS[locale]), address


@pytest.mark.parametrize("locale", ["cy", "ar"])
def test_only_translated_pages_have_an_address(released, locale):
    assert set(html_pages(released, f"{locale}/")) == {
        f"/{locale}/search/",
        f"/{locale}/offline/",
        f"/{locale}/offline/unreachable/",
        f"/{locale}/how-we-tested/",
        f"/{locale}/print/",
        f"/{locale}/print/first-stage/",
        # Who prints a stage that is not translated gets it in the language that it is in.
        f"/{locale}/print/later-stage/",
        f"/{locale}/",
        f"/{locale}/first-stage/",
        f"/{locale}/first-stage/hearing/",
    }
    assert released.document(f"/api/v1/{locale}/stages/later-stage/") is None
    assert released.document(f"/api/v1/{locale}/quotes/it-happened/") is None


@pytest.mark.parametrize("locale", ["cy", "ar"])
def test_translated_document_says_so(released, locale):
    document = released.document(f"/api/v1/{locale}/marks/hearing/")
    assert (document["locale"], document["lang"], document["dir"]) == (locale, locale, DIRECTIONS[locale])
    assert (document["translation"]["state"], document["translation"]["source_locale"]) == ("current", "en")
    assert document["title"] == f"{WORDS[locale]} Hearing"
    assert document["code"] == "hearing"
    assert document["stage"]["title"] == f"{WORDS[locale]} First stage"
    assert document["prompts"][0]["text"].startswith(WORDS[locale])
    assert WORDS[locale] in document["body"][0]["html"]


@pytest.mark.parametrize("locale", ["cy", "ar"])
def test_untranslated_things_are_listed_as_they_are(released, locale):
    stages = released.document(f"/api/v1/{locale}/")["stages"]
    assert [(stage["lang"], stage["dir"], stage["path"]) for stage in stages] == [
        (locale, DIRECTIONS[locale], f"/{locale}/first-stage/"),
        ("en", "ltr", "/en/later-stage/"),
    ]
    assert [mark["lang"] for mark in stages[0]["marks"]] == [locale, "en"]
    [quote] = [
        block["quote"] for block in released.document(f"/api/v1/{locale}/marks/hearing/")["body"] if "quote" in block
    ]
    assert (quote["lang"], quote["dir"], quote["path"]) == ("en", "ltr", "/en/all-voices/it-happened/")


def test_links_mark_another_language_up(released):
    """On every page, words that come from another language say so, down to the single link."""
    foreign = 0
    for address, html in html_pages(released).items():
        for link in BeautifulSoup(html, "lxml").body.select("a[href^='/']"):
            target = locale_of(link["href"])
            if target != locale_of(address) and not link.find_parent(class_=["translation-note"]):
                foreign += 1
                assert link["hreflang"] == target, f"{address}: {link}"
                # Some say in the page's own language what the other page is.
                if not link.find_parent(class_=["prose", "doors", "easy-read"]):
                    assert own_language(link) == (target, DIRECTIONS[target]), f"{address}: {link}"
    assert foreign > 20


@pytest.mark.parametrize("locale", ["cy", "ar"])
def test_quoted_words_keep_their_language(released, locale):
    page = BeautifulSoup(released.content(f"/{locale}/first-stage/hearing/"), "lxml")
    words = page.find(string=lambda text: "They wrote it down" in text)
    assert own_language(words.parent) == ("en", "ltr")
    assert page.select_one(".language-note")


@pytest.mark.parametrize("locale", ["cy", "ar"])
def test_listed_fallback_says_its_language_in_words(released, locale):
    page = BeautifulSoup(released.content(f"/{locale}/first-stage/"), "lxml")
    cards = {card.a["href"]: card for card in page.select(".cards > li")}
    assert cards["/en/first-stage/speaking/"].select_one(".language-note")
    assert not cards[f"/{locale}/first-stage/hearing/"].select_one(".language-note")


def test_alternates_are_the_same_in_all_languages(released, settings):
    paths = {code: f"/{code}/first-stage/hearing/" for code in ("en", "cy", "ar")}
    expected = [
        {"locale": code, "path": path, "api": f"/api/v1/{code}/marks/hearing/"} for code, path in paths.items()
    ]
    for locale in DIRECTIONS:
        assert released.document(f"/api/v1/{locale}/marks/hearing/")["alternates"] == expected
        head = BeautifulSoup(released.content(f"/{locale}/first-stage/hearing/"), "lxml").head
        links = {link["hreflang"]: link["href"] for link in head.select("link[rel=alternate][hreflang]")}
        addresses = {code: settings.SITE_URL + path for code, path in paths.items()}
        assert links == {**addresses, "x-default": addresses["en"]}
        assert head.select_one("link[rel=canonical]")["href"] == addresses[locale]
    assert len(released.document("/api/v1/en/marks/speaking/")["alternates"]) == 1


def test_index_lists_the_public_languages(released):
    index = json.loads(released.content("/api/v1/index.json"))
    assert [(one["locale"], one["name"], one["dir"], one["path"]) for one in index["locales"]] == [
        ("en", "English", "ltr", "/en/"),
        ("cy", "Cymraeg", "ltr", "/cy/"),
        ("ar", "العربيّة", "rtl", "/ar/"),
    ]


def test_every_translated_answer_keeps_to_the_contract(released):
    answers = [path for path in released_by(released) if path.startswith(("/api/v1/cy/", "/api/v1/ar/"))]
    assert len(answers) == 22
    assert {path: errors for path in answers if (errors := contract_errors(path, released.document(path)))} == {}


def digests(reader) -> dict[str, str]:
    """Give the digest of every resource."""
    return {path: entry.sha256 for path, entry in released_by(reader).items()}


def changed(before: dict, after: dict) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_first_translation_changes_english_alternates_only(site, shown):
    before = digests(shown)
    document = shown.document("/api/v1/en/stages/later-stage/")
    translate(site["later-stage"], "cy")
    publish_everything()
    english = {path for path in changed(before, digests(shown)) if path.startswith(("/en/", "/api/v1/en/"))}
    assert english == {"/en/later-stage/", "/api/v1/en/stages/later-stage/", "/en/offline.json"}
    after = shown.document("/api/v1/en/stages/later-stage/")
    assert after.pop("alternates") != document.pop("alternates")
    assert after == document


@pytest.mark.parametrize("locale", ["cy", "ar"])
def test_changed_translation_changes_no_other_language(site, shown, locale):
    before = digests(shown)
    mark = in_locale(site["hearing"], locale)
    mark.title = "Changed"
    mark.save_revision().publish()
    publish_everything()
    touched = changed(before, digests(shown))
    assert f"/{locale}/first-stage/hearing/" in touched
    own = (f"/{locale}/", f"/api/v1/{locale}/", f"frame/{locale}")
    assert {path for path in touched if not path.startswith(own)} == set()


def test_changed_source_makes_translations_stale(site, shown):
    before = shown.document("/api/v1/cy/marks/hearing/")
    source = Mark.objects.get(pk=site["hearing"].pk)
    source.title = "Hearing, in other words"
    source.save_revision().publish()
    publish_everything()
    after = shown.document("/api/v1/cy/marks/hearing/")
    was, now = before.pop("translation"), after.pop("translation")
    assert (was["state"], now["state"]) == ("current", "stale")
    assert was["source_updated_at"] <= before["updated_at"] < now["source_updated_at"]
    assert after == before
    note = BeautifulSoup(shown.content("/cy/first-stage/hearing/"), "lxml").select_one(".translation-note a")
    assert (note["href"], note["hreflang"]) == ("/en/first-stage/hearing/", "en")


def test_unpublished_translation_falls_back(site, shown):
    in_locale(site["hearing"], "cy").unpublish()
    publish_everything()
    assert shown.content("/cy/first-stage/hearing/") is None
    marks = shown.document("/api/v1/cy/stages/first-stage/")["marks"]
    assert [mark["lang"] for mark in marks] == ["en", "en"]
    assert shown.document("/api/v1/ar/marks/hearing/")


def test_home_decides_whether_a_language_is_public(site, shown):
    in_locale(site["small-home"], "cy").unpublish()
    publish_everything()
    assert html_pages(shown, "cy/") == {}
    assert [path for path in digests(shown) if path.startswith("/api/v1/cy/")] == ["/api/v1/cy/widget/"]
    assert b"Cymraeg" not in shown.content("/en/")


@pytest.mark.parametrize("locale", ["cy", "es"])
def test_pages_sent_to_translation_are_not_public(site, shown, locale):
    """Not even when the pages above them have no translation, and are copied along."""
    before = digests(shown)
    for code in ("speaking", "later-stage", "it-happened", "small-home"):
        send(site[code], locale)
    publish_everything()
    assert changed(before, digests(shown)) == set()
