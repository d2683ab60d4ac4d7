"""What somebody sees who opens the link of an invitation: they choose a password, and are in."""

from django.contrib.auth import login
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cms.accounts.forms import JoinForm
from cms.accounts.invitations import find, newcomer, take_up

BACKEND = "cms.accounts.backends.NameOrEmail"


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def join(request, token):
    """Show the form, and make the account. Mail programs that look at links beforehand use nothing up."""
    invitation = find(token=token, now=timezone.now())
    if invitation is None:
        return no_invitation(request)
    with override(invitation.language):
        person = newcomer(invitation)
        form = JoinForm(person, request.POST or None)
        if request.method == "POST" and form.is_valid():
            person.set_password(form.cleaned_data["new_password1"])
            if not take_up(invitation=invitation, person=person, now=timezone.now()):
                return no_invitation(request)
            login(request, person, backend=BACKEND)
            return redirect("wagtailadmin_home")
        title = gettext("Hello {name}").format(name=invitation.first_name)
        context = {"title": title, "form": form, "email": invitation.email}
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/accounts/join.html", context, status=status).render()


def no_invitation(request):
    """Answer a link that works no more as one that never did."""
    context = {"title": gettext("This link does not work any more")}
    return TemplateResponse(request, "admin/accounts/no-invitation.html", context, status=404)
