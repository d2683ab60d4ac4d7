"""Pictures and files of a bundle: taken once, never from elsewhere, and not at all when the import fails."""

import pytest
from django.core.files.storage import default_storage
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests.toolkit.bundle.whole_site import picture
from toolkit.bundle.format import UnreadableFile
from toolkit.bundle.load import load_folder
from toolkit.bundle.uploads import Uploads

pytestmark = pytest.mark.django_db

SONG = b"ID3 and no more of a song"
PAGE = "---\ntype: guide\ntitle: Tea\norder: 9\nsummary: Tea.\n---\n::: image\nfile: {}\nalt: Cups\n:::\n"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


@pytest.fixture
def bundle(tmp_path):
    """A folder with one page that shows one picture, and files that are no pictures."""
    folder = tmp_path / "bundle"
    for path in ("en", "media/images", "media/documents"):
        (folder / path).mkdir(parents=True)
    item = picture()
    (folder / "media/images/tea.png").write_bytes(item.file.read())
    item.file.delete(save=False)
    item.delete()
    (folder / "media/images/words.png").write_bytes(b"only words")
    (folder / "media/documents/page.html").write_bytes(b"<script>alert(1)</script>")
    (folder / "media/documents/song.mp3").write_bytes(SONG)
    (folder / "secret.png").write_bytes((folder / "media/images/tea.png").read_bytes())
    (folder / "en/tea.md").write_text(PAGE.format("media/images/tea.png"))
    return folder


def stored(store) -> list[str]:
    return [path.name for path in store.rglob("*") if path.is_file()]


def test_same_picture_is_taken_once(bundle, store):
    first = Uploads(bundle).picture("media/images/tea.png")
    assert Uploads(bundle).picture("media/images/tea.png") == first
    assert stored(store) == ["tea.png"]


def test_title_makes_another_picture(bundle):
    first = Uploads(bundle).picture("media/images/tea.png")
    (bundle / "media/titles.yaml").write_text("images/tea.png: {title: Cups, description: Two}\n")
    second = Uploads(bundle).picture("media/images/tea.png")
    assert (first.title, second.title, second.description) == ("tea", "Cups", "Two")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("media/../secret.png", "leads out of the folder media"),
        ("secret.png", "leads out of the folder media"),
        ("/etc/passwd", "leads out of the folder media"),
        ("media/images/link.png", "leads out of the folder media"),
        ("media/images/none.png", "the file is not there"),
        ("media/images", "the file is not there"),
        ("media/images/words.png", "words.png: "),
        ("media/documents/song.mp3", "song.mp3: "),
    ],
)
def test_bad_picture_is_refused(bundle, name, sentence):
    (bundle / "media/images/link.png").symlink_to(bundle / "secret.png")
    (bundle / "en/tea.md").write_text(PAGE.format(name))
    there = get_image_model().objects.count()
    with pytest.raises(UnreadableFile, match=".") as refused:
        load_folder(bundle)
    assert sentence in str(refused.value)
    assert get_image_model().objects.count() == there


def test_file_of_unwanted_kind_is_refused(bundle):
    with pytest.raises(UnreadableFile, match="page.html: "):
        Uploads(bundle).document("media/documents/page.html")
    assert Uploads(bundle).document("media/documents/song.mp3").file.read() == SONG


def test_large_file_is_refused(bundle, settings):
    settings.LARGEST_UPLOAD = 1
    with pytest.raises(UnreadableFile, match="larger than 1 bytes"):
        Uploads(bundle).document("media/documents/song.mp3")


def test_failed_import_leaves_no_file_behind(bundle, store):
    (bundle / "en/zebra.md").write_text(PAGE.format("media/images/none.png"))
    with pytest.raises(UnreadableFile, match="none.png"):
        load_folder(bundle)
    assert stored(store) == []
    assert not get_document_model().objects.exists()
    assert default_storage.location == str(store)


def test_broken_titles_are_refused(bundle):
    (bundle / "media/titles.yaml").write_text("- tea\n")
    with pytest.raises(UnreadableFile, match="titles.yaml: it must have the title of each file"):
        Uploads(bundle)
