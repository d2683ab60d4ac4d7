"""Who may bring in documents, see them, and make drafts of them."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from tests.cms.imports.conftest import PAGE
from toolkit.models import Stage

pytestmark = pytest.mark.django_db

SCREENS = ["look", "summary", "report", "left_out", "original", "delete"]


@pytest.fixture
def other(client, db):
    user = get_user_model().objects.create_user("other", password="a long password")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "add_import"]))
    return user


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_documents_of_others_are_not_there(desk, other, screen, method):
    document = desk.bring()
    desk.client.force_login(other)
    answer = getattr(desk.client, method)(reverse(f"imports:{screen}", args=[document.pk]))
    assert answer.status_code == 404


@pytest.mark.parametrize("screen", SCREENS)
def test_right_is_asked_on_every_screen(desk, owner, screen):
    document = desk.bring()
    owner.groups.get().permissions.remove(Permission.objects.get(codename="add_import"))
    for method in (desk.client.get, desk.client.post):
        assert method(reverse(f"imports:{screen}", args=[document.pk])).url == "/admin/"
    assert desk.send(text=PAGE).url == "/admin/"


def test_superusers_see_all(desk, django_user_model):
    document = desk.bring()
    desk.client.force_login(django_user_model.objects.create_superuser("boss", password="a long password"))
    assert desk.get(document, "look").status_code == 200
    assert "page.txt" in desk.client.get(reverse("imports:index")).content.decode()


def test_nobody_comes_without_an_account(client, db):
    assert "/admin/login/" in client.get(reverse("imports:index")).url


def test_only_own_languages_are_offered(desk):
    choices = desk.client.get(reverse("imports:index")).context["places"]
    assert [language for language, _places in choices] == ["English"]


def test_who_may_add_nowhere_is_told(desk, other):
    desk.client.force_login(other)
    assert "You may not add pages in any language yet" in desk.client.get(reverse("imports:index")).content.decode()


def test_right_to_add_is_asked_again_at_the_end(desk):
    document = desk.bring()
    GroupPagePermission.objects.filter(permission__codename__in=["add_page", "change_page"]).delete()
    assert desk.make(document).url == "/admin/"
    assert not Stage.objects.filter(title="Sharing the work").exists()


def test_pages_of_others_need_the_right_to_change_them(desk):
    """Who may only add does not change the draft of a stage that somebody else made."""
    document = desk.bring(where="en:planning")
    GroupPagePermission.objects.filter(permission__codename="change_page").delete()
    answer = desk.make(document)
    assert (answer.status_code, "You may not change “Planning”." in answer.content.decode()) == (422, True)


def test_locked_pages_are_not_changed(desk):
    document = desk.bring(where="en:planning")
    Page.objects.filter(pk=Stage.objects.get(code="planning", locale__language_code="en").pk).update(locked=True)
    assert desk.make(document).status_code == 422


def test_menu_shows_it_to_those_who_may(desk, owner):
    assert "Bring in a document" in desk.client.get("/admin/").content.decode()
    owner.groups.get().permissions.remove(Permission.objects.get(codename="add_import"))
    assert "Bring in a document" not in desk.client.get("/admin/").content.decode()


def test_right_can_be_given_to_groups(desk, django_user_model):
    desk.client.force_login(django_user_model.objects.create_superuser("boss", password="a long password"))
    assert "document brought in" in desk.client.get(reverse("wagtailusers_groups:add")).content.decode().lower()
