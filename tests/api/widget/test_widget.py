"""The widget's document and script, as other sites get them, and the page that gives people the lines to paste."""

import json
import re
from base64 import b64encode
from hashlib import sha384
from uuid import UUID, uuid4

import brotli
import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from api.widget import bundle
from api.widget.bundle import NEWEST, Script, script
from api.widget.snippets import Embed, colours_rule, contrast, element, frame_line, script_policy, unreadable
from api.widget.words import WORDS, words
from cms.publishing.publish import publish
from tests.contract import contract_errors
from tests.releases import released
from toolkit import locales
from toolkit.assets import first_script

pytestmark = pytest.mark.django_db
TOKEN = "x" * 27
JSON = "application/json"
# In bytes. "Script ≤ 12 kB brotli (≤ 14 kB gzip), widget document for 30 marks ≤ 5 kB brotli."
SCRIPT_BROTLI, SCRIPT_GZIP, DOCUMENT_BROTLI = 12_288, 14_336, 5_120


@pytest.fixture
def widget(reader):
    """Gives the widget's document in a language."""
    return lambda locale: reader.document(f"/api/v1/{locale}/widget/")


def test_document_keeps_to_the_contract(widget):
    assert contract_errors("/api/v1/en/widget/", widget("en")) == []


def test_document_has_every_mark_once(widget, reader):
    codes = [mark["code"] for stage in widget("en")["stages"] for mark in stage["marks"]]
    outline = reader.document("/api/v1/en/")
    assert codes == [mark["code"] for stage in outline["stages"] for mark in stage["marks"]]
    assert len(codes) == len(set(codes)) >= 30


@pytest.mark.parametrize("locale", locales.codes())
def test_every_language_has_all_words(widget, locale):
    document = widget(locale)
    assert document["words"].keys() == WORDS.keys()
    assert (document["lang"], document["dir"]) == (locale, locales.direction(locale))
    same = [name for name, word in widget("en")["words"].items() if word == document["words"][name]]
    assert len(same) == (len(WORDS) if locale == "en" else 0), same


@pytest.mark.parametrize("locale", locales.codes())
def test_words_ask_for_the_same_values_in_every_language(widget, locale):
    asked = {name: sorted(re.findall(r"%\(\w+\)s", str(word))) for name, word in widget("en")["words"].items()}
    assert {name: sorted(re.findall(r"%\(\w+\)s", word)) for name, word in widget(locale)["words"].items()} == asked


def test_marks_of_another_language_say_so(widget):
    mark = widget("ar")["stages"][0]["marks"][0]
    assert (mark["lang"], mark["dir"]) == ("en", "ltr")
    assert "lang" not in widget("en")["stages"][0]["marks"][0]


@pytest.mark.parametrize("locale", locales.codes())
def test_document_is_light(releases, locale):
    entry = released(releases)[f"/api/v1/{locale}/widget/"]
    assert entry.files[".br"][0] <= DOCUMENT_BROTLI


def test_script_is_light(releases):
    entry = released(releases)[NEWEST]
    assert (entry.files[".br"][0] <= SCRIPT_BROTLI, entry.files[".gz"][0] <= SCRIPT_GZIP) == (True, True)


def test_other_sites_may_load_the_script(client, releases):
    for address in (NEWEST, script().path):
        answer = client.get(address)
        assert answer["Content-Type"] == "text/javascript; charset=utf-8"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert b"".join(answer.streaming_content) == script().content
    assert "immutable" in client.get(script().path)["Cache-Control"]
    assert "immutable" not in client.get(NEWEST)["Cache-Control"]


def test_integrity_is_that_of_the_bytes_served(client, releases):
    served = b"".join(client.get(script().path).streaming_content)
    assert script().integrity == f"sha384-{b64encode(sha384(served).digest()).decode()}"


@pytest.fixture
def deployed_anew(monkeypatch):
    """Deploys a newer script."""

    def deploy(content: bytes):
        newer = Script(content, f"{bundle.FOLDER}mark-scoring-{'0' * 11}{len(content) % 10}.js", "sha384-x")
        monkeypatch.setattr("cms.publishing.widget.script", lambda: newer)
        return newer

    return deploy


@pytest.mark.parametrize("everything", [False, True])
def test_older_scripts_stay_where_they_were(client, releases, deployed_anew, everything):
    """A page that names bytes by their digest works on when the software is replaced, and after that."""
    older = script()
    for content in (b"// newer", b"// newer still"):
        newer = deployed_anew(content)
        publish(everything=True)
        assert b"".join(client.get(newer.path).streaming_content) == content
    publish(everything=everything)
    assert b"".join(client.get(older.path).streaming_content) == older.content
    assert b"".join(client.get(NEWEST).streaming_content) == b"// newer still"


def test_a_page_of_another_site_gets_no_power_of_a_keeper(client, releases):
    body = json.dumps({"locale": "en", "codes": ["listening"], "with_keeper": False})
    headers = {"Idempotency-Key": str(uuid4()), "Origin": "https://council.example"}
    opened = client.post("/api/v1/boards/", body, content_type=JSON, headers=headers).json()
    assert opened["keeper_token"] == ""
    bearer = {"Authorization": f"Bearer {opened['token']}", "Idempotency-Key": str(uuid4())}
    assert client.delete("/api/v1/board/", headers=bearer).status_code == 403
    # Asked again by the same name, with other words, it is another board.
    again = json.dumps({"locale": "en", "codes": ["listening"], "with_keeper": True})
    other = client.post("/api/v1/boards/", again, content_type=JSON, headers=headers).json()
    assert other["token"] != opened["token"]


@pytest.mark.parametrize("address", ["/api/v1/boards/", "/api/v1/board/", f"/api/v1/board/answers/{UUID(int=0)}/"])
def test_browsers_learn_what_other_sites_may_ask(client, releases, address):
    """Before a page of another site sends anything, its browser asks, and shows no token with that."""
    answer = client.options(address, headers={"Origin": "https://council.example"})
    assert answer.status_code == 204
    assert "Authorization" in answer["Access-Control-Allow-Headers"]
    assert "PUT" in answer["Access-Control-Allow-Methods"]


def fields(html: str) -> dict[str, str]:
    return {field["id"]: field.text.strip() for field in BeautifulSoup(html, "lxml").select("textarea.lines")}


@pytest.mark.parametrize("locale", locales.codes())
def test_page_gives_the_lines_to_paste(client, releases, locale):
    answer = client.get(f"/{locale}/embed/?stage=process&mark=fair-pay&locale=cy")
    lines = fields(answer.content.decode())
    loaded, placed = lines["two-lines"].splitlines()
    assert f'src="{settings.SITE_URL}{script().path}" integrity="{script().integrity}"' in loaded
    placed = BeautifulSoup(placed, "lxml").select_one("mark-scoring")
    assert placed.attrs == {"stage": "process", "mark": "fair-pay", "locale": "cy"}
    assert placed.a["href"] == f"{settings.SITE_URL}/cy/score/?stage=process&mark=fair-pay"
    assert lines["policy"] == f"script-src {settings.SITE_URL}/widget/v1/; connect-src {settings.SITE_URL}/api/v1/"
    assert f"{settings.SITE_URL}/cy/embed/frame/" in lines["frame-line"]
    assert f"frame-src {settings.SITE_URL}/cy/embed/frame/" == lines["frame-policy"]


def test_page_shows_what_was_chosen(client, releases):
    page = BeautifulSoup(client.get("/en/embed/?stage=process&colours=own&accent=%23a3300b").content, "lxml")
    assert page.select_one("iframe")["src"].startswith("/en/embed/frame/?stage=process&accent=%23a3300b")
    assert page.select_one("input[value=process]").has_attr("checked")
    assert "--mark-scoring-accent: #a3300b;" in fields(str(page))["colours-rule"]


def test_page_takes_the_link_of_a_board(client, releases):
    link = f"https://toolkit.example/en/score/join/{TOKEN}/"
    lines = fields(client.get("/en/embed/", {"board": link}).content.decode())
    assert f'board="{TOKEN}"' in lines["two-lines"]
    # In a frame's address it stands where no server sees it.
    assert f"#mark-scoring={TOKEN}" in lines["frame-line"]
    wrong = client.get("/en/embed/", {"board": "our board"}).content.decode()
    assert "This is not the link of a board." in wrong


def test_page_says_which_colours_can_hardly_be_read(client, releases):
    alike = {"colours": "own", "ink": "#eeeeee", "paper": "#ffffff"}
    assert "could hardly read" in client.get("/en/embed/", alike).content.decode()
    assert "could hardly read" not in client.get("/en/embed/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"stage": '"><script>alert(1)</script>', "mark": "'"},
        {"locale": "xx", "colours": "own", "ink": "red;}*{}"},
        {"board": '"' * 27},
        {"accent": "#12345"},
    ],
)
def test_what_is_not_there_is_left_out(client, releases, query):
    for address in ("/en/embed/", "/en/embed/frame/"):
        answer = client.get(address, query)
        page = BeautifulSoup(answer.content, "lxml")
        assert answer.status_code == 200
        assert {tag.text for tag in page.select("script") if not tag.get("src")} <= {first_script()}
        assert "alert(1)" not in fields(str(page)).get("two-lines", "")
    assert b"red" not in client.get("/en/embed/frame/style.css", query).content


def test_any_site_may_show_the_frame_and_nothing_else(client, releases):
    frame = client.get("/ar/embed/frame/?stage=process")
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame
    assert not frame.cookies
    assert BeautifulSoup(frame.content, "lxml").html["dir"] == "rtl"
    page = client.get("/ar/embed/")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_pages_need_no_database(client, releases, django_assert_num_queries):
    with django_assert_num_queries(0):
        for address in ("/en/embed/", "/en/embed/frame/", "/en/embed/frame/style.css", "/api/v1/en/widget/", NEWEST):
            assert client.get(address).status_code == 200


def test_page_says_when_there_is_nothing_yet(client, settings, tmp_path):
    settings.RELEASES_DIR = tmp_path / "none"
    assert client.get("/en/embed/").status_code == 503
    assert client.get("/en/embed/frame/").status_code == 200


def test_guide_names_all_that_there_is(reader):
    """Every attribute, part, event and property of the script stands in the guide, and nothing else does."""
    guide = BeautifulSoup(reader.content("/widget/v1/docs/"), "lxml")
    said = {term.text for term in guide.select("dt code")} | {heading.text for heading in guide.select("h3 code")}
    code = script().content.decode()
    parts = set(re.findall(r'part:"([\w-]+)"', code))
    properties = set(re.findall(r"var\((--mark-scoring-[\w-]+)", code))
    attributes = set(re.search(r"observedAttributes=(\[[^]]+\])", code)[1].strip("[]").replace('"', "").split(","))
    assert parts | properties | attributes <= said
    assert {term for term in said if term.startswith("--")} == properties


def test_colours_are_compared_as_wcag_does():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    assert unreadable({}) == []
    assert unreadable({"on-accent": "#0f5a66"}) == [("on-accent", "accent")]


def test_lines_are_safe_to_paste():
    embed = Embed("en", stages=('a"b',), board="<x>")
    assert '"b' not in element(embed, site="https://t.example", words='"<b>').replace("&quot;", "")
    assert "<b>" not in frame_line(embed, site="https://t.example", words='"<b>')
    assert colours_rule(Embed("en")) == ""
    assert script_policy(site="https://t.example", folder="/w/") == (
        "script-src https://t.example/w/; connect-src https://t.example/api/v1/"
    )


def test_words_are_those_of_the_catalogue():
    assert words()["how_far"] == "How far are you?"


def test_document_is_served_packed_as_far_as_can_be(releases, reader):
    content = reader.content(NEWEST)
    assert released(releases)[NEWEST].files[".br"][0] == len(brotli.compress(content, quality=11))
