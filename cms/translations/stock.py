"""The screens that wagtail-localize brings: ours stand in their place, so none of them is open to anybody.

They ask for one right that holds for all pages and languages, write drafts into what readers see, and take files of
any size. Who follows an old address is led to the screen that does the same.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from cms.translations.rights import may_translate
from toolkit.translation.adopt import is_matched
from toolkit.translation.follow import is_translation


@require_admin_access
@require_safe
def closed(request: HttpRequest, **kwargs):
    """Lead to our own screens."""
    return redirect("translations:index")


# More exact than what wagtail-localize adds below the same address, and asked first.
urlpatterns = [path("localize/<path:rest>", closed)]


def open_ours(request: HttpRequest, page: Page):
    """Lead who opens a translation to the screen on which it is translated.

    One that was made elsewhere, and has another shape than its source, is edited as any other page.
    """
    page = page.specific
    if not hasattr(page, "document_type") or not is_translation(page):
        return None
    if not is_matched(page):
        return None
    if may_translate(request.user, page.locale):
        return redirect("translations:thing", page.locale.language_code, page.translation_key)
    raise PermissionDenied
