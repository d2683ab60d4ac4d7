"""The documentation keeps its word: commands, settings and paths that it names are there, and none is left out."""

import re

import pytest
from django.conf import settings
from django.core.management import get_commands

from tests.docs.pages import PAGES
from toolkit.bundle.fields import CREDIT, FIRST, LAST, OF_TYPE
from toolkit.bundle.format import ATTRIBUTES, BLOCK_TYPES

README = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
EVERYTHING = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
MAKEFILE = (settings.BASE_DIR / "Makefile").read_text(encoding="utf-8")
ROOMS = ("toolkit", "api", "cms")


def part(heading: str) -> str:
    """Give the text of the README below a heading."""
    return README.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def table_names(heading: str) -> list[str]:
    """Give what stands as code in the first column of a table."""
    rows = [line for line in part(heading).splitlines() if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])]


def room_map() -> list[str]:
    """Give the paths of the map of the rooms; what is indented stands in the room above it."""
    paths, room = [], ""
    for line in part("A map of the rooms").splitlines():
        if found := re.match(r"(    |      )(\S+)  +\w", line):
            room = found[2] if found[1] == "    " else room
            paths.append(found[2] if found[1] == "    " else room + found[2])
    return paths


def mentioned_paths() -> set[str]:
    """Give every path that stands as code: in the README all but those that begin with a capital (`Europe/London`).

    Elsewhere, people are shown paths of their own, too: there only those below a folder of ours.
    """
    quoted = re.compile(r"`([a-z.][\w./-]+/[\w./-]*)(?:::\w+)?`")
    ours = tuple(f"{folder.name}/" for folder in settings.BASE_DIR.iterdir() if folder.is_dir())
    elsewhere = {path for path in quoted.findall(EVERYTHING) if path.startswith(ours)}
    return {path for path in {*quoted.findall(README), *elsewhere} if not path.startswith((".venv", "data/"))}


def test_map_names_the_rooms():
    assert {"toolkit/", "api/", "cms/", "templates/", "tests/", "toolkit/models/", "cms/publishing/"} <= set(
        room_map()
    )


@pytest.mark.parametrize("path", room_map())
def test_map_shows_what_is_there(path):
    assert (settings.BASE_DIR / path).exists()


@pytest.mark.parametrize("path", sorted(mentioned_paths()))
def test_mentioned_path_is_there(path):
    assert (settings.BASE_DIR / path).exists()


def test_commands_are_all_named():
    ours = {name for name, app in get_commands().items() if app.partition(".")[0] in ROOMS}
    assert {name.split()[0] for name in table_names("Commands")} == ours


def settings_read() -> set[str]:
    """Give what any of our modules reads from the environment."""
    code = "".join(file.read_text() for room in ROOMS for file in (settings.BASE_DIR / room).rglob("*.py"))
    read = re.findall(r"""(?:\benv\.\w+\(|\bos\.environ(?:\.get\(|\[)|\bgetenv\()\s*["']([A-Z0-9_]+)""", code)
    # By which a test asks a process to fail.
    return set(read) - {"FAIL_AT"}


def test_settings_are_each_named_once():
    named = table_names("Settings")
    assert sorted(named) == sorted(settings_read())


def test_make_targets_are_there():
    targets = set(re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE))
    named = re.findall(r"(?:`|    )(?:[A-Z_]+=\S+ )*make ([a-z]+)\b", EVERYTHING)
    assert {"run", "test", "openapi", "examples", "messages"} <= set(named)
    assert set(named) <= targets


def test_format_names_every_field_and_block():
    described = (settings.BASE_DIR / "toolkit/starter/README.md").read_text(encoding="utf-8")
    fields = {name for own in OF_TYPE.values() for name in own} | FIRST.keys() | LAST.keys() | CREDIT.keys()
    lines = {name.rstrip("*") for names in ATTRIBUTES.values() for name in names}
    named = (fields | lines | OF_TYPE.keys()) - {"type"}
    assert [name for name in named if f"`{name}" not in described] == []
    assert [kind for kind in BLOCK_TYPES if f"`{kind}" not in described] == []


def options_of_commands() -> list[tuple[str, str]]:
    """Give each command with each option that its row of the table names."""
    rows = [line.split("|") for line in part("Commands").splitlines() if line.startswith("| `")]
    return [
        (re.match(r" `(\w+)", name)[1], option)
        for _, name, does, _ in rows
        for option in re.findall(r"`(--[a-z-]+)", does)
    ]


@pytest.mark.parametrize(("name", "option"), options_of_commands())
def test_options_are_there(command, capsys, name, option):
    with pytest.raises(SystemExit):
        command(name, "--help")
    assert option in capsys.readouterr().out


def test_mentioned_commands_are_there():
    mentioned = set(re.findall(r"manage\.py ([a-z_]+)", EVERYTHING))
    assert mentioned - get_commands().keys() == set()
    assert len(mentioned) >= 3


def test_options_are_named():
    assert len(options_of_commands()) > 10


def test_licences_are_said():
    declared = (settings.BASE_DIR / "pyproject.toml").read_text()
    for licence, name in (("BSD-3-Clause", "BSD 3-Clause"), ("CC-BY-4.0", "CC BY 4.0")):
        assert licence in declared
        assert name in README
