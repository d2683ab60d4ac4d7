"""Where a bundle may be written, what goes into it, and that it is there whole or not at all."""

from datetime import timedelta

import pytest
from django.core.management import CommandError
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.small_site import small_site
from toolkit.bundle import export as exporting
from toolkit.bundle.export import export_folder
from toolkit.bundle.selection import UnableToExport, choose_pages
from toolkit.models import Guide, Home, Mark

pytestmark = pytest.mark.django_db


def export(folder, **options):
    return export_folder(folder, now=timezone.now(), **options)


def paths(**options) -> set[str]:
    return {chosen.path for chosen in choose_pages(now=timezone.now(), **options)}


def test_bundle_says_its_licence_and_form(tmp_path):
    export(tmp_path / "bundle")
    assert "CC BY 4.0" in (tmp_path / "bundle/LICENCE.md").read_text()
    assert "import_bundle" in (tmp_path / "bundle/README.md").read_text()
    assert (tmp_path / "bundle/bundle.yaml").read_text() == "format: 1\n"


def test_full_folder_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear")
    for options in ({}, {"replace": True}):
        with pytest.raises(UnableToExport, match="is not empty. Choose a new folder."):
            export(tmp_path, **options)
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_file_is_no_place_for_a_bundle(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear")
    with pytest.raises(UnableToExport, match="is a file"):
        export(tmp_path / "letter.txt")


def test_empty_folder_is_filled(tmp_path):
    (tmp_path / "bundle").mkdir()
    export(tmp_path / "bundle")
    assert (tmp_path / "bundle/en/home.md").exists()


def test_earlier_bundle_is_replaced_when_asked(tmp_path):
    folder = tmp_path / "bundle"
    export(folder)
    (folder / "en/old.md").write_text("old")
    with pytest.raises(UnableToExport, match="--replace"):
        export(folder)
    export(folder, replace=True)
    assert not (folder / "en/old.md").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


def test_failure_leaves_what_was_there(tmp_path, monkeypatch):
    folder = tmp_path / "bundle"
    export(folder)
    before = (folder / "en/home.md").read_bytes()
    Home.objects.filter(locale__language_code="en").update(title="New")

    def fail(*arguments):
        raise OSError("No space left on device")

    monkeypatch.setattr(exporting, "_write_media", fail)
    with pytest.raises(OSError, match="No space"):
        export(folder, replace=True)
    assert (folder / "en/home.md").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


@pytest.mark.parametrize("how", ["draft", "expired", "private", "below a draft"])
def test_what_is_not_public_stays_here(how):
    pages = small_site()
    mark = pages["hearing"]
    if how == "draft":
        mark.unpublish()
    if how == "expired":
        Mark.objects.filter(pk=mark.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    if how == "private":
        PageViewRestriction.objects.create(page=mark, restriction_type="login")
    if how == "below a draft":
        type(pages["first-stage"]).objects.filter(pk=pages["first-stage"].pk).update(live=False)
    assert "en/first-stage/hearing.md" not in paths()
    with_drafts = {chosen.path: chosen.is_public for chosen in choose_pages(now=timezone.now(), drafts=True)}
    assert with_drafts["en/first-stage/hearing.md"] is False


def test_two_types_may_share_a_code():
    pages = small_site()
    Guide.objects.filter(pk=pages["a-guide"].pk).update(code="words")
    assert {"en/words.md", "en/words.guide.md", "en/words/jargon-word.md"} <= paths()


def test_command_counts_and_names_newer_drafts(tmp_path, command):
    page = Mark.objects.get(code="listening")
    page.title = "Newer"
    page.save_revision()
    said = command("export_bundle", str(tmp_path / "bundle"))
    files = list((tmp_path / "bundle/media").glob("*/*"))
    assert files
    assert said.startswith(f"{len(paths())} pages and {len(files)} pictures and files are in ")
    assert "The bundle has their public words:\n  - en/process/listening.md\n" in said
    with pytest.raises(CommandError, match="is not empty"):
        command("export_bundle", str(tmp_path / "bundle"))


def test_progress_counts_every_page(tmp_path):
    seen = []
    export(tmp_path / "bundle", progress=lambda *step: seen.append(step))
    assert seen[-1] == (len(seen), len(seen))
    assert len(seen) == len(paths())
