"""An export is a plain folder that any web server shows just as the release is."""

import gzip
import json
import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import brotli
import pytest
from django.core.management import CommandError

from api.content.addresses import IS_LIST
from api.releases.manifest import blob_path
from cms.publishing.publish import publish as publish_site
from cms.publishing.targets import Resource
from tests.damage import WAYS
from tests.releases import released, shown, write_release
from toolkit.models import Mark

pytestmark = pytest.mark.django_db
DOCS = "/api/v1/docs/"
# Pages that a reader can ask something of: an export has them without their forms, and with the whole of their lists.
ASKED = ("/en/lake/", "/en/voices/", "/en/search/")
FORM = re.compile(rb'\s*(?:<form\b.*?</form>|<li class="(?:menu-score|door-of-server)">.*?</li>)', re.DOTALL)
WELSH = Resource("/cy/gwrando-â/", "<!doctype html><title>Gwrando’n dda</title>".encode() * 9, "text/html")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture
def served(tmp_path) -> Iterator[str]:
    """Python's own web server over the export; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path / "site"))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def moved(releases, publish):
    """The starter content, with a mark that has moved and one that is gone."""
    marks = Mark.objects.filter(locale__language_code="en", live=True)[:2]
    old = [mark.public_path for mark in marks]
    marks[0].slug = "somewhere-else"
    publish(marks[0])
    marks[1].unpublish()
    publish(marks[0])
    return old


@pytest.fixture
def exported(releases, tmp_path, command):
    """The folder of an export of the current release."""
    assert command("export_release", str(tmp_path / "site")).startswith("Release ")
    return tmp_path / "site"


def files_in(folder) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_every_address_answers_with_its_bytes(releases, exported, served):
    expected = {path: content for path, content in shown(releases).items() if path.startswith("/")}
    expected = {path: content for path, content in expected.items() if not IS_LIST.fullmatch(path)}
    expected = {path: content for path, content in expected.items() if path not in ASKED}
    assert len(expected) > 100
    for path, content in expected.items():
        # This server looks for index.html alone; docs/releases.md says how others are told of index.json.
        file = "index.json" if path.endswith("/") and path.startswith("/api/") and path != DOCS else ""
        with urlopen(f"{served}{quote(path)}{file}") as answer:
            assert answer.read() == FORM.sub(b"", content), path


def test_no_form_is_left_that_nobody_answers(exported):
    pages = {file: file.read_bytes() for file in exported.rglob("*.html")}
    assert len(pages) > 100
    assert [file for file, content in pages.items() if b"<form" in content or b"<input" in content] == []
    assert [file for file, content in pages.items() if b'"/en/score/' in content] == []
    assert not (exported / "en/search").exists()


def test_page_of_a_list_shows_all_of_it(releases, exported, monkeypatch, command, tmp_path):
    monkeypatch.setattr("toolkit.templatetags.document.BEGINNING", 1)
    publish_site(repair=True)
    assert b'href="/en/lake/?kind=activity"' in shown(releases)["/en/lake/"]
    command("export_release", str(tmp_path / "again"))
    for path, name in (("lake", "ideas"), ("voices", "quotes")):
        page = (tmp_path / f"again/en/{path}/index.html").read_text()
        things = json.loads((exported / f"api/v1/en/{name}/index.json").read_bytes())["results"]
        assert [thing["path"] for thing in things if f'href="{thing["path"]}"' not in page] == []
        assert "?" not in "".join(re.findall(r'href="([^"]*)"', page))


def test_compressed_forms_are_of_the_same_page(exported):
    compressed = list(exported.rglob("*.html.gz"))
    assert len(compressed) > 100
    for file in compressed:
        page = file.with_suffix("").read_bytes()
        assert gzip.decompress(file.read_bytes()) == page
        assert brotli.decompress(file.with_suffix(".br").read_bytes()) == page


def test_lists_are_whole(releases, exported):
    """A plain folder does not know which page of a list is asked for: to follow `next` would never end there."""
    lists = {path: json.loads(content) for path, content in shown(releases).items() if IS_LIST.fullmatch(path)}
    assert any(listed["next"] for listed in lists.values())
    for path, first in lists.items():
        listed = json.loads((exported / f"{path[1:]}index.json").read_bytes())
        assert (listed["next"], len(listed["results"])) == (None, first["count"])
        assert listed["results"][: len(first["results"])] == first["results"]


def test_every_link_of_every_page_leads_somewhere(exported, served):
    pages = [file.read_text() for file in exported.rglob("*.html")]
    links = {link for page in pages for link in re.findall(r'(?:href|src)="(/[^"#]*)', page)}
    assert len(links) > 50
    for link in (link for link in links if not link.startswith("/api/")):
        with urlopen(f"{served}{link}") as answer:
            assert answer.status == 200


def test_compressed_forms_stand_beside(releases, exported):
    entries = released(releases)
    for path, name in (
        ("/en/feed.xml", "en/feed.xml"),
        ("/api/v1/en/", "api/v1/en/index.json"),
        ("/robots.txt", "robots.txt"),
    ):
        for suffix in entries[path].files:
            blob = blob_path(releases, entries[path].sha256 + suffix)
            assert (exported / f"{name}{suffix}").read_bytes() == blob.read_bytes()
    assert set(entries["/en/feed.xml"].files) == {"", ".br", ".gz"}


def test_not_found_page_stands_in_each_locale(releases, exported):
    said = shown(releases)["not-found/en"]
    assert (exported / "404.html").read_bytes() == (exported / "en/404.html").read_bytes() == FORM.sub(b"", said)
    assert (exported / "en/410.html").read_bytes() == FORM.sub(b"", shown(releases)["gone/en"])


def test_moved_and_gone_addresses_are_told(releases, moved, exported, served):
    old, gone = moved
    lines = (exported / "_redirects").read_text().splitlines()
    new = released(releases)[old].location
    assert f"{old} {new} 301" in lines
    assert f"{gone} /en/410.html 410" in lines
    assert [line for line in lines if line.startswith("/api/") and line.endswith(" /api/v1/410.json 410")]
    assert json.loads((exported / "api/v1/410.json").read_bytes())["status"] == 410
    page = urlopen(f"{served}{old}").read().decode()
    assert f'content="0; url={new}"' in page
    assert f'<a href="{new}">' in page
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{served}{gone}")


def test_bare_address_leads_to_the_site(exported, served):
    page = urlopen(f"{served}/").read().decode()
    assert 'content="0; url=/en/"' in page
    assert '<a href="/en/" lang="en" dir="ltr">English</a>' in page


def test_same_release_gives_the_same_folder(releases, exported, tmp_path, command):
    command("export_release", str(tmp_path / "again"))
    assert files_in(tmp_path / "again") == files_in(exported)


def test_older_release_can_be_exported(releases, moved, tmp_path, command):
    command("export_release", str(tmp_path / "site"), "--release", "1")
    assert json.loads((tmp_path / "site/release.json").read_bytes())["release"] == 1
    assert (tmp_path / f"site{moved[1]}index.html").exists()


def test_names_in_other_letters_are_kept(db, settings, tmp_path, command, served):
    settings.RELEASES_DIR = tmp_path / "releases"
    write_release([WELSH], settings.RELEASES_DIR)
    command("export_release", str(tmp_path / "site"))
    assert urlopen(f"{served}{quote(WELSH.path)}").read() == WELSH.content


def test_earlier_export_is_replaced_as_a_whole(releases, exported, moved, command):
    (exported / "old.html").write_bytes(b"of an earlier release")
    with pytest.raises(CommandError, match="holds an earlier export. Replace it with --replace"):
        command("export_release", str(exported))
    assert (exported / "old.html").exists()
    command("export_release", str(exported), "--replace")
    assert not (exported / "old.html").exists()
    assert (exported / "release.json").read_bytes() != b""
    assert [file.name for file in exported.parent.iterdir() if file.name.startswith("site")] == ["site"]


@pytest.mark.parametrize("replace", [[], ["--replace"]])
def test_other_folders_are_left_alone(releases, tmp_path, command, replace):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("Dear all")
    with pytest.raises(CommandError, match="holds other things than an earlier export"):
        command("export_release", str(tmp_path / "mine"), *replace)
    with pytest.raises(CommandError, match="is not a folder"):
        command("export_release", str(tmp_path / "mine/letter.txt"), *replace)
    assert files_in(tmp_path / "mine") == {"letter.txt": b"Dear all"}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_damaged_release_is_not_exported(releases, exported, command, way):
    """And the earlier export stays as it was."""
    before = files_in(exported)
    way(blob_path(releases, released(releases)["/en/"].sha256), Random(1))
    with pytest.raises(CommandError, match=r"The release is damaged: /en/: .*verify_release"):
        command("export_release", str(exported), "--replace")
    assert files_in(exported) == before
    assert [file.name for file in exported.parent.iterdir() if file.name.startswith("site")] == ["site"]


@pytest.mark.parametrize(
    ("release", "sentence"), [("x", "“x” is not the number"), ("99", "There is no release 99. 1 to 1 are kept")]
)
def test_bad_input_gets_a_sentence(releases, tmp_path, command, release, sentence):
    with pytest.raises(CommandError, match=sentence):
        command("export_release", str(tmp_path / "site"), "--release", release)
    assert not (tmp_path / "site").exists()
