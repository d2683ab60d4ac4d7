"""What is installed is for the Python of Debian 12, or is asked for by newer ones alone."""

import re
from importlib.metadata import distribution

from django.conf import settings
from packaging.specifiers import SpecifierSet

DEBIAN_12 = "3.11.2"
PINNED = re.compile(r"^([\w.-]+)==\S+( ; python_full_version >= \S+)?$", re.MULTILINE)


def test_requirements_can_be_installed_on_debian_12():
    lines = PINNED.findall((settings.BASE_DIR / "requirements.txt").read_text())
    assert len(lines) > 50
    for name, newer in lines:
        needed = SpecifierSet(distribution(name).metadata.get("Requires-Python") or "")
        assert needed.contains(DEBIAN_12) or newer, name
