"""The screens on which people are invited, and invitations seen, sent again and taken back."""

from functools import wraps

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language_info, gettext, gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views.generic.base import BaseListingView

from cms.accounts.forms import InviteForm
from cms.accounts.invitations import UnableToInvite, invite, open_invitations, send_again, take_back
from cms.accounts.mail import address_of, send_invitation, tell_about_reset
from cms.accounts.models import Invitation
from cms.accounts.rights import may_invite, may_manage
from cms.accounts.second_factor import app_of, take_away
from cms.moments import moment


def for_inviters(view):
    """Open a view to those who may bring others in."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_invite(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@for_inviters
def invite_view(request):
    """Show the form, and invite somebody. The link is in the answer to this form, and in no other."""
    form = InviteForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = invite(by=request.user, **form.cleaned_data, now=timezone.now())
        except UnableToInvite as error:
            form.add_error("email", str(error))
        else:
            return show_link(request, *made)
    context = {"form": form, "header_title": gettext("Invite somebody")}
    return TemplateResponse(request, "admin/accounts/invite.html", context, status=422 if form.errors else 200)


def show_link(request, invitation: Invitation, token: str):
    """Send the mail, and show its link this once: not every charity has a mail server."""
    context = {
        "header_title": gettext("Invitation for {name}").format(name=invitation.name),
        "invitation": invitation,
        "is_sent": send_invitation(invitation, token),
        "address": address_of(token),
        "until": moment(invitation.until),
    }
    response = TemplateResponse(request, "admin/accounts/invited.html", context)
    response["Cache-Control"] = "no-store"
    return response


def made(invitation: Invitation) -> str:
    """Say who has invited somebody, and when."""
    by = invitation.made_by
    who = by and (by.get_full_name() or by.get_username()) or gettext("Somebody who has no account any more")
    return format_html("{}<br>{}", who, moment(invitation.made_at))


def how_long(invitation: Invitation) -> str:
    text = gettext("Until {when}") if invitation.works(now=timezone.now()) else gettext("Ended {when}")
    return format_html(text, when=moment(invitation.until))


def rights(invitation: Invitation) -> str:
    names = [group.name for group in invitation.groups.all()]
    return ", ".join([gettext("Administrator")] * invitation.is_superuser + names)


class ActionsColumn(BaseColumn):
    """The two buttons of an invitation."""

    cell_template_name = "admin/accounts/actions.html"

    def get_cell_context_data(self, instance, parent_context):
        return {
            **super().get_cell_context_data(instance, parent_context),
            "csrf_token": get_token(parent_context["request"]),
            "again": reverse("people:send_again", args=[instance.pk]),
            "back": reverse("people:take_back", args=[instance.pk]),
            "name": instance.name,
        }


class InvitationsView(BaseListingView):
    """The open invitations, the newest first."""

    page_title = gettext_lazy("Open invitations")
    template_name = "admin/accounts/invitations.html"
    results_template_name = "admin/accounts/invitations-list.html"
    header_icon = "mail"
    paginate_by = 20
    verbose_name_plural = gettext_lazy("invitations")
    columns = [
        Column("name", label=gettext_lazy("Name")),
        Column("email", label=gettext_lazy("E-mail address")),
        Column("rights", label=gettext_lazy("Groups"), accessor=rights),
        Column("language", label=gettext_lazy("Language"), accessor=lambda one: _language(one.language)),
        Column("made", label=gettext_lazy("Invited by"), accessor=made),
        Column("how_long", label=gettext_lazy("How long"), accessor=how_long),
        ActionsColumn("actions", label=gettext_lazy("What you can do")),
    ]

    def get_queryset(self):
        return open_invitations().select_related("made_by").prefetch_related("groups")

    def get_index_url(self):
        return reverse("people:invitations")

    def get_breadcrumbs_items(self):
        above = {"url": reverse("wagtailusers_users:index"), "label": gettext("Users")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]


def _language(code: str) -> str:
    return get_language_info(code)["name_local"]


@require_POST
@for_inviters
def send_again_view(request, pk):
    """Send an invitation once more, with a new link."""
    invitation = get_object_or_404(Invitation, pk=pk)
    try:
        token = send_again(invitation=invitation, by=request.user, now=timezone.now())
    except UnableToInvite as error:
        messages.error(request, str(error))
        return redirect("people:invitations")
    return show_link(request, invitation, token)


@require_POST
@for_inviters
def take_back_view(request, pk):
    """Take an invitation back, whoever made it."""
    invitation = get_object_or_404(Invitation, pk=pk)
    if take_back(invitation=invitation, now=timezone.now()):
        messages.success(request, gettext("The invitation is taken back. Its link works no more."))
    else:
        messages.warning(request, gettext("This invitation is not open any more."))
    return redirect("people:invitations")


def reset_view(request, pk):
    """Ask whether to take somebody's second step away, and do it: their phone is lost."""
    person = get_object_or_404(get_user_model(), pk=pk)
    if not may_manage(request.user, person) or person == request.user:
        raise PermissionDenied
    if request.method == "POST":
        if take_away(person, by=request.user):
            tell_about_reset(person, request.user)
            messages.success(request, gettext("Done. They log in with their password, and can set up a new phone."))
        return redirect("wagtailusers_users:edit", person.pk)
    context = {
        "header_title": gettext("Take away the second step"),
        "name": person.get_full_name() or person.get_username(),
        "has_one": bool(app_of(person)),
        "back": reverse("wagtailusers_users:edit", args=[person.pk]),
    }
    return TemplateResponse(request, "admin/accounts/reset.html", context)


urlpatterns = [
    path("invite/", invite_view, name="invite"),
    path("invitations/", for_inviters(InvitationsView.as_view()), name="invitations"),
    path("invitations/<int:pk>/again/", send_again_view, name="send_again"),
    path("invitations/<int:pk>/take-back/", take_back_view, name="take_back"),
    path("<int:pk>/second-step/", reset_view, name="reset"),
]
