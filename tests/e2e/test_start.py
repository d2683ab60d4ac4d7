"""A newcomer starts the product: what the screen says, what a second start keeps, what goes wrong in one sentence."""

import os
import re
import socket
from uuid import uuid4

import psycopg
import pytest

from tests.e2e.conftest import SERVE, copy_data, free_port, get, log_in, released_entries, running
from tests.gates.needs import POSTGRES_URL
from tests.programs import ROOT, manage, run

ADDRESS = re.compile(r"http://\S+")
EDIT = """
from toolkit.models import Mark, Term
mark = Mark.objects.get(code="good-endings", locale__language_code="en")
mark.summary = "Changed by an editor."
mark.save_revision().publish()
Term.objects.get(code="jargon", locale__language_code="en").delete()
"""


def test_every_printed_address_answers(served):
    found = ADDRESS.findall(served.printed)
    assert [address.removeprefix(served.address) for address in found] == ["", "api/v1/", "admin/"]
    assert [get(address).status for address in found] == [200, 200, 200]


def test_printed_password_logs_in(served, password):
    assert log_in(served.address, password) == f"{served.address}admin/"
    assert "/login/" in log_in(served.address, "a guess")


def test_tree_of_pages_is_whole(served):
    """The database counts the children of each page: a wrong number breaks adding pages below it."""
    look = "from wagtail.models import Page; print(any(Page.find_problems()))"
    assert manage(served.data, "shell", "-v", "0", "-c", look) == "False\n"


@pytest.fixture(scope="module")
def edited(served, tmp_path_factory):
    """The data folder of a site on which an editor has changed one starter page and deleted another, and its port."""
    data = tmp_path_factory.mktemp("edited") / "data"
    copy_data(served.data, data)
    port = free_port()
    manage(data, "shell", "-v", "0", "-c", EDIT, PORT=port)
    return data, port


def words(data) -> dict[str, str]:
    """The digest of everything."""
    return {path: entry.sha256 for path, entry in released_entries(data).items()}


def test_second_start_keeps_what_editors_did(edited):
    data, port = edited
    before = words(data)
    with running(data, port=port) as again:
        assert ADDRESS.findall(again.printed)[0] == again.address
        assert not re.search("warning|error|traceback|, password", again.printed, re.IGNORECASE)
        assert "Changed by an editor." in again.get("/en/completing/good-endings/").text
        assert again.get("/en/glossary/jargon/").status == 410
        assert words(data) == before


def one_sentence(done) -> str:
    """What a command that could not work said: one line, and no traceback."""
    assert done.returncode != 0
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_busy_port_is_said(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        sentence = one_sentence(run(SERVE, tmp_path / "data", PORT=str(port)))
    assert f"Port {port} of 127.0.0.1 cannot be used" in sentence
    assert f"PORT={port + 1} make run" in sentence


@pytest.mark.parametrize("port", ["eighty", "70000", "-1", ""])
def test_bad_port_is_said(port, tmp_path):
    assert "PORT" in one_sentence(run(SERVE, tmp_path / "data", PORT=port)).upper()


@pytest.mark.parametrize("settings", [{}, {"SECRET_KEY": "given" * 10}])
def test_unwritable_folder_is_said(settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file" / "data", tmp_path / "file"):
        sentence = one_sentence(run(SERVE, folder, PORT=free_port(), **settings))
        assert "the data folder cannot be written" in sentence
        assert "DATA_DIR=" in sentence


@pytest.mark.needs("postgres")
def test_database_that_lacks_letters_is_said(tmp_path):
    """Debian makes such ones where the server has no language set."""
    url, name = os.environ.get("TEST_POSTGRES_URL", POSTGRES_URL), f"test_mark_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"create database {name} encoding 'SQL_ASCII' locale 'C' template template0")
        try:
            done = run([*SERVE, "--prepare-only"], tmp_path / "data", DATABASE_URL=f"{url.rpartition('/')[0]}/{name}")
        finally:
            server.execute(f"drop database {name} with (force)")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
    assert "The database keeps text as SQL_ASCII, which lacks letters of many languages." in done.stderr
    assert f"createdb --encoding=UTF8 --template=template0 {name}" in done.stderr


def test_make_alone_lists_the_targets(tmp_path):
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()
    assert {"run", "test"} <= set(targets)
    assert re.findall(r"^ +make ([a-z-]+) ", run(["make"], tmp_path).stdout, re.MULTILINE) == targets


@pytest.mark.parametrize("target", ["run", "test"])
def test_old_python_is_said(target, tmp_path):
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = run(["make", target, f"PYTHON={old}", f"VENV={tmp_path / 'venv'}"], tmp_path / "data")
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed." in done.stdout
    assert list(tmp_path.iterdir()) == [old]
