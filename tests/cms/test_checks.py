"""What Django itself checks: migrations, and settings that are fit for the open web."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

PROXIED = {"SITE_URL": "https://toolkit.example", "BEHIND_PROXY": "true"}
SERVER = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", "0", "cms.wsgi:application"]


def manage(tmp_path, *arguments, **environment) -> subprocess.CompletedProcess:
    """Run manage.py with nothing in the environment but what is said here."""
    return program(tmp_path, [sys.executable, "manage.py", *arguments], **environment)


def program(tmp_path, command: list[str], **environment) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env={**kept, "DATA_DIR": str(tmp_path / "data"), **environment},
        capture_output=True,
        text=True,
    )


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", check=True, dry_run=True)
    assert "No changes detected" in capsys.readouterr().out


def test_deployment_has_no_complaints(tmp_path):
    checked = manage(tmp_path, "check", "--deploy", "--fail-level", "DEBUG", **PROXIED)
    assert checked.returncode == 0, checked.stderr
    assert checked.stderr == ""
    assert "no issues" in checked.stdout
    # HSTS for subdomains and its preload list are for the owner of the whole domain to decide.
    assert settings.SILENCED_SYSTEM_CHECKS == ["security.W005", "security.W021"]


def test_newcomer_settings_have_no_complaints(tmp_path):
    checked = manage(tmp_path, "check", "--fail-level", "DEBUG")
    assert (checked.returncode, checked.stderr) == (0, "")


def test_unwritable_data_folder_gets_a_sentence(tmp_path):
    (tmp_path / "data").write_text("a file, not a folder")
    checked = manage(tmp_path, "check")
    assert checked.returncode != 0
    assert "DATA_DIR=/path/to/folder" in checked.stderr


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_refused_settings_get_a_sentence(command, tmp_path):
    refused = manage(tmp_path, command, **PROXIED, DEBUG="true")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("The settings are not right: DEBUG=true shows settings and code")
    assert len(refused.stderr.splitlines()) == 1


def test_refused_settings_stop_the_server_with_a_sentence(tmp_path):
    refused = program(tmp_path, SERVER, **PROXIED, DEBUG="true")
    assert refused.returncode != 0
    said = refused.stdout + refused.stderr
    assert "The settings are not right: DEBUG=true shows settings and code" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(("name", "value"), [("LOG_LEVEL", "loud"), ("SITE_URL", "x")])
def test_senseless_settings_get_a_sentence(name, value, tmp_path):
    refused = manage(tmp_path, "check", **{name: value})
    assert refused.returncode == 1
    assert refused.stderr.startswith("The settings are not right: ")
    assert name in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_damaged_secret_key_is_not_replaced(tmp_path):
    file = tmp_path / "data" / "secret-key"
    file.parent.mkdir()
    file.touch()
    checked = manage(tmp_path, "check")
    assert f"{file} is damaged. Put it back from a backup." in checked.stderr
    assert file.read_text() == ""
