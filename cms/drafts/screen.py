"""The screen on which editors make, see and revoke the links to a page's drafts."""

from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.models import Page

from cms.drafts.models import DraftLink
from cms.drafts.sharing import DAYS, ENDED, UnableToShare, make_link, may_share, revoke, why_not
from cms.moments import moment
from toolkit.locales import direction


def page_to_share(user, page_id: int) -> Page:
    """Give a page whose drafts somebody may share. Raises Http404, and PermissionDenied where they may not."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not hasattr(page, "document_type"):
        raise Http404
    if not may_share(user, page):
        raise PermissionDenied
    return page


def made(link: DraftLink) -> str:
    """Say who made a link, and when."""
    who = link.made_by and (link.made_by.get_full_name() or link.made_by.get_username())
    who = who or gettext("Somebody who has no account any more")
    return format_html("{}<br>{}", who, moment(link.made_at))


def how_long(link: DraftLink) -> str:
    """Say until when a link works, or since when it does not."""
    if link.revoked_at:
        return format_html(gettext("Revoked {when}"), when=moment(link.revoked_at))
    text = gettext("Until {when}") if link.works(now=timezone.now()) else gettext("Ended {when}")
    return format_html(text, when=moment(link.until))


def opened(link: DraftLink) -> str:
    """Say how often a link was used, and when last."""
    if not link.uses:
        return gettext("Never")
    times = ngettext("{count} time", "{count} times", link.uses).format(count=link.uses)
    return format_html("{}<br>{}", times, format_html(gettext("last {when}"), when=moment(link.last_used_at)))


class RevokeColumn(BaseColumn):
    """The button by which a link that works is revoked."""

    cell_template_name = "admin/drafts/revoke.html"

    def get_cell_context_data(self, instance, parent_context):
        return {
            **super().get_cell_context_data(instance, parent_context),
            "csrf_token": get_token(parent_context["request"]),
            "address": reverse("drafts:revoke", args=[instance.page_id, instance.pk]),
            "made_at": moment(instance.made_at),
            "works": instance.works(now=timezone.now()),
        }


def lengths() -> list[tuple[int, str]]:
    """Give the numbers of days to choose from, each in words."""
    return [(days, ngettext("{count} day", "{count} days", days).format(count=days)) for days in DAYS]


class ShareForm(forms.Form):
    """For how long a link shall work, and the name of this one form: sent again, it makes no second link."""

    once = forms.UUIDField()
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long the link works"), choices=lengths, coerce=int, initial=DAYS[1]
    )


class ShareView(BaseListingView):
    """The links to a page's drafts, the newest first, and a form that makes another."""

    page_title = gettext_lazy("Share this draft")
    template_name = "admin/drafts/share.html"
    results_template_name = "admin/drafts/links.html"
    header_icon = "link"
    paginate_by = 20
    verbose_name_plural = gettext_lazy("links")
    columns = [
        Column("made", label=gettext_lazy("Made by"), accessor=made),
        Column("how_long", label=gettext_lazy("How long"), accessor=how_long),
        Column("opened", label=gettext_lazy("Opened"), accessor=opened),
        RevokeColumn("revoke", label=gettext_lazy("Revoke")),
    ]

    def dispatch(self, request, *args, **kwargs):
        self.shared = page_to_share(request.user, kwargs["page_id"])
        self.form, self.addresses = ShareForm(), {}
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """Make a link. Its token is in the answer to this form, and in no other: nothing keeps it."""
        self.form = ShareForm(request.POST)
        if self.form.is_valid():
            self.make()
        response = self.get(request, *args, **kwargs)
        response.status_code = 400 if self.form.errors else 200
        return response

    def make(self):
        wish = self.form.cleaned_data
        try:
            _link, token = make_link(page=self.shared, user=self.request.user, **wish, now=timezone.now())
        except UnableToShare as error:
            self.form.add_error(None, str(error))
        else:
            self.addresses = {
                "page": f"{settings.SITE_URL}{reverse('draft', args=[token])}",
                "document": f"{settings.SITE_URL}{reverse('draft_document', args=[token])}",
            }

    def get_queryset(self):
        return DraftLink.objects.filter(page=self.shared).select_related("made_by")

    def get_index_url(self):
        return reverse("drafts:share", args=[self.shared.pk])

    def get_breadcrumbs_items(self):
        title = self.shared.get_admin_display_title()
        above = {"url": reverse("wagtailadmin_pages:edit", args=[self.shared.pk]), "label": title}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        language = self.shared.locale.language_code
        return {
            **super().get_context_data(**kwargs),
            "title": self.shared.get_admin_display_title(),
            "lang": language,
            "dir": direction(language),
            "form": self.form,
            "once": uuid4(),
            "addresses": self.addresses,
            "why_not": why_not(self.shared),
        }


@require_POST
def revoke_link(request, page_id, link_id):
    """Revoke one of the links to a page's drafts, whoever made it."""
    page = page_to_share(request.user, page_id)
    link = get_object_or_404(DraftLink, pk=link_id, page=page)
    if revoke(link=link, now=timezone.now()):
        messages.success(request, gettext("The link is revoked. Whoever opens it now finds nothing there."))
    else:
        messages.warning(request, ENDED)
    return redirect("drafts:share", page.pk)
