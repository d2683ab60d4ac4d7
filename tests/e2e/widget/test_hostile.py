"""Strings that mean harm, shown live to a group: none runs, and none breaks out of the widget.

WIDGET_STRINGS is how many, all on one board: 400 by default, and 1,000 fit.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from random import Random
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.api.scoring.test_hostile import hostile
from tests.e2e.crash.devices import Device
from tests.e2e.widget.embedding import element, script
from tests.e2e.widget.hosts import host_page

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("widget-hostile")]

STRINGS = int(os.environ.get("WIDGET_STRINGS", 400))
# Of a thousand: so many names, marks of the group's own, and dissents; the rest are notes.
NAMES, MARKS, DISSENTS = 0.15, 0.05, 0.35
HIT = "window.hits = 0; window.hit = () => { window.hits += 1; };"
OPEN = "(host) => host.shadowRoot.querySelectorAll('details').forEach((e) => { e.open = true; })"
HEADING = "JSON.stringify(document.querySelector('h1').getBoundingClientRect())"


@pytest.fixture
def group(toolkit) -> Device:
    device = Device(f"{toolkit}/", dropped=0)
    device.open_board(["listening", "sharing-power", "disagreeing-well"])
    return device


def say_all(group: Device, random: Random) -> int:
    """Put all strings on the board, and give how many it took."""
    link, marks = group.link(), [mark["id"] for mark in group.board()["marks"]]

    def say(n: int) -> int:
        device = Device(group.address, group.token, dropped=0)
        share, text, mark = n / STRINGS, hostile(random), random.choice(marks)
        if share < NAMES:
            body = {"token": link, "name": text, "locale": "en"}
            status, _said = Device(group.address, dropped=0).send("POST", "/boards/join/", body)
        elif share < NAMES + MARKS:
            status, _said = device.send("PUT", f"/board/marks/{uuid4()}/", {"title": text})
        elif share < NAMES + MARKS + DISSENTS:
            body = {"mark": mark, "score": None, "text": text, "version": 0}
            status, _said = device.send("PUT", f"/board/dissents/{uuid4()}/", body)
        else:
            body = {"mark": mark, "kind": random.choice(["snake", "ladder", "action"]), "text": text, "version": 0}
            status, _said = device.send("PUT", f"/board/notes/{uuid4()}/", body)
        assert status in (201, 204, 400), _said
        return status != 400

    before = int(STRINGS * (NAMES + MARKS))
    with ThreadPoolExecutor(4) as pool:
        taken = sum(pool.map(say, range(before)))
        device = Device(group.address, group.token, dropped=0)
        device.send("PUT", f"/board/answers/{marks[0]}/", {"answer": 5})
        device.send("POST", "/board/show/")
        other = group.joined(link)
        other.send("POST", "/board/show/")
        return taken + sum(pool.map(say, range(before, STRINGS)))


def test_no_string_runs_or_breaks_out(host, toolkit, come, group, figures):
    page = host_page(element(toolkit), head=script(toolkit))
    person = come(f"{host.show('/', page)}#mark-scoring={group.link()}", init=HIT)
    heading = person.tab.evaluate(HEADING)
    person.joins("<img src=x onerror=hit()>")
    # Somebody is there while it is said, and not only when it is loaded.
    taken = say_all(group, Random(20261126))
    person.sees(person.words["different_first"])
    told = sum(len(mark["notes"]) + len(mark["dissents"]) for mark in group.board()["marks"])
    assert told > STRINGS * (1 - NAMES - MARKS) * 0.8
    for _second in range(60):
        person.widget.evaluate(OPEN)
        person.tab.wait_for_timeout(1000)
        if person.widget.locator(".written").count() == told:
            break
    expect(person.widget.locator(".written")).to_have_count(told)
    figures(f"{STRINGS} strings, of which {taken} were taken; {told} texts are shown")
    assert person.tab.evaluate("window.hits") == 0
    assert person.widget.locator("script, iframe, img, svg, style, object, form").count() == 0
    assert person.tab.evaluate(HEADING) == heading
    assert person.tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert is_clean_beside(person)


def is_clean_beside(person) -> bool:
    """Tell whether nothing is painted in the margins of the page, left and right of the widget."""
    box = person.widget.bounding_box()
    picture = Image.open(BytesIO(person.tab.screenshot(full_page=True))).convert("RGB")
    left, right, (width, height) = round(box["x"]), round(box["x"] + box["width"]), picture.size
    beside = [picture.crop((0, 0, left, height)), picture.crop((right, 0, width, height))]
    assert min(left, width - right) > 4
    return all(part.getcolors() == [(part.width * part.height, (255, 255, 255))] for part in beside)
