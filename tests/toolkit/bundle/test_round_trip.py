"""Export, import into an empty site, export again: nothing is lost, and the bytes are the same."""

import pytest
from django.utils import timezone

from tests.small_site import document_of, read_library
from tests.toolkit.bundle.whole_site import empty_the_site, whole_site
from toolkit.bundle.export import export_folder
from toolkit.bundle.load import load_folder
from toolkit.bundle.selection import choose_pages
from toolkit.documents.canonical import canonical_bytes

pytestmark = pytest.mark.django_db


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
    pages = whole_site()
    for code in ("speaking", "words", "with-full-name"):
        pages[code].unpublish()
    first, before = export(tmp_path / "first", drafts=drafts), documents()
    empty_the_site()
    load_folder(tmp_path / "first")
    assert export(tmp_path / "second", drafts=drafts) == first
    assert documents() == before
