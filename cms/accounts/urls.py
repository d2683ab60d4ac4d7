"""The addresses below /admin/ that need no login: they stand before Wagtail's own."""

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.views.account import PasswordResetConfirmView

from cms.accounts.joining import join
from cms.accounts.lockout import forgive
from cms.accounts.second_factor import still_to_do
from cms.accounts.sessions import BEGAN


class UnlockingConfirmView(PasswordResetConfirmView):
    """Wagtail's; who has a new password is not kept out for the old one."""

    def form_valid(self, form):
        forgive(form.user.get_username())
        return super().form_valid(form)


@never_cache
@require_safe
def still_here(request):
    """Tell a page in which somebody writes whether they are still logged in, and what to send with the form now."""
    known = request.user.is_authenticated and still_to_do(request.user) is None
    return JsonResponse({"in": known, "began": request.session.get(BEGAN), "token": get_token(request)})


urlpatterns = [
    path("still-here/", still_here, name="accounts_still_here"),
    path("invitation/<str:token>/", join, name="accounts_join"),
    path(
        "password_reset/confirm/<uidb64>/<token>/",
        UnlockingConfirmView.as_view(),
        name="wagtailadmin_password_reset_confirm",
    ),
]
