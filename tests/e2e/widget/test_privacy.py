"""What a widget leaves behind, and what the page around it learns: counted over all that a person does."""

import json
import re

import pytest

from tests.e2e.crash.devices import Device
from tests.e2e.widget.embedding import element, script
from tests.e2e.widget.hosts import host_page

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("widget-tasks")]

# The page around the widget listens to whatever it says, and looks at what lies on the device.
SPY = """
window.heard = [];
for (const name of ["score", "agree", "error"])
    document.addEventListener(`mark-scoring:${name}`, (event) => heard.push([event.type, event.detail]));
window.addEventListener("message", (event) => heard.push(["message", event.data]));
"""
SECRET = ("Zyxomena", "Quietly said", "Zyxo's hall", "Why we think so", "Others would say")


def test_nothing_is_left_behind_and_nobody_is_told(host, toolkit, come):
    given = []
    page = host_page(element(toolkit), head=script(toolkit))
    person = come(host.show("/our-page", page), init=SPY)
    person.tab.on("response", lambda answer: given.append(answer) if "/api/v1/boards/" in answer.url else None)
    person.is_ready()
    person.score(6)
    person.unfold("together")
    person.write("board_title", SECRET[2])
    person.write("name", SECRET[0], person.widget.locator(".form").last)
    person.press("open")
    person.sees("Round 1.")
    link = person.link()
    for score in (3, 9, "not-yet"):
        person.score(score)
    person.unfold("notes", person.mark())
    person.mark().get_by_label(person.words["a_snake"]).check()
    person.write("few_words", SECRET[1], person.mark())
    person.press("add", person.mark())
    person.press("show")
    person.unfold("agree", person.mark())
    person.mark().locator("input[value='4']").check()
    person.write("why", SECRET[3], person.mark())
    person.press("keep_agreed", person.mark())
    person.is_sent()
    other = come(link, init=SPY)
    other.joins("Zyxomena's friend")
    assert other.tab.url == f"{host.origin}/our-page"
    other.is_sent()

    token, join = person.token, link.partition("=")[2]
    heard = json.dumps(person.tab.evaluate("heard") + other.tab.evaluate("heard"))
    # Events are there, and tell no more than that something was scored or agreed.
    assert {"mark-scoring:score", "mark-scoring:agree"} == set(re.findall(r"mark-scoring:\w+", heard))
    assert [word for word in (*SECRET, token, join) if word in heard] == []
    assert re.findall(r'"(?:answer|score|value)": ?\d', heard) == []
    for who in (person, other):
        assert who.tab.context.cookies() == []
        assert who.elsewhere == {host.origin, toolkit}
        to_toolkit = [headers for _method, url, headers in who.asked if url.startswith(toolkit)]
        assert [headers for headers in to_toolkit if "cookie" in headers] == []
        assert [headers["referer"] for headers in to_toolkit if "our-page" in headers.get("referer", "")] == []
        addresses = " ".join(url for _method, url, _headers in who.asked if not url.startswith(host.origin))
        assert [word for word in (*SECRET, who.token, join) if word in addresses] == []
        stored = who.tab.evaluate("JSON.stringify([...Object.entries(localStorage), document.body.outerHTML])")
        assert [word for word in SECRET[:1] if word in stored] == []
        assert who.tab.evaluate("sessionStorage.length + (window.name ? 1 : 0)") == 0
    assert [asked for asked in host.asked if any(word in json.dumps(asked) for word in (*SECRET, token, join))] == []
    # The power of a keeper never came to this page.
    opened = next(answer.json() for answer in given if answer.request.post_data_json.get("codes"))
    assert opened["keeper_token"] == ""
    status, _said = Device(f"{toolkit}/", token, dropped=0).send("DELETE", "/board/")
    assert status == 403


def test_one_script_and_one_document_come_first(host, toolkit, come):
    person = come(host.show("/", host_page(element(toolkit), head=script(toolkit))))
    person.is_ready()
    assert [url for _method, url, _headers in person.asked if url.startswith(toolkit)] == [
        f"{toolkit}/widget/v1/mark-scoring.js",
        f"{toolkit}/api/v1/en/widget/",
    ]


def test_alone_nothing_is_sent_at_all(host, toolkit, come):
    person = come(host.show("/", host_page(element(toolkit), head=script(toolkit))), accept_downloads=True)
    person.is_ready()
    before = len(person.asked)
    person.score(6)
    person.score("not-yet", 1)
    with person.tab.expect_download() as download:
        person.press("download")
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert [line.rpartition(",")[2] for line in text.splitlines()] == ['"6"', '"Not yet"']
    person.press("delete_mine")
    assert person.tab.evaluate("Object.keys(localStorage).filter((name) => name.includes('alone')).length") == 0
    assert [url for _method, url, _headers in person.asked[before:] if not url.startswith("blob:")] == []


def test_alone_scores_are_printed(host, toolkit, come):
    printed = "window.print = () => { document.title = 'printed'; };"
    person = come(host.show("/", host_page(element(toolkit), head=script(toolkit))), init=printed)
    person.is_ready()
    person.score(6)
    with person.tab.expect_popup() as popup:
        person.press("print")
    assert popup.value.locator("body").inner_text() == f"6 – {person.mark().locator('h3').inner_text()}"
