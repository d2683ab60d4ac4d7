"""The first screen: the form that brings in a document, and the documents that somebody has brought in."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from cms.imports.access import RIGHT, documents_of
from cms.imports.bringing import bring_in
from cms.imports.forms import BringForm
from cms.imports.looking import unsure
from cms.imports.models import Import
from cms.moments import moment


def address_of(document: Import) -> str:
    """Give the address at which its owner goes on with a document."""
    return reverse("imports:report" if document.finished_at else "imports:look", args=[document.pk])


def state(document: Import) -> str:
    """Say how far a document has come."""
    return gettext("Drafts are made") if document.finished_at else gettext("Waits for you to look through it")


class IndexView(BaseListingView):
    """The form, and below it the documents, the newest first."""

    page_title = _("Bring in a document")
    template_name = "admin/imports/index.html"
    results_template_name = "admin/imports/documents.html"
    header_icon = "upload"
    paginate_by = 20
    verbose_name_plural = _("documents")
    index_url_name = "imports:index"
    columns = [
        TitleColumn("name", label=_("Document"), get_url=address_of),
        Column("made_at", label=_("Brought in"), accessor=lambda document: moment(document.made_at)),
        Column("who", label=_("By"), accessor=lambda document: document.user.get_username()),
        Column("state", label=_("State"), accessor=state),
    ]

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        self.form = BringForm(user=request.user)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """Read the document and go on to its paragraphs; say on the form what is wrong with it."""
        self.form = BringForm(request.POST, request.FILES, user=request.user)
        if self.form.is_valid():
            return redirect(self.first_look())
        response = self.get(request, *args, **kwargs)
        response.status_code = 422
        return response

    def first_look(self) -> str:
        wish = {
            name: self.form.cleaned_data[name] for name in ("name", "suffix", "content", "lines", "locale", "stage")
        }
        document = bring_in(user=self.request.user, **wish, now=timezone.now())
        show = "?show=first" if unsure(document).exists() else ""
        return f"{address_of(document)}{show}"

    def get_queryset(self):
        return documents_of(self.request.user).select_related("user")

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "form": self.form, "places": self.form.fields["where"].choices}
