"""Somebody who may bring in documents, and what they do with one."""

import io
import re
from collections.abc import Callable

import docx
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import GroupPagePermission

from cms.imports.models import Import
from toolkit.models import Home

PAGE = """Sharing the work
Introduction
Everybody does some of it, and nobody does all of it.
Marks of co-production
Dividing tasks
It is vital to write down who does what, and to look at the list at each meeting.
I never knew who had the keys until we made a list, and then I did.
(Thanks to Morag Bell for this quote.)
Resting
Plan breaks, so that people can go on. Breaks should be long enough for a cup of tea.
We used to meet for three hours without a break and I was exhausted for days.
Privacy policy
"""


@pytest.fixture
def owner(db):
    """Somebody who may add pages in English, and bring in documents."""
    user = get_user_model().objects.create_user("owner", password="a long password")
    group = Group.objects.create(name="Owners of documents")
    rights = Permission.objects.filter(codename__in=["access_admin", "add_import"])
    group.permissions.set(rights)
    home = Home.objects.get(locale__language_code="en")
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=home, permission=permission)
    user.groups.add(group)
    return user


@pytest.fixture
def desk(client, owner):
    client.force_login(owner)
    return Desk(client)


class Desk:
    """Goes through the screens as a browser without scripts does."""

    def __init__(self, client):
        self.client = client

    def send(self, *, where: str = "en:", **fields):
        return self.client.post(reverse("imports:index"), {"where": where, "text": "", **fields})

    def bring(self, text: str | bytes = PAGE, name: str = "page.txt", **fields) -> Import:
        content = text.encode() if isinstance(text, str) else text
        response = self.send(file=SimpleUploadedFile(name, content), **fields)
        assert response.status_code == 302, errors(response)
        return Import.objects.latest("pk")

    def correct(self, document: Import, *wishes: tuple[str, dict], show: str = "all", screen: int = 1, **more):
        """Send a screen as it is, but for what is said of the paragraphs that begin so."""
        address = f"{reverse('imports:look', args=[document.pk])}?show={show}&p={screen}"
        fields = shown_fields(self.client.get(address))
        for start, changes in wishes:
            pk = document.paragraphs.get(source__startswith=start).pk
            assert str(pk) in fields["paragraph"], f"{start} is not on this screen"
            fields |= {f"{pk}-{name}": value for name, value in changes.items()}
        return self.client.post(address, fields | more)

    def get(self, document: Import, screen: str):
        return self.client.get(reverse(f"imports:{screen}", args=[document.pk]))

    def make(self, document: Import):
        return self.client.post(reverse("imports:summary", args=[document.pk]))


def shown_fields(response) -> dict:
    """Give what a browser would send of the forms of a screen."""
    fields = {"paragraph": [str(row["paragraph"].pk) for row in response.context["rows"]]}
    for row in response.context["rows"]:
        for bound in row["form"]:
            value = bound.value()
            if value not in (None, False):
                fields[bound.html_name] = value
            if bound.field.show_hidden_initial:
                fields[bound.html_initial_name] = value or ""
    return fields


def errors(response) -> str:
    """Give the sentences that stand on a form."""
    return (
        " ".join(re.findall(r"[^<>]+", response.content.decode()))
        if response.context is None
        else str(response.context["form"].errors)
    )


@pytest.fixture
def word() -> Callable[..., bytes]:
    """Makes a Word file of lines; those with a level are headings."""

    def make(*lines: tuple[str, int]) -> bytes:
        document, file = docx.Document(), io.BytesIO()
        for text, level in lines:
            document.add_paragraph(text, style=f"Heading {level}" if level else "Normal")
        document.save(file)
        return file.getvalue()

    return make
