"""The page that a volunteer follows: what it names is there."""

import re

from django.conf import settings
from django.core.management import get_commands

PAGE = (settings.BASE_DIR / "docs/install.md").read_text()
LINES = re.findall(r"^    (\S.*)$", PAGE, re.MULTILINE)


def test_files_are_there():
    for name in re.findall(r"\b(?:deploy/[\w./-]+|compose\.yaml|tests/[\w./-]+)", " ".join(LINES) + PAGE):
        assert list(settings.BASE_DIR.glob(f"{name.rstrip('-.')}*")), name


def test_make_targets_are_there():
    makefile = (settings.BASE_DIR / "Makefile").read_text()
    for target in re.findall(r"^make (\w+)", "\n".join(LINES), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_commands_are_there():
    named = re.findall(r"(?:deploy/toolkit|-T web|--rm web) (\w+)", PAGE)
    assert {"nginx_conf", "serve", "doctor"} <= set(named)
    assert set(named) <= get_commands().keys()


def test_units_are_there():
    units = {file.stem for file in (settings.BASE_DIR / "deploy/systemd").iterdir()}
    assert set(re.findall(r"\btoolkit-(?:web|worker|front|backup)\b", PAGE)) == units


def test_settings_are_known():
    readme = (settings.BASE_DIR / "README.md").read_text()
    example = (settings.BASE_DIR / "deploy/settings.example").read_text()
    for name in re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE):
        assert f"`{name}`" in readme, name


def test_no_server_of_nginx_writes_who_reads_what():
    """Also not the one that certbot adds, which takes nothing over from ours."""
    assert re.search(r"^access_log off;", (settings.BASE_DIR / "deploy/nginx.conf").read_text(), re.MULTILINE)
