"""The list of what runs with the toolkit, sbom.json: CycloneDX, in step with requirements.txt, and of no place."""

import json

import pytest
from django.conf import settings

from cms.doctor.versions import pinned, plain

TEXT = (settings.BASE_DIR / "sbom.json").read_text(encoding="utf-8")
SBOM = json.loads(TEXT)


def test_sbom_lists_what_is_pinned():
    listed = {plain(one["name"]): one["version"] for one in SBOM["components"]}
    assert listed == pinned(settings.BASE_DIR / "requirements.txt"), "Write it anew: make sbom"


def test_sbom_says_what_it_is():
    assert (SBOM["bomFormat"], SBOM["specVersion"]) == ("CycloneDX", "1.6")
    assert SBOM["metadata"]["component"]["name"] == "mark-of-co-production"
    assert [one["name"] for one in SBOM["components"] if not one["purl"].startswith("pkg:pypi/")] == []


def test_sbom_says_what_needs_what():
    needed = {one["ref"]: set(one.get("dependsOn", [])) for one in SBOM["dependencies"]}
    assert {one["bom-ref"] for one in SBOM["components"]} <= set(needed)
    assert any(name.startswith("wagtail==") for name in needed["root-component"])


@pytest.mark.parametrize(
    "place", ["file:", "/tmp/", "/home/", "/simple", "index-url", "127.0.0.1", "localhost", "externalReferences"]
)
def test_sbom_names_no_place(place):
    assert place not in TEXT
    assert "timestamp" not in SBOM["metadata"]
