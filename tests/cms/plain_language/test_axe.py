"""Wagtail's own checks of the preview speak in our words: told where the next Wagtail asks differently."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cms.plain_language.axe import LINK_TEXT, OurChecker
from tests.cms.plain_language.forms import edit, form_of

pytestmark = pytest.mark.django_db


def configuration(client, page) -> dict:
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    return json.loads(BeautifulSoup(html, "lxml").select_one("#checker-axe-configuration").text)


def test_editor_gets_our_rules(editor, pages):
    found = configuration(editor, pages["hearing"])
    assert {"image-alt", LINK_TEXT, "heading-order"} <= set(found["options"]["runOnly"])
    rule = next(rule for rule in found["spec"]["rules"] if rule["id"] == LINK_TEXT)
    checks = {check["id"]: check for check in found["spec"]["checks"]}
    assert {"here", "click here"} <= set(checks[rule["none"][0]]["options"]["texts"])
    assert found["messages"][LINK_TEXT]["error_name"] == "A link does not say where it leads"


def test_wagtails_own_rules_are_kept(editor, pages):
    found = configuration(editor, pages["hearing"])
    assert {"alt-text-quality", "empty-meta-description"} <= {rule["id"] for rule in found["spec"]["rules"]}


def test_every_message_is_ours_or_wagtails():
    checker = OurChecker("en")
    assert set(checker.axe_run_only) <= set(checker.axe_messages)


def test_preview_beside_the_editor_runs_the_checks(editor, pages):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[pages["hearing"].pk])
    # Wagtail previews what was sent to it last.
    editor.post(address, form_of(editor, edit(pages["hearing"])))
    beside, alone = editor.get(f"{address}?in_preview_panel=true"), editor.get(address)
    assert "plain_language/axe-checks.js" in beside.content.decode()
    assert "wagtail-userbar" in beside.content.decode()
    assert "wagtail-userbar" not in alone.content.decode()
