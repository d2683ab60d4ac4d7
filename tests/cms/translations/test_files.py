"""A whole language as one file: downloaded, worked on elsewhere for a week, and brought back."""

import io
import random
import subprocess

import polib
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import etree
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from cms.translations.files.xliff import NAMESPACE
from tests.translations import change, job, person, show, standing, translated_site, write
from toolkit.models import Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    site = translated_site()
    change(site["hearing"], body=[("text", "<p>Say it in <b>3</b> words.</p><p>Then wait.</p>")])
    return site


@pytest.fixture
def translator(client, pages):
    client.force_login(person("translator", "cy"))
    return client


def download(client, form: str = "po", code: str = "cy") -> bytes:
    response = client.get(f"/admin/translations/{code}/download/{form}/")
    assert response.status_code == 200
    return response.content


def upload(client, content: bytes, name: str = "toolkit-cy.po", code: str = "cy") -> str:
    file = SimpleUploadedFile(name, content)
    response = client.post(f"/admin/translations/{code}/upload/", {"file": file}, follow=True)
    assert response.status_code == 200, response.status_code
    html = BeautifulSoup(response.content, "lxml")
    return " ".join(html.select_one("main").get_text(" ").split())


def entry(file: polib.POFile, source: str) -> polib.POEntry:
    return next(one for one in file if one.msgid == source)


@pytest.mark.parametrize("form", ["po", "xlf"])
def test_unedited_file_comes_back_and_changes_nothing(pages, translator, form):
    show(pages["hearing"], "cy")
    change(pages["hearing"], summary="Being heard well.")
    before = download(translator, form)
    rows = list(StringTranslation.objects.order_by("pk").values())
    said = upload(translator, before, f"x.{form}")
    assert "0 texts were taken." in said
    assert "0 texts are kept as suggestions. 0 texts were refused." in said
    assert list(StringTranslation.objects.order_by("pk").values()) == rows
    assert download(translator, form) == before


@pytest.mark.needs("xgettext")
@pytest.mark.parametrize("code", ["cy", "ar", "es"])
def test_msgfmt_finds_no_fault(pages, client, tmp_path, code):
    client.force_login(person("translator", code))
    write(pages["hearing"], code)
    change(pages["hearing"], summary="Being heard well.")
    file = tmp_path / "language.po"
    file.write_bytes(download(client, code=code))
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", file], check=True, capture_output=True)


def test_file_tells_what_changed_and_where_to_see_it(pages, translator):
    show(pages["hearing"], "cy")
    change(pages["hearing"], summary="Being heard well.")
    changed = entry(polib.pofile(download(translator).decode()), "Being heard well.")
    assert (changed.previous_msgid, changed.msgstr, changed.fuzzy) == ("Being heard.", "Gair Being heard.", True)
    assert changed.comment.splitlines()[0] == "Hearing (summary)"
    assert f"/admin/translations/cy/{pages['hearing'].translation_key}/preview/" in changed.comment


@pytest.mark.parametrize("form", ["po", "xlf"])
def test_translations_are_taken(pages, translator, form):
    content = download(translator, form)
    if form == "po":
        file = polib.pofile(content.decode())
        entry(file, "Being heard.").msgstr = "Cael ein clywed & mwy."
        entry(file, "Say it in <b>3</b> words.").msgstr = "Dywedwch e mewn <b>3</b> gair."
        content = str(file).encode()
    else:
        content = in_xliff(
            content,
            {"Being heard.": "Cael ein clywed & mwy.", "Say it in <b>3</b> words.": "Dywedwch e mewn <b>3</b> gair."},
        )
    assert "2 texts were taken." in upload(translator, content, f"x.{form}")
    said = {one.text.path: one.translated.words for one in job(pages["hearing"], "cy").work if one.translated}
    assert said["summary"] == "Cael ein clywed &amp; mwy."
    assert "Dywedwch e mewn <b>3</b> gair." in said.values()
    assert standing(pages["hearing"], "cy").missing == 2
    assert standing(pages["hearing"], "cy").user == person("translator", "cy")


def in_xliff(content: bytes, words: dict[str, str]) -> bytes:
    root = etree.fromstring(content)
    for segment in root.iter(f"{{{NAMESPACE}}}segment"):
        source = segment.find(f"{{{NAMESPACE}}}source").text
        if source in words:
            segment.set("state", "final")
            target = segment.find(f"{{{NAMESPACE}}}target")
            target = etree.SubElement(segment, f"{{{NAMESPACE}}}target") if target is None else target
            target.text = words[source]
    return etree.tostring(root)


def test_source_that_moved_on_keeps_the_work_as_a_suggestion(pages, translator):
    file = polib.pofile(download(translator).decode())
    entry(file, "Being heard.").msgstr = "Cael ein clywed."
    change(pages["hearing"], summary="Being heard well.")
    said = upload(translator, str(file).encode())
    assert "1 text is kept as a suggestion." in said
    assert "The original has changed." in said
    upload(translator, str(file).encode())
    assert [one.words for one in Proposal.objects.all()] == ["Cael ein clywed."]
    screen = translator.get(f"/admin/translations/cy/{pages['hearing'].translation_key}/").content.decode()
    assert "Cael ein clywed." in screen


def test_what_somebody_did_meanwhile_is_not_overwritten(pages, translator):
    write(pages["hearing"], "cy", {"summary": "Cyn hynny"})
    file = polib.pofile(download(translator).decode())
    entry(file, "Being heard.").msgstr = "Gen i"
    write(pages["hearing"], "cy", {"summary": "Gan rywun arall"})
    assert "Somebody else has translated this meanwhile." in upload(translator, str(file).encode())
    summary = next(one for one in job(pages["hearing"], "cy").work if one.text.path == "summary")
    assert summary.translated.words == "Gan rywun arall"
    assert Proposal.objects.get().words == "Gen i"


def test_confirmed_translation_of_a_change_is_taken(pages, translator):
    show(pages["hearing"], "cy")
    change(pages["hearing"], summary="Being heard well.")
    file = polib.pofile(download(translator).decode())
    entry(file, "Being heard well.").flags.remove("fuzzy")
    assert "1 text was taken." in upload(translator, str(file).encode())
    assert standing(pages["hearing"], "cy").changed == 0


def test_what_would_break_a_page_is_refused(pages, translator):
    file = polib.pofile(download(translator).decode())
    entry(file, "Say it in <b>3</b> words.").msgstr = "<script>alert(1)</script>"
    said = upload(translator, str(file).encode())
    assert "1 text was refused." in said
    assert standing(pages["hearing"], "cy").missing == 4


# --- Hostile files ---------------------------------------------------------------------------------------------

HEAD = 'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff xmlns="{0}" trgLang="cy">&a;</xliff>'


def po(*entries: str, language: str = "cy") -> bytes:
    return (HEAD.format(language=language) + "\n\n".join(entries)).encode()


def one(context: str, source: str, words: str) -> str:
    return f'msgctxt "{context}"\nmsgid "{source}"\nmsgstr "{words}"'


def hostile(key: str) -> dict[str, bytes]:
    """Give two hundred files that nobody should send, by what is wrong with each."""
    context = f"page|{key}|summary"
    good = one(context, "Being heard.", "Clywed.")
    files = {
        "empty": b"",
        "only a mark of order": b"\xef\xbb\xbf",
        "headerless": good.encode(),
        "no language": b'msgid ""\nmsgstr ""\n"X: y\\n"\n\n' + good.encode(),
        "another language": po(good, language="ar"),
        "a language with a path": po(good, language="../../etc"),
        "not UTF-8": po(good).replace(b"Clywed", b"Cl\xff\xfewed"),
        "Latin 1": po(good).decode().replace("Clywed", "Clŷwed").encode("utf-16"),
        "NUL": po(good).replace(b"Clywed", b"Cl\0wed"),
        "HTML": b"<!doctype html><html><body>msgid</body></html>",
        "XML with entities": ENTITIES.encode(),
        "XML that reads a file": OUTSIDE.format(NAMESPACE).encode(),
        "XLIFF 1.2": b'<xliff version="1.2"><file/></xliff>',
        "XLIFF without a language": f'<xliff xmlns="{NAMESPACE}"/>'.encode(),
        "XLIFF with nothing in it": f'<xliff xmlns="{NAMESPACE}" trgLang="cy"/>'.encode(),
        "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "an archive": b"PK\x03\x04" + b"\0" * 60,
        "one line without an end": b'msgid "' + b"a" * 100_000,
        "quotes that do not end": po('msgid "a\nmsgstr "b'),
        "twice the same": po(good, good),
        "only a msgstr": po('msgstr "x"'),
        "plural without forms": po('msgid "a"\nmsgid_plural "b"\nmsgstr "c"'),
        "plural with strange numbers": po('msgid "a"\nmsgid_plural "b"\nmsgstr[99] "c"'),
        "deep XML": b"<a>" * 5_000,
    }
    contexts = ["", "page", "page|", "page||", f"page|{key}", f"page|{key}|", f"page|{key}|slug", f"page|{key}|path"]
    contexts += ["page|x|title", f"page|{'0' * 36}|title", f"page|{key}|../../title", f"page|{key}|body.x", "words|"]
    contexts += [f"page|{key}|title.x.y", f"page|{key.upper()}|title", "page|%s|title", "page|{0}|title"]
    files |= {f"context {context}": po(one(context, "Being heard.", "Clywed.")) for context in contexts}
    words = [
        "<script>x</script>",
        "<b>",
        "%(x)s",
        "{x}",
        "\\u202e",
        "<a id='a7'>x</a>",
        "a" * 5_000,
        "[x]",
        "\\\\n" * 99,
    ]
    files |= {f"words {number}": po(one(context, "Being heard.", word)) for number, word in enumerate(words)}
    rich = "Say it in <b>3</b> words."
    files |= {f"rich {number}": po(one(context, rich, word)) for number, word in enumerate(words)}
    chance = random.Random(7)
    base = po(good, one(context, "Being heard.", "Eto."), one(f"page|{key}|title", "Hearing", "Clyw"))
    while len(files) < 200:
        broken = bytearray(base)
        for _ in range(chance.randint(1, 30)):
            place = chance.randrange(len(broken))
            broken[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 4))
        files[f"random damage {len(files)}"] = bytes(broken)
    return files


def test_two_hundred_hostile_files_do_no_harm(pages, translator, figures):
    """None is answered with an error of ours, and nothing changes but texts of this language."""
    write(pages["hearing"], "ar")
    others = elsewhere()
    files = hostile(pages["hearing"].key)
    assert len(files) >= 200
    for name, content in files.items():
        for end in ("../../evil.po", "x.xlf"):
            file = SimpleUploadedFile(end, content)
            response = translator.post("/admin/translations/cy/upload/", {"file": file})
            assert response.status_code in (200, 302), name
    assert elsewhere() == others
    figures(f"{len(files)} files, each under two names: 0 errors of ours")


def elsewhere() -> tuple:
    """Give all that a translator into Welsh may not change."""
    pages = Page.objects.order_by("pk").values_list("pk", "title", "slug", "live", "latest_revision")
    others = StringTranslation.objects.exclude(locale__language_code="cy").order_by("pk").values()
    return list(pages), list(others)


def test_file_that_is_too_large_is_not_read(translator, pages, monkeypatch):
    file = io.BytesIO(b"x" * (10 * 1024 * 1024 + 1))
    file.name = "large.po"
    response = translator.post("/admin/translations/cy/upload/", {"file": file}, follow=True)
    assert "larger than 10 MB" in response.content.decode()


def test_million_entries_are_too_large(translator, pages):
    content = po(*(one("x", f"text {number}", "testun") for number in range(200_000)))
    assert len(content) > 10 * 1024 * 1024 or len(content) * 5 > 10 * 1024 * 1024
    file = SimpleUploadedFile("million.po", content * 5)
    response = translator.post("/admin/translations/cy/upload/", {"file": file}, follow=True)
    assert "larger than 10 MB" in response.content.decode()


def test_no_file_at_all_is_told(translator, pages):
    response = translator.post("/admin/translations/cy/upload/", follow=True)
    assert "Choose a file first." in response.content.decode()
