"""The same in another browser: Firefox, as Debian has it."""

import json
from pathlib import Path

import pytest

from tests.e2e.widget.embedding import element, recipe, script
from tests.e2e.widget.hosts import host_page
from tests.gates.needs import find_firefox, need
from tests.node import node, tools

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("widget-look"), pytest.mark.needs("node", "firefox")]


def test_two_people_score_together_in_firefox(host, toolkit, common):
    need("node", "firefox")
    tools(common)
    policy = {"Content_Security_Policy": recipe(toolkit)}
    english = host.show("/", host_page(element(toolkit), head=script(toolkit)), **policy)
    arabic = host.show("/ar", host_page(element(toolkit), head=script(toolkit), lang="ar", dir="rtl"), **policy)
    program = Path(__file__).with_name("firefox.mjs")
    done = node("node", str(program), find_firefox(), english, arabic)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.pop("version").startswith("firefox/")
    expected = {"alone": True, "shown": 2, "box": ["rtl", True], "address": f"{host.origin}/ar", "said": []}
    assert found == expected
