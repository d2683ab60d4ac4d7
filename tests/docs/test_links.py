"""Links of the documentation: those within lead somewhere, those to other sites are sound. No other site is asked."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from markdown_it import MarkdownIt

from tests.docs.pages import PAGES, name_of

MARKDOWN = MarkdownIt("commonmark").enable("table")
# What the format of bundles shows as an example.
EXAMPLES = ("mark:",)
BROKEN = """
A [page](nowhere.md), a [heading](api.md#nowhere), a [heading here](#nowhere), a [file](../nowhere.txt),
a [folder](../api) and a [heading of the README](../README.md#nowhere).
"""
OF_THE_SITE = [*map(name_of, PAGES), "docs/conf.py", "docs/theme"]


def links(text: str) -> Iterator[str]:
    """Give where each link of a page leads."""
    for token in MARKDOWN.parse(text):
        for child in token.children or []:
            if child.type == "link_open":
                yield child.attrGet("href")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_to_files_lead_somewhere(page):
    led_to = [urlsplit(link) for link in links(page.read_text(encoding="utf-8"))]
    within = [link.path for link in led_to if not link.scheme and link.path]
    assert [path for path in within if path.startswith("/") or not (page.parent / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_to_other_sites_are_sound(page):
    outside = [link for link in links(page.read_text(encoding="utf-8")) if urlsplit(link).scheme]
    others = [link for link in outside if not link.startswith(EXAMPLES)]
    assert [link for link in others if not link.startswith("https://") or "." not in urlsplit(link).hostname] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_pages_are_plain_markdown(page):
    """GitHub would show the directives of Sphinx as they are."""
    fences = [token.info for token in MARKDOWN.parse(page.read_text(encoding="utf-8")) if token.type == "fence"]
    assert [info for info in fences if info.startswith("{")] == []


def test_dead_links_stop_the_making(tmp_path):
    for name in OF_THE_SITE:
        place, copied = settings.BASE_DIR / name, tmp_path / name
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(place, copied) if place.is_dir() else shutil.copy(place, copied)
    with open(tmp_path / "docs" / "releases.md", "a") as page:
        page.write(BROKEN)
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going", "--conf-dir", "docs"]
    made = subprocess.run([*command, ".", "html"], cwd=tmp_path, capture_output=True, text=True)
    assert made.returncode == 1
    assert len([line for line in made.stderr.splitlines() if "releases.md" in line]) == BROKEN.count("](")
