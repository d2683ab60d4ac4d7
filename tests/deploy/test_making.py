"""A machine that has only what Debian brings along: the software is installed with what is there."""

import sys

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
