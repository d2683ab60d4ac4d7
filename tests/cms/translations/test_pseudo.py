"""Every kind of page in two languages that nobody speaks: nothing untranslated, nothing cut off, nothing astray."""

import re

import pytest
from wagtail.models import Locale

from tests.gates.browser import cut_off, overflow
from tests.pseudo import LONGER, MIRRORED, astray, plain_words, pseudo, write_catalogue
from tests.releases import publish_everything, shown
from tests.small_site import fresh
from tests.translations import change, job, translated_site
from toolkit.documents.library import page_types
from toolkit.translation.memory import keep
from toolkit.translation.work import publish

pytestmark = pytest.mark.django_db
CODES = [LONGER, MIRRORED]
# Names, which are the same in every language, and a word without a letter that our longer language changes.
NAMES = {"Carer", "Anyone", "English", "HTML"}
BODY = [
    ("text", "<h3>Why it matters</h3><p>Words of <b>some</b> length.</p><ul><li>One thing</li><li>Another</li></ul>"),
    ("tip", "<p>Try this with four people.</p>"),
    ("note", "<p>A word of explanation.</p>"),
    ("citation", {"text": "<p>What a book says.</p>", "source": "A book", "url": "https://example.org/"}),
    (
        "media",
        {
            "kind": "audio",
            "title": "Listen",
            "file": None,
            "url": "https://example.org/",
            "transcript": "<p>Hello.</p>",
        },
    ),
]


@pytest.fixture
def in_pseudo(settings, tmp_path, releases):
    """A release in which every page is in both languages: its HTML by path."""
    like = settings.BASE_DIR / "locale" / "cy" / "LC_MESSAGES" / "django.po"
    for code in CODES:
        write_catalogue(code, tmp_path / "locale", like)
    settings.LOCALE_PATHS = [str(tmp_path / "locale")]
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [(code, code) for code in ["en", *CODES]]
    for code in CODES:
        Locale.objects.create(language_code=code)
    pages = translated_site()
    change(
        pages["hearing"], body=BODY + [("quote", fresh(pages["it-happened"])), ("idea", fresh(pages["tea-first"]))]
    )
    for code in CODES:
        for page in pages.values():
            translate(page, code)
    publish_everything()
    files = shown(releases)
    return {
        path: files[path]
        for path in files
        if path.startswith(("/en-xa/", "/ar-xb/", "/assets/", "not-found/", "gone/"))
    }


def translate(page, code: str):
    there = job(page, code)
    for text in there.texts:
        keep(there.key, text.place, there.locale, pseudo(text.words, code))
    publish(job(page, code))


# What a script puts in.
PLACE = re.compile(r"\{\w+\}")


def test_every_page_in_pseudo_languages(in_pseudo, shared_tab, figures):
    html = {path: content.decode() for path, content in in_pseudo.items() if not path.startswith("/assets/")}
    html = {
        path: text for path, text in html.items() if text.startswith("<!") and path.split("/")[1] in (*CODES, "en-xa")
    }
    kinds = {kind.document_type for kind in page_types()}
    assert len(html) >= len(CODES) * len(kinds)
    for path, text in html.items():
        code = next(code for code in CODES if code in path)
        assert plain_words(PLACE.sub("", text), code) - NAMES == set(), path
        assert astray(text) == [], path
    serve(shared_tab, in_pseudo)
    for path in html:
        if path.startswith("/"):
            shared_tab.set_viewport_size({"width": 320, "height": 640})
            shared_tab.goto(f"http://pseudo.test{path}")
            assert overflow(shared_tab) == [], path
            assert cut_off(shared_tab) == [], path
    figures(f"{len(html)} pages in two languages: 0 untranslated words, 0 overflow at 320 px, 0 astray")


def serve(tab, files: dict[str, bytes]):
    """Let a browser see a release without a server."""
    types = {"css": "text/css", "svg": "image/svg+xml"}

    def answer(route):
        path = route.request.url.removeprefix("http://pseudo.test")
        content = files.get(path)
        kind = types.get(path.rsplit(".", 1)[-1], "text/html; charset=utf-8")
        route.fulfill(status=200 if content else 404, body=content or b"", content_type=kind)

    tab.route("http://pseudo.test/**", answer)
