"""The handbook keeps its word: what it shows can be done as it says, and what it names stands on the screens."""

import os
import re
from io import BytesIO

import pytest
from PIL import Image

from tests.e2e.conftest import copy_data, running
from tests.e2e.handbook.people import people_of
from tests.e2e.handbook.pictures import PICTURES
from toolkit.bundle.load import STARTER

HANDBOOK = (STARTER / "en" / "handbook.md").read_text()
IMAGES = STARTER / "media" / "images"
REWRITE = bool(os.environ.get("REWRITE_PICTURES"))
# A screen of words stays sharp, at a third of the bytes of PNG.
QUALITY = 80


@pytest.fixture(scope="module")
def seen(started, tmp_path_factory, chromium) -> dict[str, str]:
    """The words on the screen of each picture, by its name; the pictures are taken anew where that is asked for."""
    data, found = tmp_path_factory.mktemp("handbook") / "data", {}
    copy_data(started / "data", data)
    with running(data) as served, people_of(served, chromium) as people:
        for name, take in PICTURES.items():
            screen = take(people)
            if REWRITE:
                keep(name, screen.screenshot(animations="disabled"))
            found[name] = screen.locator("body").inner_text()
    return found


def keep(name: str, png: bytes):
    IMAGES.mkdir(parents=True, exist_ok=True)
    Image.open(BytesIO(png)).convert("RGB").save(IMAGES / f"handbook-{name}.webp", quality=QUALITY, method=6)


def test_names_on_screens_are_as_told(seen):
    """What the handbook sets in bold is what a button, a field or a heading says."""
    said = " ".join(" ".join(seen.values()).split())
    assert [name for name in re.findall(r"\*\*(.+?)\*\*", HANDBOOK) if name not in said] == []


def test_pictures_are_those_of_the_script():
    files = [f"media/images/handbook-{name}.webp" for name in PICTURES]
    assert re.findall(r"^file: (\S+)$", HANDBOOK, re.MULTILINE) == files
    assert sorted(path.name for path in IMAGES.glob("handbook-*")) == sorted(file.split("/")[-1] for file in files)
