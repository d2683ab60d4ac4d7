"""Another site cannot have somebody's browser send a form in their name, where a cookie says who they are."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, get_resolver
from rest_framework.authentication import SessionAuthentication

# They know no cookie: a token says who has what power, or nobody is anybody.
WITHOUT_COOKIES = ("api.", "cms.drafts.views")
COOKIES = re.compile(r"request\.(?:user|session|COOKIES)|set_cookie")


def views(resolver=None, before: str = "") -> Iterator[tuple[str, object]]:
    """Give every view with its route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from views(pattern, route)
        else:
            yield route, pattern.callback


def asks_for_a_token_itself(view) -> bool:
    """Tell whether a view of Django REST framework knows no sessions, or asks for the token itself where one is."""
    known = view.cls.authentication_classes if hasattr(view, "cls") else [None]
    return all(one and issubclass(one, SessionAuthentication) for one in known)


def test_only_views_without_cookies_take_forms_of_other_sites():
    exempt = {route: view for route, view in views() if getattr(view, "csrf_exempt", False)}
    others = {route: view for route, view in exempt.items() if not view.__module__.startswith(WITHOUT_COOKIES)}
    assert [route for route, view in others.items() if not asks_for_a_token_itself(view)] == []
    assert [route for route in exempt.keys() - others.keys() if route.startswith("admin/")] == []
    assert len(exempt) - len(others) > 30


def test_views_without_cookies_know_none():
    files = [*(settings.BASE_DIR / "api").rglob("*.py"), settings.BASE_DIR / "cms" / "drafts" / "views.py"]
    assert [file.name for file in files if COOKIES.search(file.read_text())] == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/login/", "/admin/account/", "/admin/undo/", "/admin/pages/add/"])
def test_admin_refuses_forms_of_other_sites(path, admin_user):
    browser = Client(enforce_csrf_checks=True, headers={"Origin": "https://elsewhere.example"})
    browser.force_login(admin_user)
    assert browser.post(path, {"username": "admin"}).status_code == 403
