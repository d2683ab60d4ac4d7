"""Wagtail's choosers, dates and lists of forms say by attributes what begins them: no script stands in their HTML."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminPageChooser, AdminTimeInput
from wagtail.admin.widgets.workflows import AdminTaskChooser
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.widgets import AdminImageChooser

BEGUN_BY = {
    AdminPageChooser: "PageChooser",
    AdminImageChooser: "ImageChooser",
    AdminDocumentChooser: "DocumentChooser",
    AdminTaskChooser: "createTaskChooser",
    AdminDateInput: "initDateChooser",
    AdminDateTimeInput: "initDateTimeChooser",
    AdminTimeInput: "initTimeChooser",
}


@pytest.mark.parametrize("identifier", ["id_place", """id_"></template><script>'&#39;"""])
@pytest.mark.parametrize("widget", BEGUN_BY)
def test_field_says_what_begins_it(widget, identifier):
    page = BeautifulSoup(widget().render("place", None, {"id": identifier}), "lxml")
    assert page.find("script") is None
    begun = page.select_one("template[data-begin]")
    assert begun["data-begin"] == BEGUN_BY[widget]
    first, *others = json.loads(begun["data-with"])
    assert first == identifier
    assert all(isinstance(given, dict) for given in others)


IN_THE_PAGE = re.compile(r"<script>|<script type=\"text/javascript\">|\son[a-z]+=\"|<style>")
# What is sent by mail is nobody's page.
OF_MAILS = "wagtailadmin/notifications/"


def templates_of(app: str) -> dict[str, str]:
    """Give the text of every template of an app, by its name."""
    folder = Path(apps.get_app_config(app).path) / "templates"
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.html")}


def test_all_that_wagtail_begins_by_scripts_is_begun_otherwise():
    """A new version of Wagtail may have more of them; of wagtail-localize, no screen is open to anybody."""
    of_wagtail = [app.label for app in apps.get_app_configs() if app.name.startswith("wagtail.")]
    found = {name for app in of_wagtail for name, text in templates_of(app).items() if IN_THE_PAGE.search(text)}
    assert {name for name in found if not name.startswith(OF_MAILS)} == templates_of("strict_admin").keys()
