"""Pages as rows of reports show them: a title, a way to the editor, a language."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext
from wagtail.coreutils import get_content_type_label
from wagtail.models import Locale, Page

from toolkit.locales import direction
from toolkit.models import Quote


@dataclass(frozen=True)
class ShownPage:
    """A page by its title, in its language. `address` is that of its editor, "" where it is gone."""

    title: str
    address: str = ""
    lang: str = ""

    @property
    def dir(self) -> str:
        return direction(self.lang) if self.lang else "auto"

    def __str__(self) -> str:
        return self.title


def shown_page(page: Page, locales: dict[int, str]) -> ShownPage:
    """Show a page; `locales` has the codes of all languages."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if is_somebodys(page.content_type_id) and not page.live:
        return ShownPage(withheld(), address)
    return ShownPage(page.title, address, locales[page.locale_id])


def is_somebodys(content_type: int | None) -> bool:
    """Tell whether the titles of pages of a type may hold somebody's words: then only public ones are shown."""
    return content_type == ContentType.objects.get_for_model(Quote).pk


def withheld() -> str:
    """Give the name of a page whose title is not to be shown."""
    return gettext("A quote")


def codes_of_locales() -> dict[int, str]:
    """Give the code of every language by the id of its locale."""
    return dict(Locale.objects.values_list("pk", "language_code"))


def language_name(code: str) -> str:
    """Give the name of a language in the editor's own."""
    return get_language_info(code)["name_translated"] if code else ""


def type_name(content_type: int | None) -> str:
    """Give the name of a page type in the editor's language."""
    if content_type is None:
        return ""
    return capfirst(get_content_type_label(ContentType.objects.get_for_id(content_type)))


def person_name(user) -> str:
    """Give the name of somebody as others know them."""
    if user is None:
        return gettext("Somebody who has no account any more")
    return user.get_full_name() or user.get_username()
