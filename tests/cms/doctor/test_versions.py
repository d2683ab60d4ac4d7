"""The lowest safe versions: well written, and what is pinned and installed is at least that."""

import re
import sys
import tomllib
from datetime import date, timedelta

import pytest
from django.conf import settings

from cms.doctor import versions
from cms.doctor.lowest import looked_at, lowest_safe
from cms.doctor.versions import Pin, against_tested, age_of_list, is_older, pinned, pins_of, plain, unsafe
from tests.cms.doctor.looking import ill, verdicts

FILES = ["requirements.txt", "requirements-s3.txt", "requirements-dev.txt"]
ADVISORY = re.compile(r"CVE-\d{4}-\d{4,}|GHSA(-[23456789cfghjmpqrvwx]{4}){3}|PYSEC-\d{4}-\d+|[\w-]+/[\w-]+#\d+")


def named_by_us() -> set[str]:
    """Give the packages that pyproject.toml names for running the toolkit."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    return {plain(re.match(r"[\w.-]+", wanted)[0]) for wanted in project["dependencies"]}


def test_every_package_of_ours_was_looked_at():
    listed, none_found = set(lowest_safe()["packages"]), set(lowest_safe()["none_found"])
    assert named_by_us() <= listed | none_found
    assert not listed & none_found
    pins = pinned(settings.BASE_DIR / "requirements.txt")
    assert (listed | none_found) - set(pins) == set()


@pytest.mark.parametrize("part", ["packages", "postgresql"])
def test_each_lowest_version_has_its_reason(part):
    for name, safe in lowest_safe()[part].items():
        assert set(safe) == {"version", "closes", "since"}, name
        assert re.fullmatch(r"\d+(\.\d+)+", safe["version"]), name
        assert safe["closes"], name
        assert [advisory for advisory in safe["closes"] if not ADVISORY.fullmatch(advisory)] == []
        assert date(2018, 1, 1) < safe["since"] <= looked_at(), name


@pytest.mark.parametrize("file", FILES)
def test_pinned_versions_are_safe(file):
    assert ill(unsafe(pinned(settings.BASE_DIR / file))) == ""


def test_installed_versions_are_safe():
    """But for those that the Python that is here cannot take."""
    late = {
        pin.name for file in FILES for pin in pins_of(settings.BASE_DIR / file) if not pin.is_for(sys.version_info)
    }
    have = versions.installed()
    assert ill(unsafe({name: have[name] for name in have.keys() - late})) == ""


def test_old_version_is_told_with_its_reason():
    said = ill(unsafe({"django": "5.2.3", "pillow": "99.0"}))
    assert said.startswith("broken: django 5.2.3 is older than")
    assert "CVE-" in said
    assert "pip install -r requirements.txt" in said


def test_version_for_a_newer_python_is_no_fault_of_theirs(monkeypatch):
    """As on Debian 12, whose Python gets an older soupsieve: no command that is said would mend it."""
    versions_installed = versions.installed()
    monkeypatch.setattr(versions.sys, "version_info", (3, 11, 2))
    monkeypatch.setattr(versions, "installed", lambda: {**versions_installed, "soupsieve": "3.0.1"})
    monkeypatch.setattr(versions, "pins_of", lambda file: [Pin("soupsieve", "4.1.2", "3.11.5")])
    found = list(versions.look())
    assert verdicts(found)["unsafe"] == "warning"
    assert "needs Python 3.11.5, and this is 3.11.2" in ill(found)
    assert verdicts(found)["tested"] == "ok"


@pytest.mark.parametrize("file", FILES)
def test_every_line_of_the_requirements_is_read(file):
    lines = (settings.BASE_DIR / file).read_text().splitlines()
    assert len(pinned(settings.BASE_DIR / file)) == len([line for line in lines if line and line[0] not in "#-"]) > 5


@pytest.mark.parametrize(
    ("version", "than", "older"),
    [
        ("5.2.9", "5.2.17", True),
        ("5.2.17", "5.2.17", False),
        ("6.0", "5.2.17", False),
        ("2.9.0.post0", "2.9.0", False),
    ],
)
def test_versions_are_compared_by_number(version, than, older):
    assert is_older(version, than) is older


def test_other_packages_than_tested_are_told():
    wanted = {"django": "5.2.19", "wagtail": "7.4.4"}
    assert against_tested({**wanted, "extra": "1"}, wanted).verdict == "ok"
    said = ill([against_tested({"django": "5.2.20"}, wanted)])
    assert "django 5.2.20 (5.2.19 was tested); wagtail is missing (7.4.4 was tested)." in said
    assert "and 3 more" in against_tested({}, {f"p{number}": "1" for number in range(8)}).says


def test_list_grows_old():
    assert age_of_list(looked_at()).verdict == "ok"
    assert age_of_list(looked_at() + timedelta(days=200)).verdict == "warning"


def test_old_python_is_told(monkeypatch):
    monkeypatch.setattr(versions.sys, "version_info", (3, 10, 4))
    assert verdicts(versions.look())["python"] == "broken"
