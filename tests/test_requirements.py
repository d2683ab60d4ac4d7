"""What is installed is known beforehand: packages of Python by their versions, those of Node by their digests."""

import json
import re

import pytest
from django.conf import settings

LISTS = sorted(settings.BASE_DIR.glob("requirements*.txt"))
PINNED = re.compile(r"[\w.\-]+(\[[\w,\-]+\])?==[\w.!+]+( ;.*)?")
LOCK = json.loads((settings.BASE_DIR / "package-lock.json").read_text())


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.name)
def test_every_python_package_has_an_exact_version(file):
    lines = [line for line in file.read_text().splitlines() if line and not line.startswith(("#", "-r "))]
    assert [line for line in lines if not PINNED.fullmatch(line)] == []
    assert lines


def test_every_node_package_has_a_digest():
    packages = {name: package for name, package in LOCK["packages"].items() if name}
    assert [name for name, package in packages.items() if not package["integrity"].startswith("sha512-")] == []
    assert len(packages) > 20


def test_node_packages_run_nothing_when_installed():
    files = ["Makefile", ".ci/run"]
    commands = [line for file in files for line in (settings.BASE_DIR / file).read_text().splitlines()]
    installs = [line for line in commands if re.search(r"\bnpm (ci|i|install)\b", line)]
    assert [line for line in installs if "npm ci --ignore-scripts" not in line] == []
    assert installs
