"""The screens of the second step at login: give a code, set up an app, see to it in one's account."""

from base64 import b32encode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from api.scoring.qr import qr_code
from cms.accounts.forms import CodeForm
from cms.accounts.second_factor import (
    app_of,
    app_to_set_up,
    codes_left,
    finish,
    give_code,
    must_have,
    renew_codes,
    take_away,
    wait_until,
)


def way_back(request) -> str:
    """Give the address within the admin that somebody was on the way to."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else reverse("wagtailadmin_home")


@sensitive_post_parameters()
def code_view(request):
    """Ask for a code after the password."""
    if request.user.is_verified() or not app_of(request.user):
        return redirect(way_back(request))
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST":
        status = answer_code(request, form)
        if status == 200:
            return redirect(way_back(request))
    context = {"title": gettext("The second step"), "form": form, "next": way_back(request)}
    return TemplateResponse(request, "admin/accounts/code.html", context, status=status)


def answer_code(request, form: CodeForm) -> int:
    """Look at a code; give the status of the answer, and say in the form what is wrong."""
    if not form.is_valid():
        return 422
    code = form.cleaned_data["code"]
    if until := wait_until(request.user, code):
        form.add_error("code", too_often(until))
        return 429
    if give_code(request, code):
        return 200
    form.add_error("code", wrong_code())
    return 422


def wrong_code() -> str:
    return gettext("This code is not right. Wait until your app shows the next one, and type that in.")


def too_often(until) -> str:
    """Say until when no code is looked at; wrong ones make it longer each time."""
    if until > timezone.now() and (until - timezone.now()).total_seconds() < 60:
        return gettext("That was too fast after a wrong code. Wait a minute, then type in a new code.")
    return gettext("There were too many wrong codes. From {time} on you can try again.").format(
        time=date_format(localtime(until), "DATETIME_FORMAT")
    )


@sensitive_post_parameters()
def set_up_view(request):
    """Show what an app has to know, and take it into use once it shows the right code."""
    if app_of(request.user) and not request.user.is_verified():
        return redirect("second_step:give_code")
    app = app_to_set_up(request.user)
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            allowed, why = app.verify_is_allowed()
            if not allowed:
                status = 429
                form.add_error("code", too_often(why["locked_until"]))
            elif codes := finish(request, app, form.cleaned_data["code"]):
                return show_codes(request, codes)
            else:
                form.add_error("code", wrong_code())
    key = b32encode(app.bin_key).decode()
    context = {
        "title": gettext("Set up the second step"),
        "form": form,
        "next": way_back(request),
        "qr": qr_code(app.config_url),
        "address": app.config_url,
        "key": " ".join(key[place : place + 4] for place in range(0, len(key), 4)),
        "must": must_have(request.user),
    }
    return TemplateResponse(request, "admin/accounts/set-up.html", context, status=status)


def show_codes(request, codes: list[str]):
    """Show backup codes, the one time that they are known."""
    context = {"title": gettext("Keep these codes"), "codes": codes, "next": way_back(request)}
    response = TemplateResponse(request, "admin/accounts/codes.html", context)
    response["Cache-Control"] = "no-store"
    return response


def overview(request):
    """Say whether the second step is on, and offer what can be done about it."""
    context = {
        "header_title": gettext("Second step at login"),
        "is_on": bool(app_of(request.user)),
        "left": codes_left(request.user),
        "must": must_have(request.user),
    }
    return TemplateResponse(request, "admin/accounts/second-step.html", context)


@require_POST
def new_codes_view(request):
    """Make new backup codes for somebody who has an app."""
    if not app_of(request.user):
        raise PermissionDenied
    return show_codes(request, renew_codes(request.user))


@require_POST
def switch_off_view(request):
    """Go back to the password alone, for those who may."""
    if must_have(request.user):
        messages.error(request, gettext("Your account needs the second step: it can publish, or change accounts."))
    elif take_away(request.user, by=request.user):
        messages.success(request, gettext("The second step is off. Your password is all you need."))
    return redirect("second_step:index")


urlpatterns = [
    path("", overview, name="index"),
    path("code/", code_view, name="give_code"),
    path("set-up/", set_up_view, name="set_up"),
    path("codes/", new_codes_view, name="new_codes"),
    path("off/", switch_off_view, name="switch_off"),
]
