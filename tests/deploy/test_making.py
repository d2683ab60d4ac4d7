"""A machine that has only what Debian brings along: the software is installed with what is there."""

import os
import sys
from pathlib import Path

import pytest

from tests.programs import ROOT, run

SOURCE = ("api", "cms", "locale", "manage.py", "templates", "toolkit")


def test_what_a_server_needs_is_written(tmp_path):
    for name in SOURCE:
        (tmp_path / name).symlink_to(ROOT / name)
    venv = sys.prefix
    make = ["make", "--directory", str(tmp_path), "--file", str(ROOT / "Makefile"), f"--old-file={venv}/runs"]
    done = run([*make, "install", f"VENV={venv}"], tmp_path, TMPDIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "static" / "stamp").exists()
    # No key, and nothing else, is left of the folder that it had meanwhile.
    assert {path.name for path in tmp_path.iterdir()} == {*SOURCE, "static"}


@pytest.fixture
def without_venv(tmp_path) -> Path:
    """A folder with a Python as Debian's is at first; apt-get brings the rest, as root, and can do no more here."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script(
        folder / "python3",
        f'[ -e {tmp_path}/installed ] || case "$*" in *ensurepip*) exit 1; esac',
        f'case "$*" in "-m venv "*) mkdir -p "$3/bin"; [ ! -e {tmp_path}/broken ]; exit $?; esac',
        f'exec {sys.executable} "$@"',
    )
    script(folder / "apt-get", f'[ "$1" = update ] || touch {tmp_path}/installed')
    return folder


def script(path: Path, *lines: str):
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)


def environment_made(folder: Path, *, user: str):
    script(folder / "id", f"echo {user}")
    path = f"{folder}:{os.environ['PATH']}"
    return run([str(ROOT / "make-environment"), str(folder.parent / "made")], folder.parent, PATH=path)


def test_administrator_gets_what_debian_keeps_apart(without_venv):
    done = environment_made(without_venv, user="0")
    assert (done.returncode, (without_venv.parent / "made").exists()) == (0, True), done.stdout
    assert "Installing Debian's package python3-venv" in done.stdout


def test_anybody_else_is_told_what_to_install(without_venv):
    done = environment_made(without_venv, user="1000")
    assert (done.returncode, (without_venv.parent / "made").exists()) == (1, False)
    assert "sudo apt-get install python3-venv" in done.stdout


def test_half_made_environment_is_not_left(without_venv):
    (without_venv.parent / "broken").touch()
    done = environment_made(without_venv, user="0")
    assert (done.returncode, (without_venv.parent / "made").exists()) == (1, False)
