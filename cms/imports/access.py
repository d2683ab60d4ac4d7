"""Who may come to which screen: whoever may bring in documents, to their own; superusers, to all."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect

from cms.imports.models import Import

RIGHT = "imports.add_import"


def documents_of(user) -> QuerySet[Import]:
    """Give the documents that somebody may see, without the originals, which are large."""
    documents = Import.objects.defer("original")
    return documents if user.is_superuser else documents.filter(user=user)


def for_owner(view):
    """Let in who brought in the document that the address names: the view gets it."""

    @wraps(view)
    def guarded(request, pk: int):
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        return view(request, get_object_or_404(documents_of(request.user), pk=pk))

    return guarded


def for_work(view):
    """Let in the owner of a document that is not finished; one that is leads to its report."""

    @wraps(view)
    def guarded(request, document: Import):
        if document.finished_at:
            return redirect("imports:report", document.pk)
        return view(request, document)

    return for_owner(guarded)
