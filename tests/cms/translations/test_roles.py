"""Who may do what: every view × everybody × own and other languages × GET and POST, in one table."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import get_resolver
from wagtail.models import GroupPagePermission, Page

from tests.translations import locale, person, show, translated_site
from toolkit.models import Mark, SourceChange

pytestmark = pytest.mark.django_db

PEOPLE = ["translator-cy", "reviewer-cy", "translator-ar", "reviewer-ar", "editor", "nobody", "admin", "visitor"]
OF_WELSH = {"translator-cy", "reviewer-cy", "admin"}
OF_ARABIC = {"translator-ar", "reviewer-ar", "admin"}
COORDINATORS = {"editor", "admin"}
STOCK = [
    "submit/page/{page}/",
    "submit/snippet/toolkit/mark/{page}/",
    "update/1/",
    "translate/{translation}/strings/1/edit/",
    "translate/{translation}/overrides/1/edit/",
    "translate/{translation}/pofile/download/",
    "translate/{translation}/pofile/upload/",
    "translate/{translation}/machine_translate/",
    "translate/{translation}/preview/",
    "translate/{translation}/preview/x/",
    "translate/{translation}/disable/",
    "page/{page}/convert_to_alias/",
    "reports/translations/",
    "reports/translations/results/",
    "api/snippets/toolkit/mark/",
    "api/snippets/toolkit/mark/{page}/",
    "jsi18n/",
]


@pytest.fixture
def mark():
    """A mark that is in Welsh and Arabic, and has changed since."""
    pages = translated_site()
    for code in ("cy", "ar"):
        show(pages["hearing"], code)
    page = Mark.objects.get(pk=pages["hearing"].pk)
    page.summary = "Being heard well."
    page.save_revision().publish()
    return page


def somebody(name: str):
    """Give a person by their name: of a language's groups, an editor of the originals, or without any right."""
    role, _, code = name.partition("-")
    if code:
        return person(role, code)
    user, _ = get_user_model().objects.get_or_create(username=name, is_superuser=name == "admin")
    if name == "editor":
        group, _ = Group.objects.get_or_create(name="English editors")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        home = Page.objects.get(locale=locale("en"), depth=2, live=True)
        for right in ("change_page", "publish_page"):
            GroupPagePermission.objects.get_or_create(
                group=group, page=home, permission=Permission.objects.get(codename=right)
            )
        user.groups.add(group)
    return user


def denied(response) -> bool:
    """Tell whether somebody was sent away: to log in, or to the start of the admin with a word about it."""
    return response.status_code == 403 or (
        response.status_code == 302 and (response.url == "/admin/" or response.url.startswith("/admin/login/"))
    )


def log_in(client, name: str):
    client.logout()
    if name != "visitor":
        client.force_login(somebody(name))


def addresses(mark, code: str) -> dict[str, str]:
    start = f"/admin/translations/{code}/"
    return {
        "language": start,
        "download": f"{start}download/po/",
        "upload": f"{start}upload/",
        "thing": f"{start}{mark.translation_key}/",
        "preview": f"{start}{mark.translation_key}/preview/",
        "words": f"{start}words/",
        "ready": f"{start}ready/",
    }


@pytest.mark.parametrize("name", PEOPLE)
def test_only_those_of_a_language_come_in(client, mark, name):
    log_in(client, name)
    for code, of_it in (("cy", OF_WELSH), ("ar", OF_ARABIC)):
        for view, address in addresses(mark, code).items():
            for method in ("get", "post"):
                response = getattr(client, method)(address)
                assert denied(response) == (name not in of_it), (code, view, method)
                assert response.status_code in (200, 302, 403, 405), (code, view, method)


@pytest.mark.parametrize("name", PEOPLE)
def test_who_may_not_write_changes_nothing(client, mark, name):
    log_in(client, name)
    before = everything()
    for code, of_it in (("cy", OF_WELSH), ("ar", OF_ARABIC)):
        if name not in of_it:
            for act in ("save", "publish", "submit", "still:0", "all-right", "back", "dismiss:0:length"):
                form = {"do": act, "texts": "1", "place-0": "title|x", "text-0": "Stolen", "comment": "x"}
                assert denied(client.post(addresses(mark, code)["thing"], form))
    assert everything() == before


def everything() -> list:
    return list(
        Page.objects.order_by("pk").values_list("pk", "title", "live", "latest_revision", "last_published_at")
    )


@pytest.mark.parametrize(("name", "may"), [("translator-cy", False), ("reviewer-cy", True), ("admin", True)])
def test_only_reviewers_publish(client, mark, name, may):
    before = Mark.objects.get(translation_key=mark.translation_key, locale=locale("cy")).last_published_at
    log_in(client, name)
    assert denied(client.post(addresses(mark, "cy")["thing"], {"do": "publish"})) != may
    after = Mark.objects.get(translation_key=mark.translation_key, locale=locale("cy")).last_published_at
    assert (after != before) == may


@pytest.mark.parametrize("name", PEOPLE)
def test_only_coordinators_see_all_languages(client, mark, name):
    log_in(client, name)
    for address in ("/admin/translations/grid/", "/admin/translations/changes/", "/admin/translations/add/"):
        for method in ("get", "post"):
            assert denied(getattr(client, method)(address)) == (name not in COORDINATORS), (address, method)


@pytest.mark.parametrize("name", PEOPLE)
def test_only_coordinators_judge_a_change(client, mark, name):
    change = SourceChange.objects.filter(key=mark.translation_key).latest("pk")
    log_in(client, name)
    client.post(f"/admin/translations/changes/{change.pk}/", {"minor": "yes"})
    change.refresh_from_db()
    assert change.minor == (name in COORDINATORS)


def test_stock_views_are_all_in_the_table():
    """A new version of wagtail-localize may bring views that nobody has looked at."""
    found = set()

    def walk(resolver, start=""):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                walk(pattern, f"{start}{pattern.pattern}")
            elif "localize/" in start:
                found.add(f"{start}{pattern.pattern}".rpartition("localize/")[2])

    walk(get_resolver())
    assert len(found) == len(STOCK), found


@pytest.mark.parametrize("name", PEOPLE)
def test_stock_views_are_closed_to_everybody(client, mark, name):
    page = Mark.objects.get(translation_key=mark.translation_key, locale=locale("cy"))
    log_in(client, name)
    before = everything()
    for view in STOCK:
        address = "/admin/localize/" + view.format(page=page.pk, translation=1)
        assert client.get(address).status_code == 302
        assert client.post(address).status_code in (302, 405)
    assert everything() == before


@pytest.mark.parametrize(
    ("name", "status"),
    [("translator-cy", 302), ("reviewer-cy", 302), ("admin", 302), ("translator-ar", 302), ("nobody", 302)],
)
def test_translation_is_edited_on_its_own_screen(client, mark, name, status):
    page = Mark.objects.get(translation_key=mark.translation_key, locale=locale("cy"))
    client.force_login(somebody(name))
    response = client.get(f"/admin/pages/{page.pk}/edit/")
    assert response.status_code == status
    assert (response.url == addresses(mark, "cy")["thing"]) == (name in OF_WELSH)


def test_menu_shows_the_way_to_those_who_translate(client, mark):
    for name in PEOPLE[:-1]:
        client.force_login(somebody(name))
        is_there = "our-translations" in client.get("/admin/", follow=True).content.decode()
        assert is_there == (name != "nobody"), name
