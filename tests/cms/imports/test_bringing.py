"""Bringing in a document: every kind of file, a paste, and what is refused with a sentence."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms.imports.models import Import
from tests.cms.imports.conftest import PAGE, errors
from toolkit.importing import sources

pytestmark = pytest.mark.django_db

HTML = b"<h1>Sharing</h1><h2>Tasks</h2><p>We all do some of it here.</p><h2>Rest</h2><p>Plan breaks.</p>"
MARKDOWN = b"# Sharing\n\n## Tasks\n\nWe all do some of it here.\n\n## Rest\n\nPlan breaks.\n"
BOMB = b"0" * 60_000_000


def kinds(document):
    return {one.source: one.kind for one in document.paragraphs.all()}


@pytest.mark.parametrize(
    ("name", "content"), [("page.html", HTML), ("page.HTM", HTML), ("page.md", MARKDOWN), ("page.txt", PAGE.encode())]
)
def test_files_are_read(desk, name, content):
    document = desk.bring(content, name)
    assert list(kinds(document).values())[0] == "heading"
    assert bytes(Import.objects.get().original) == content


def test_word_file_is_read(desk, word):
    document = desk.bring(word(("Sharing", 1), ("Tasks", 2), ("All do some.", 0), ("Rest", 2)), "Our page.docx")
    assert kinds(document) == {
        "Sharing": "heading",
        "Tasks": "mark-title",
        "All do some.": "explanation",
        "Rest": "mark-title",
    }


def test_pasted_text_is_read(desk):
    assert desk.send(text=PAGE).status_code == 302
    assert kinds(Import.objects.get())["Resting"] == "mark-title"


def test_paste_keeps_headings_and_lists(desk):
    html = (
        "<p class=MsoTitle>Sharing</p><h2>Tasks</h2><p class=MsoListParagraph>"
        "<![if !supportLists]><span style='mso-list:Ignore'>·<span>  </span></span><![endif]>Ask first.</p>"
        "<h2>Rest</h2><p>Plan breaks.</p>"
    )
    desk.send(text="Sharing\nTasks\n· Ask first.", html=html)
    document = Import.objects.get()
    assert kinds(document)["Tasks"] == "mark-title"
    item = document.paragraphs.get(source__contains="Ask first")
    assert (item.source, item.bullet) == ("Ask first.", True)


REFUSED = [
    ("page.pdf", b"%PDF-1.4", "not a kind of file"),
    ("page.txt", b"", "is empty"),
    ("page.txt", b"\n \n", "no text in it"),
    ("page.txt", b"a" * 5_000_001, "over 5 MB"),
    ("page.txt", b"a\n" * 20_001, "over 20,000 lines"),
    ("page.txt", b"\x00\x01\x02\xff", "not plain text"),
    ("page.docx", b"not a zip", "not a Word document"),
    ("page", b"Words.", "not a kind of file"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED)
def test_unreadable_file_is_refused_with_a_sentence(desk, name, content, sentence):
    response = desk.send(file=SimpleUploadedFile(name, content))
    assert response.status_code == 422
    assert sentence in errors(response)
    assert not Import.objects.exists()


def test_zip_bomb_is_refused(desk):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", BOMB)
    response = desk.send(file=SimpleUploadedFile("bomb.docx", file.getvalue()))
    assert (response.status_code, "unpacks to over 50 MB" in errors(response)) == (422, True)


def test_refused_paste_is_kept_on_the_form(desk, monkeypatch):
    monkeypatch.setattr(sources, "MAX_LINES", 1)
    response = desk.send(text="Soup\nBread")
    assert response.status_code == 422
    assert "Soup\nBread</textarea>" in response.content.decode()


def test_paste_is_kept_when_there_is_a_file_too(desk):
    response = desk.send(text="Soup", file=SimpleUploadedFile("page.txt", b"Words."))
    assert response.status_code == 422
    assert "not both" in errors(response)
    assert "Soup</textarea>" in response.content.decode()


def test_nothing_at_all_is_refused(desk):
    assert "Choose a file, or paste a text." in errors(desk.send())


@pytest.mark.parametrize("where", ["", "cy:", "xx:", "en:no-such-stage", "nonsense"])
def test_unknown_place_is_refused(desk, where):
    assert desk.send(text=PAGE, where=where).status_code == 422


def test_markup_in_a_document_is_only_text(desk):
    document = desk.bring("<script>alert(1)</script>\n\nMore words.")
    page = desk.get(document, "look").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_help_stands_on_the_screen(desk):
    assert "Readers see nothing before you publish it." in desk.client.get(reverse("imports:index")).content.decode()
