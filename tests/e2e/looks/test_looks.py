"""Every kind of page looks as it did when somebody last looked: in two directions, on three screens, on paper."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from PIL import Image

from tests.e2e.conftest import Served, copy_served
from tests.e2e.looks.comparing import SCALE, differences, small
from tests.e2e.looks.sheet import write_sheet
from tests.e2e.looks.taking import ALL, FEW, KINDS, LOCALES, Look, take, take_all
from tests.programs import ROOT

SMALL = Path(__file__).with_name("small")
LARGE = ROOT / "screenshots"
REWRITE = bool(os.environ.get("REWRITE_LOOKS"))
NAMES = {f"{kind}-{locale}-{look}" for kind in KINDS for locale in LOCALES for look in FEW}
# All of them together; a larger one is not worth its room in the history.
MOST_BYTES = 700_000

BROKEN = {
    "no header": ".site-header {display: none}",
    "no questions": ".questions {display: none}",
    "no cards": ".card {padding: 0; border: 0; background: none}",
    "other direction": "html {direction: rtl}",
    "one column": ".cards {display: block}",
    "other colours": "html {filter: invert(1)}",
    "pale footer": ".site-footer {background: none}",
    "no stylesheet": "* {all: revert}",
}
SOUND = {
    "as it is": "",
    "a line more": ".lead {padding-block-end: 1.9rem}",
    "a line less": ".lead {margin-block-end: -1.4rem}",
    "a shade": ":root {--ink: #2b2620; --card: #fffefa}",
}


@pytest.fixture(scope="module")
def served(started, tmp_path_factory) -> Iterator[Served]:
    """A server of these tests' own: what other tests publish meanwhile is not to be seen."""
    with copy_served(started, tmp_path_factory.mktemp("looks") / "data") as site:
        yield site


@pytest.fixture(scope="module")
def taken(chromium, served) -> dict[str, Image.Image]:
    """A small picture of each look, by its name; where that is asked for, they are kept, and large ones with them."""
    pictures = {name: small(png) for name, png in take_all(chromium, served, FEW, SCALE)}
    if REWRITE:
        keep(pictures)
        keep_large(take_all(chromium, served, ALL))
    return pictures


def keep(pictures: dict[str, Image.Image]):
    for old in SMALL.glob("*.png"):
        old.unlink()
    for name, picture in pictures.items():
        picture.save(SMALL / f"{name}.png", optimize=True)


def keep_large(pictures):
    LARGE.mkdir(exist_ok=True)
    for name, png in pictures:
        (LARGE / f"{name}.png").write_bytes(png)
    write_sheet(LARGE)


def test_every_page_looks_as_it_did(taken):
    """Where a look has changed, and is meant to: make screenshots."""
    kept = {name: Image.open(SMALL / f"{name}.png") for name in taken}
    assert {name: off for name in taken if (off := differences(kept[name], taken[name]))} == {}


def test_pictures_are_few_and_small(taken):
    assert {path.stem for path in SMALL.glob("*.png")} == taken.keys() == NAMES
    assert sum(path.stat().st_size for path in SMALL.glob("*.png")) < MOST_BYTES


@pytest.fixture(scope="module")
def looked_at(chromium, served):
    """Takes a small picture of a mark with a style laid over the page."""
    context = chromium.new_context(device_scale_factor=SCALE, reduced_motion="reduce")
    tab = context.new_page()
    tab.goto(urljoin(served.address, "/en/process/listening/"))
    yield lambda style: small(take(tab, Look(1280, "light"), style))
    context.close()


@pytest.mark.parametrize("style", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_seen(style, looked_at):
    assert differences(looked_at(""), looked_at(style)) != []


@pytest.mark.parametrize("style", SOUND.values(), ids=SOUND)
def test_what_is_sound_is_let_be(style, looked_at):
    assert differences(looked_at(""), looked_at(style)) == []
