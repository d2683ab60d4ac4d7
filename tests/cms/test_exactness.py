"""What a single act rebuilds: all that read what it changed, and nothing else.

What is printed is made of nearly all there is, and is looked at in test_printing.py.
"""

import pytest
from django.core.cache import cache
from django.test import TestCase
from wagtail.images import get_image_model
from wagtail.models import Locale

from api.releases.manifest import current_release, entries_of
from api.releases.views import NOTICES
from cms.publishing import build, printing, signals
from cms.publishing.check import differences
from cms.publishing.publish import publish
from tests.cms.acts.files import kept, png
from tests.cms.grown_site import grown_site
from tests.releases import copy_releases
from tests.small_site import fresh
from toolkit import rendering
from toolkit.documents.addresses import COLLECTIONS
from toolkit.documents.facts import fact_name, parts_of
from toolkit.documents.library import public_library
from toolkit.models import Guide, Mark, Term

pytestmark = pytest.mark.django_db

# So that no home page is built because the booklet has grown a little.
ONE_SIZE = 2**40
TEXT = [("text", "<p>Other words.</p>")]


def published_site() -> dict:
    """Make and publish the site; give its pages by code."""
    # Before that block, at whose end their files would go: other tests need them.
    get_image_model().objects.all().delete()
    with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
        pages = grown_site()
    publish(everything=True)
    return pages


@pytest.fixture(scope="module")
def grown(made_once):
    """A published site that all tests here begin with: its pages by code, and the folder of its release."""
    cache.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "STEP", ONE_SIZE)
        return made_once(published_site)


@pytest.fixture
def site(grown, db, tmp_path, settings, monkeypatch):
    """The English pages of a site that is published, by code."""
    pages, folder = grown
    monkeypatch.setattr(printing, "STEP", ONE_SIZE)
    settings.RELEASES_DIR = tmp_path / "releases"
    copy_releases(folder, settings.RELEASES_DIR)
    return {code: fresh(page) for code, page in pages.items()}


@pytest.fixture
def rebuilt(site, monkeypatch):
    """Does something and publishes it; gives the targets that had or have something to show and were built."""
    codes = {page.key: code for code, page in site.items()}
    names = set()

    def noted(library, name, memory):
        built = build_target(library, name, memory)
        kind, argument, locale = parts_of(name)
        if (memory or built.resources) and kind not in ("booklet", "print"):
            names.add(fact_name(kind, codes.get(argument, "new"), locale) if kind == "page" else name)
        return built

    def do(change) -> set[str]:
        names.clear()
        with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
            change()
        publish()
        return set(names)

    build_target = build.build_target
    monkeypatch.setattr(build, "build_target", noted)
    return do


def change(page, **fields):
    """Change fields of a page and publish it."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def add(page_type, parent, locale, **fields):
    """Add a live page."""
    said = {"title": "New", "slug": "new", "locale": locale} | ({} if page_type is Term else {"summary": "New."})
    return parent.add_child(instance=page_type(**{**said, **fields}))


def everywhere(*names: str) -> set[str]:
    """Give names of targets in all languages of the site."""
    return {f"{name}@{locale}" for name in names for locale in ("en", "cy", "ar")}


def pages(*names: str) -> set[str]:
    """Give names of the targets of pages, for example `hearing@cy`."""
    return {f"page:{name}" for name in names}


HOMES = everywhere("page:small-home")
LISTED = everywhere("list:marks", "sitemap:marks")
FEED = {"feed:@en"}
NOTICED = everywhere("offline:", "tested:", *(f"{name}:" for name in NOTICES))
# The widget is there in every language of the installation, and reads titles and summaries of all marks.
WIDGETS = {f"widget:@{locale}" for locale in ("en", "cy", "ar", "es")}
# What offers marks to choose from: the pages that show a list, and what answers to questions are made of.
CHOICES = everywhere("asking:") | pages("small-lake@en", "all-voices@en", "all-voices@cy")


def test_draft_rebuilds_nothing(site, rebuilt):
    assert rebuilt(lambda: site["ending"].save_revision()) == set()


def test_body_rebuilds_its_page_alone(site, rebuilt):
    assert rebuilt(lambda: change(site["ending"], body=TEXT)) == pages("ending@en") | FEED


def test_body_makes_its_translation_stale(site, rebuilt):
    """The quote that no longer stands in it lists it no longer."""
    expected = pages("hearing@en", "hearing@cy", "it-happened@en") | FEED
    assert rebuilt(lambda: change(site["hearing"], body=TEXT)) == expected


@pytest.mark.parametrize(("field", "who_else"), [("title", CHOICES), ("summary", set())])
def test_words_of_a_mention_rebuild_who_mentions(site, rebuilt, field, who_else):
    expected = (
        pages("ending@en", "looking-back@en", "later-stage@en") | HOMES | FEED | WIDGETS | everywhere("list:marks")
    )
    assert rebuilt(lambda: change(site["ending"], **{field: "The end of it"})) == expected | who_else


def test_address_rebuilds_sitemaps_too(site, rebuilt):
    expected = pages("ending@en", "looking-back@en", "later-stage@en") | HOMES | FEED | LISTED | WIDGETS
    assert rebuilt(lambda: change(site["ending"], slug="the-end")) == expected


def test_new_mark_rebuilds_its_surroundings(site, rebuilt):
    instance = Mark(title="New", slug="new", summary="New.", locale=site["middle"].locale)
    expected = pages("new@en", "speaking@en", "middle@en", "first-stage@en", "first-stage@cy") | HOMES | LISTED
    assert rebuilt(lambda: site["middle"].add_sibling("left", instance=instance)) == expected | CHOICES | WIDGETS


def test_deleted_mark_rebuilds_its_surroundings(site, rebuilt):
    expected = pages("middle@en", "speaking@en", "first-stage@en", "first-stage@cy") | HOMES | LISTED | FEED
    assert rebuilt(lambda: site["middle"].delete()) == expected | CHOICES | WIDGETS


def test_new_order_rebuilds_neighbours(site, rebuilt):
    expected = pages("middle@en", "speaking@en", "hearing@en", "hearing@cy", "first-stage@en", "first-stage@cy")
    moved = rebuilt(lambda: site["middle"].move(site["speaking"], pos="left"))
    assert moved == expected | HOMES | LISTED | CHOICES | WIDGETS


def test_guide_in_the_menu_rebuilds_all_pages(site, rebuilt, settings):
    before = current_release(settings.RELEASES_DIR)
    entries = entries_of(settings.RELEASES_DIR, before).items()
    # The pages about the API and the widget have no menu.
    html = {
        path
        for path, entry in entries
        if entry.type == "text/html" and not path.startswith(("/api/", "/widget/")) and "/print/" not in path
    }
    built = rebuilt(lambda: add(Guide, site["small-home"], site["small-home"].locale))
    shown = {name for name in built if name.startswith(("page:", "asking:"))}
    # One page is new. Whatever says that something is wrong is one page, and what `offline` makes are two.
    assert len(shown) + len(NOTICED) + len(everywhere("offline:")) == len(html) + 1
    assert built - shown == NOTICED | everywhere("feed:", "list:pages", "sitemap:pages")


def test_meaning_rebuilds_where_its_term_stands(site, rebuilt):
    expected = pages("jargon-word@en", "words@en", "a-guide@en") | FEED | everywhere("list:terms")
    assert rebuilt(lambda: change(site["jargon-word"], meaning="<p>Plain.</p>")) == expected
    assert differences() == []


def test_new_term_rebuilds_where_it_stands(site, rebuilt):
    built = rebuilt(lambda: add(Term, site["words"], site["words"].locale, title="Read this", meaning="<p>So.</p>"))
    assert pages("a-guide@en", "words@en") <= built
    # Nor is a page without prose of its own, or in another language, any of its business.
    assert built & pages("ending@en", "hearing@cy") == set()
    assert differences() == []


def test_quote_rebuilds_where_it_stands(site, rebuilt):
    expected = pages("it-happened@en", "it-happened@cy", "hearing@en", "all-voices@en") | FEED
    assert rebuilt(lambda: change(site["it-happened"], words="<p>It did.</p>")) == expected | {
        "list:quotes@en",
        "list:quotes@ar",
    }


def test_welsh_words_leave_other_languages_alone(site, rebuilt):
    welsh = site["hearing"].get_translation(Locale.objects.get(language_code="cy"))
    expected = pages("hearing@cy", "first-stage@cy", "small-home@cy") | {"feed:@cy", "list:marks@cy"}
    assert rebuilt(lambda: change(welsh, title="Clywed")) == expected | pages("it-happened@cy", "all-voices@cy") | {
        "asking:@cy",
        "widget:@cy",
    }


def test_settings_rebuild_what_names_the_address(site, rebuilt, settings):
    """Every page names its own address, so that search engines and whoever passes it on know it."""
    library = public_library()
    library.load_all()
    shown = {fact_name("page", page.code, page.locale.language_code) for page in library.pages}
    settings.SITE_URL = "https://toolkit.example"
    welsh = {f"sitemap:{name}@cy" for name in ("stages", "marks", "quotes")}
    named = {"robots:@", "sitemaps:@", "widget-docs:@", *(f"sitemap:{name}@en" for name in COLLECTIONS)}
    around = everywhere("feed:", "sitemap:pages", "asking:") | NOTICED
    assert rebuilt(lambda: None) == shown | around | welsh | named


def test_template_rebuilds_pages_of_its_type(site, rebuilt, monkeypatch):
    digest_of = rendering.template_digest
    new = {"pages/stage.html": "new"}
    monkeypatch.setattr(rendering, "template_digest", lambda name: new.get(name) or digest_of(name))
    assert rebuilt(lambda: None) == pages("first-stage@en", "first-stage@cy", "later-stage@en")


def test_catalogue_rebuilds_pages_of_its_language(site, rebuilt, monkeypatch):
    digest_of = rendering.catalogue_digest
    monkeypatch.setattr(rendering, "catalogue_digest", lambda code: "new" if code == "ar" else digest_of(code))
    assert rebuilt(lambda: None) == pages("small-home@ar") | {
        f"{name}:@ar" for name in (*NOTICES, "asking", "offline", "tested", "widget")
    }


def test_picture_rebuilds_the_page_that_shows_it(site, rebuilt):
    picture = get_image_model().objects.get()
    assert rebuilt(lambda: kept(picture, png("blue"))) == pages("b-guide@en")


def test_deleted_idea_fails_no_page(site):
    with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
        site["tea-first"].delete()
    assert publish().failures == {}


def test_page_of_a_former_language_is_kept_in_step(site, settings):
    """What is known of it is needed again when the language comes back."""
    voices, everywhere = site["all-voices"], settings.WAGTAIL_CONTENT_LANGUAGES
    with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
        change(voices.copy_for_translation(Locale.objects.get(language_code="ar")))
    publish()
    for languages in ([one for one in everywhere if one[0] != "ar"], everywhere):
        settings.WAGTAIL_CONTENT_LANGUAGES = languages
        publish()
        with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
            change(fresh(voices), slug=f"voices-{len(languages)}")
        publish()
        assert [name for name, _what in differences() if voices.key in name] == []
