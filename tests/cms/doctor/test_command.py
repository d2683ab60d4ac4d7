"""The doctor as it is called: on a site that is well, and where next to nothing works."""

import json
import shutil
import sys

import pytest
from django.core.management import call_command

from cms.doctor.groups import GROUPS
from cms.worker.loop import beat
from tests.e2e.conftest import free_port
from tests.programs import run

DOCTOR = [sys.executable, "manage.py", "doctor"]


@pytest.mark.django_db
def test_site_that_is_well_is_told_so(site, command):
    beat()
    said = command("doctor")
    assert [group.title for group in GROUPS if f"{group.title}\n" not in said] == []
    assert "BROKEN" not in said
    assert "Online" not in said


@pytest.mark.django_db
def test_something_broken_is_the_exit_status(site, capsys):
    beat()
    shutil.rmtree(site.STATIC_ROOT)
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", format="json")
    assert ended.value.code == 1
    said = json.loads(capsys.readouterr().out)
    assert said["status"] == "broken"
    assert [check["check"] for check in said["checks"] if check["verdict"] == "broken"] == ["static"]


@pytest.mark.django_db
def test_more_is_asked_on_demand(site, capsys):
    site.SITE_URL, site.IS_HTTPS = f"http://127.0.0.1:{free_port()}", False
    with pytest.raises(SystemExit):
        call_command("doctor", online=True, send_to="me@charity.example", format="json")
    groups = {check["group"]: check["verdict"] for check in json.loads(capsys.readouterr().out)["checks"]}
    assert (groups["online"], groups["sending"]) == ("broken", "ok")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"DATABASE_URL": "postgres://u:hidden-word@127.0.0.1:9/x"}, "The database does not answer"),
        ({"DEBUG": "true", "SITE_URL": "https://toolkit.example"}, "DEBUG=true shows settings and code"),
        ({}, "is damaged"),
        ({"DATA_DIR": "/proc/data"}, "the data folder cannot be written"),
    ],
)
def test_doctor_tells_where_nothing_works(settings, said, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "db.sqlite3").write_bytes(b"nothing of the kind " * 100)
    told = run([*DOCTOR, "--format", "json"], tmp_path / "data", **settings)
    assert (told.returncode, told.stderr) == (1, "")
    checks = json.loads(told.stdout)["checks"]
    assert [check for check in checks if check["verdict"] == "broken" and said in check["says"]]
    assert all(check["mend"] for check in checks if check["verdict"] != "ok")
    assert "hidden-word" not in told.stdout


def test_missing_package_gets_a_sentence(tmp_path):
    (tmp_path / "environs.py").write_text("import no_such_package")
    told = run(DOCTOR, tmp_path / "data", PYTHONPATH=str(tmp_path))
    assert told.returncode == 1
    assert "No module named 'no_such_package'. Install what is needed:" in told.stderr
    assert "Traceback" not in told.stderr
