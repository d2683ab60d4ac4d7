"""Export, import into an empty site, export again: nothing is lost, and the bytes are the same."""

import pytest
from django.utils import timezone
from wagtail.models import Page

from tests.small_site import document_of, read_library
from toolkit.bundle.export import export_folder
from toolkit.bundle.load import load_folder
from toolkit.bundle.selection import choose_pages
from toolkit.documents.canonical import canonical_bytes

pytestmark = pytest.mark.django_db


def export(folder, **options) -> dict[str, bytes]:
    """Write a bundle, and give the bytes of each file by its path."""
    export_folder(folder, now=timezone.now(), **options)
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def empty_the_site():
    """Take every page away, as on a site that was only just set up."""
    for page in Page.objects.filter(depth=2):
        page.delete()


def documents() -> dict[str, bytes]:
    """Give all public documents by their address."""
    library = read_library()
    pages = [chosen.page for chosen in choose_pages(now=timezone.now())]
    return {page.public_path: canonical_bytes(document_of(page, library)) for page in pages}


def test_starter_content_comes_back_the_same(tmp_path):
    first, before = export(tmp_path / "first"), documents()
    empty_the_site()
    load_folder(tmp_path / "first")
    assert export(tmp_path / "second") == first
    assert documents() == before
