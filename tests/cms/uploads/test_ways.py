"""Every way by which people bring in pictures and files: what is stored, and what a refusal says beside the field."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, UploadedFile

from tests.pictures import HTML, NEEDLES, PDF, SOUND, SVG, bomb, moving, picture, telling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unpublished")]

# By its name: the kind of thing, and how its file is sent.
WAYS = ["add", "add several", "replace", "choose"]
APPS = {"picture": "wagtailimages", "file": "wagtaildocs"}
CHOOSERS = {"picture": "image-chooser-upload", "file": "document-chooser-upload"}


@pytest.fixture
def person(client):
    client.force_login(get_user_model().objects.create_superuser("boss", password="a long password"))
    return client


def model(kind: str):
    return get_image_model() if kind == "picture" else get_document_model()


def existing(kind: str):
    """Give a picture or file that is there already."""
    content = picture() if kind == "picture" else SOUND
    name = "old.png" if kind == "picture" else "old.mp3"
    return model(kind).objects.create(title="Old", file=SimpleUploadedFile(name, content))


def bytes_of(item) -> bytes:
    return item.file.storage.open(item.file.name).read()


def send(person, kind: str, way: str, content: bytes, name: str):
    """Send a file in one of the ways, and give the answer."""
    app, root = APPS[kind], Collection.get_first_root_node().pk
    file = SimpleUploadedFile(name, content, content_type="image/png")
    form = {"title": "Tea", "collection": root, "file": file}
    if way == "add":
        return person.post(reverse(f"{app}:add"), form)
    if way == "add several":
        several = {"title": "Tea", "collection": root, "files[]": file}
        return person.post(reverse(f"{app}:add_multiple"), several, headers={"x-requested-with": "XMLHttpRequest"})
    if way == "replace":
        return person.post(reverse(f"{app}:edit", args=[existing(kind).pk]), form)
    return person.post(
        reverse(f"{app}_chooser:create"), {f"{CHOOSERS[kind]}-{key}": value for key, value in form.items()}
    )


def said(response) -> str:
    """Give what an answer says to people."""
    if response["Content-Type"] == "application/json":
        answer = response.json()
        return answer.get("error_message") or BeautifulSoup(answer.get("htmlFragment", ""), "lxml").get_text(" ")
    return BeautifulSoup(response.content, "lxml").get_text(" ")


def files(store) -> list[str]:
    return [path.name for path in store.rglob("*") if path.is_file()]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["JPEG", "AVIF"])
def test_stored_picture_holds_nothing_but_pixels(person, store, way, kind):
    send(person, "picture", way, telling(kind), "tea.exe")
    stored = get_image_model().objects.latest("pk")
    content = stored.file.read()
    assert not [needle for needle in NEEDLES if needle in content]
    assert stored.file.name.endswith("tea.jpg") and Image.open(BytesIO(content)).format == "JPEG"
    assert (stored.width, stored.height, stored.file_size) == (40, 20, len(content))
    # An old one is deleted; what Wagtail makes of a picture for its lists is drawn from the new one.
    assert {name.partition(".")[0] for name in files(store)} == {"tea"}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (HTML, "tea.png", "This is not a picture that can be shown here."),
        (SVG, "tea.svg", "Save it as a PNG picture, and upload that."),
        (bomb(20_000, 20_000), "tea.png", "more than 40 million pixels"),
        (picture("JPEG")[:-60], "tea.jpg", "This picture is damaged"),
        (moving("GIF"), "tea.gif", "Upload it as a film"),
    ],
)
def test_refused_picture_is_said_beside_its_field(person, store, way, content, name, sentence):
    response = send(person, "picture", way, content, name)
    assert response.status_code == 200
    assert said(response).count(sentence) == 1
    # What Wagtail makes of a picture for its lists stands beside it.
    assert all(name.startswith("old.") for name in files(store))


@pytest.mark.parametrize("way", WAYS)
def test_stored_file_is_what_was_sent(person, way):
    send(person, "file", way, PDF, "paper.pdf")
    stored = get_document_model().objects.latest("pk")
    assert (stored.file.read(), stored.filename, stored.file_size) == (PDF, "paper.pdf", len(PDF))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (HTML, "page.html", "This is not a sound, a film or a PDF"),
        (HTML, "paper.pdf", "This is not a sound, a film or a PDF"),
        (PDF, "song.mp3", "Let its name end with .pdf."),
    ],
)
def test_refused_file_is_said_beside_its_field(person, store, way, content, name, sentence):
    response = send(person, "file", way, content, name)
    assert response.status_code == 200
    assert said(response).count(sentence) == 1
    assert "allowed" not in said(response)
    assert files(store) in ([], ["old.mp3"])


@pytest.mark.parametrize("kind", ["picture", "file"])
@pytest.mark.parametrize("way", WAYS)
def test_too_many_bytes_are_refused(person, settings, kind, way):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1024
    content, name = (picture() + bytes(1024), "tea.png") if kind == "picture" else (PDF + bytes(1024), "paper.pdf")
    response = send(person, kind, way, content, name)
    assert (response.status_code, said(response).count("The most is 1.0\xa0KB.")) == (200, 1)


@pytest.mark.parametrize("kind", ["picture", "file"])
def test_same_name_twice_is_fine(person, kind):
    content, name = (picture(), "tea.png") if kind == "picture" else (PDF, "paper.pdf")
    for _time in range(2):
        send(person, kind, "add", content, name)
    names = {item.file.name for item in model(kind).objects.filter(title="Tea")}
    assert len(names) == 2


def test_same_picture_twice_is_noticed(person):
    answers = [send(person, "picture", "add several", telling("JPEG"), "tea.jpg").json() for _time in range(2)]
    assert [answer["duplicate"] for answer in answers] == [False, True]


@pytest.mark.parametrize("kind", ["picture", "file"])
def test_title_can_be_changed_without_a_new_file(person, kind):
    item = existing(kind)
    before = bytes_of(item)
    person.post(reverse(f"{APPS[kind]}:edit", args=[item.pk]), {"title": "New", "collection": item.collection_id})
    item.refresh_from_db()
    assert (item.title, bytes_of(item)) == ("New", before)


@pytest.mark.parametrize("kind", ["picture", "file"])
def test_add_form_says_what_may_be_sent(person, kind):
    page = BeautifulSoup(person.get(reverse(f"{APPS[kind]}:add")).content, "lxml")
    assert "Maximum filesize: " + ("20.0" if kind == "picture" else "200.0") in page.get_text()


def test_picture_that_waits_for_its_title_holds_nothing_but_pixels(person):
    file = SimpleUploadedFile("tea.jpg", telling("JPEG"))
    form = {"title": "x" * 300, "collection": Collection.get_first_root_node().pk, "files[]": file}
    answer = person.post(reverse("wagtailimages:add_multiple"), form).json()
    waiting = UploadedFile.objects.get(pk=answer["uploaded_file_id"])
    assert not [needle for needle in NEEDLES if needle in waiting.file.read()]
    prefix = f"uploaded-image-{waiting.pk}"
    named = {f"{prefix}-title": "Tea", f"{prefix}-collection": form["collection"]}
    done = person.post(reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk]), named)
    assert done.json()["success"]
    content = get_image_model().objects.get(title="Tea").file.read()
    assert Image.open(BytesIO(content)).format == "JPEG" and not [one for one in NEEDLES if one in content]


# --- The picture of a person --------------------------------------------------------------------------------------


def send_avatar(person, content: bytes, name: str = "me.jpg"):
    form = {"name_email-first_name": "Bo", "name_email-last_name": "Ss", "name_email-email": "boss@example.org"}
    form |= {"locale-preferred_language": "", "locale-current_time_zone": "", "theme-theme": "system"}
    form |= {"theme-contrast": "system", "theme-density": "default"}
    return person.post(reverse("wagtailadmin_account"), {**form, "avatar-avatar": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_picture_of_a_person_holds_nothing_but_pixels(person, store, kind):
    assert send_avatar(person, telling(kind)).status_code == 302
    [stored] = store.glob("avatar_images/*")
    assert not [needle for needle in NEEDLES if needle in stored.read_bytes()]


@pytest.mark.parametrize("content", [SVG, picture("JPEG")[:-60], bomb(20_000, 20_000), HTML])
def test_refused_picture_of_a_person_is_said(person, store, content):
    response = send_avatar(person, content)
    assert response.status_code == 200
    assert "Save it" in said(response)
    assert files(store) == []


# --- On the way to the disk ---------------------------------------------------------------------------------------


def test_no_more_is_stored_than_any_form_takes(person, settings, monkeypatch):
    settings.LARGEST_UPLOAD = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 200_000
    sizes = []
    check = "cms.uploads.fields.check_file"
    monkeypatch.setattr(check, lambda head, name, size: sizes.append(size))
    send(person, "file", "add", PDF + bytes(3_000_000), "paper.pdf")
    assert 200_000 < sizes[0] < 300_000
    monkeypatch.undo()
    settings.LARGEST_UPLOAD = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 200_000
    assert "too large" in said(send(person, "file", "add", PDF + bytes(3_000_000), "paper.pdf"))
