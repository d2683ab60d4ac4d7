"""What the form of a page's editor would send."""

from bs4 import BeautifulSoup
from django.urls import reverse


def form_of(client, address: str) -> dict:
    """Give what the form at an address would send."""
    soup = BeautifulSoup(client.get(address).content, "lxml")
    fields = {one["name"]: one.get("value", "") for one in soup.select("#page-edit-form input[name]")}
    fields |= {one["name"]: one.text.strip() for one in soup.select("#page-edit-form textarea[name]")}
    return fields | {"body-count": "0"}


def edit(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
