"""Nobody is in the admin with a password alone who needs more, nor for longer than a session may last.

Outside the admin it does nothing: readers get no session, and ask the database nothing.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django_otp.middleware import OTPMiddleware

from cms.accounts import sessions
from cms.accounts.second_factor import Step, still_to_do

# Uploaded files that are not public are shown to those who are in the admin.
WHERE = ("/admin/", settings.MEDIA_URL)
# What is open without login, too, and the way out.
OPEN = {
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
    "accounts_join",
    "accounts_still_here",
}
SCREENS = {Step.GIVE_CODE: "second_step:give_code", Step.SET_UP: "second_step:set_up"}
# An editor that is open asks every few seconds who else is there: that is nobody at work.
UNATTENDED = ("wagtailadmin_editing_sessions", "accounts_still_here")


def guard_admin(get_response):
    """Middleware: stands after those of authentication and messages."""

    def guarded(request):
        if request.user.is_authenticated:
            end_or_keep(request)
        step = still_to_do(request.user) if request.user.is_authenticated else None
        if step and view_name(request) not in OPEN | {SCREENS[step]}:
            return lead_to(step, request)
        return get_response(request)

    with_device = OTPMiddleware(guarded)

    def middleware(request):
        return with_device(request) if request.path_info.startswith(WHERE) else get_response(request)

    return middleware


def end_or_keep(request: HttpRequest):
    """Log out whoever is in for too long; let the session of the others go on."""
    now = int(timezone.now().timestamp())
    if sessions.is_over(request.session, now=now):
        logout(request)
        messages.info(request, gettext("You were logged in for a long time. Please log in again."))
    elif not view_name(request).startswith(UNATTENDED):
        sessions.keep(request.session, now=now)


def lead_to(step: Step, request: HttpRequest):
    """Lead to what is still to do, and from there back to what was asked for."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        raise PermissionDenied
    way_back = QueryDict(mutable=True)
    way_back[REDIRECT_FIELD_NAME] = (
        request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
    )
    return redirect(f"{reverse(SCREENS[step])}?{way_back.urlencode(safe='/')}")


def view_name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
