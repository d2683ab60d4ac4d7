"""Export, import into an empty site, export again: nothing is lost, and the bytes are the same."""

import pytest
from django.utils import timezone

from tests.small_site import document_of, read_library
from tests.toolkit.bundle.whole_site import PEOPLE, empty_the_site, whole_site
from toolkit.bundle.export import export_folder
from toolkit.bundle.load import load_folder
from toolkit.bundle.selection import choose_pages
from toolkit.consent import Consent
from toolkit.documents.canonical import canonical_bytes
from toolkit.models import IdeaCredit, Mark, Quote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uploads")]


def export(folder, **options) -> dict[str, bytes]:
    """Write a bundle, and give the bytes of each file by its path."""
    export_folder(folder, now=timezone.now(), **options)
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def documents() -> dict[str, bytes]:
    """Give all public documents by their address."""
    library = read_library()
    pages = [chosen.page for chosen in choose_pages(now=timezone.now())]
    return {page.public_path: canonical_bytes(document_of(page, library)) for page in pages}


def test_starter_content_comes_back_the_same(tmp_path):
    first, before = export(tmp_path / "first"), documents()
    empty_the_site()
    assert load_folder(tmp_path / "first") == len(before) > 100
    assert export(tmp_path / "second") == first
    assert documents() == before


@pytest.mark.parametrize("drafts", [False, True])
def test_whole_site_comes_back_the_same(tmp_path, drafts):
    pages = whole_site(alone=drafts)
    for code in ("speaking", "words", "with-full-name"):
        pages[code].unpublish()
    first, before = export(tmp_path / "first", drafts=drafts), documents()
    empty_the_site()
    load_folder(tmp_path / "first")
    assert export(tmp_path / "second", drafts=drafts) == first
    assert documents() == before
    assert {"/en/first-stage/being-heard/", "/cy/cam-cyntaf/gwrando/", "/ar/كلمات/jargon-word/"} <= set(before)
    assert {"media/images/tea.png", "media/documents/song.mp3", "en/small-lake.guide.md"} <= set(first)


def test_bundle_says_who_and_how_to_name_them(tmp_path):
    whole_site()
    files = export(tmp_path / "bundle")
    words = {code: files[f"en/all-voices/{code}.md"].decode() for code in PEOPLE}
    assert "credit: Somebody Whole\n" in words["with-full-name"]
    assert "consent: given\nconsent_date: 2026-03-01\nconsent_scope: 'Website: until 2028'" in words["with-role"]


@pytest.mark.parametrize("drafts", [False, True])
@pytest.mark.parametrize("private", [b"by telephone", b"Kept To Ourselves", b"took it back", b"Took Credit Back"])
def test_private_words_never_leave(tmp_path, private, drafts):
    pages = whole_site()
    pages["with-role"].words = "<p>I took it back.</p>"
    pages["with-role"].save_revision().publish()
    pages["with-role"].consent = Consent.WITHDRAWN
    pages["with-role"].save_revision()
    withdrawn = {"naming": "full-name", "name": "Took Credit Back", "consent": "withdrawn"}
    pages["tea-first"].credits.add(IdeaCredit(locale=pages["tea-first"].locale, **withdrawn))
    pages["tea-first"].save()
    assert Quote.objects.filter(consent_note__contains="by telephone", name="Kept To Ourselves").exists()
    assert not [path for path, content in export(tmp_path / "bundle", drafts=drafts).items() if private in content]


def test_drafts_leave_only_when_asked(tmp_path):
    pages = whole_site(alone=True)
    pages["speaking"].unpublish()
    pages["hearing"].title = "Not public yet"
    pages["hearing"].save_revision()
    public, everything = export(tmp_path / "public"), export(tmp_path / "all", drafts=True)
    assert set(everything) - set(public) == {"en/first-stage/speaking.md"}
    assert b"state: draft\n" in everything["en/first-stage/speaking.md"]
    assert not [path for path, content in everything.items() if b"Not public yet" in content]


def test_draft_comes_back_as_a_draft(tmp_path):
    pages = whole_site(alone=True)
    pages["speaking"].unpublish()
    pages["speaking"].summary = ""
    pages["speaking"].save_revision(clean=False)
    export(tmp_path / "all", drafts=True)
    empty_the_site()
    load_folder(tmp_path / "all")
    page = Mark.objects.get(code="speaking")
    assert (page.live, page.has_unpublished_changes) == (False, True)


def test_credit_without_an_answer_waits(tmp_path):
    pages = whole_site()
    asked = {"naming": "full-name", "name": "Still Thinking", "consent": "asked"}
    pages["tea-first"].credits.add(IdeaCredit(locale=pages["tea-first"].locale, **asked))
    pages["tea-first"].save()
    idea = "en/small-lake/tea-first.md"
    assert b"Still Thinking" not in export(tmp_path / "public")[idea]
    assert b"Still Thinking" in export(tmp_path / "all", drafts=True)[idea]
