"""The address to which the button in a message is sent."""

from django.contrib.messages import INFO, add_message
from django.core.signing import BadSignature
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.undo.putting_back import put_back
from cms.undo.steps import UnableToUndo, unsealed


@require_POST
def undo(request: HttpRequest):
    """Put back what readers saw, and lead back to the screen on which the button stood."""
    try:
        put_back(unsealed(request.POST.get("steps", ""), user_id=request.user.pk), user=request.user)
    except BadSignature:
        messages.error(request, _("This button is not for you, or too old. Nothing has changed."))
    except UnableToUndo as error:
        messages.error(request, str(error))
    else:
        add_message(request, INFO, _("Undone: readers see again what they saw before."))
    return redirect(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    came_from = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if is_ours else "wagtailadmin_home"
