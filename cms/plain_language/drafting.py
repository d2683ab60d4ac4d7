"""Makes a page of what stands in the editor's form just now, without saving anything: as Wagtail's preview does."""

from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from wagtail.admin.views.pages.preview import PreviewOnCreate, PreviewOnEdit

# The addresses to which Wagtail's forms are sent, and what makes a preview of each.
PREVIEWS = {"wagtailadmin_pages:edit": PreviewOnEdit, "wagtailadmin_pages:add": PreviewOnCreate}


def page_in_form(request: HttpRequest, form_address: str):
    """Give the page that a form holds.

    `form_address` is where the form would be sent. Raises Http404 where that is no page of ours, PermissionDenied
    where this person may not edit it.
    """
    try:
        found = resolve(form_address.partition("?")[0])
    except Resolver404:
        raise Http404 from None
    if found.view_name not in PREVIEWS:
        raise Http404
    view = PREVIEWS[found.view_name]()
    view.setup(request, **found.kwargs)
    if not hasattr(view.object, "document_type"):
        raise Http404
    form = view.get_form(request.POST)
    if view.validate_form(form):
        form.save(commit=False)
    else:
        take_as_written(form)
    return form.instance


def take_as_written(form):
    """Put into the page what was written in fields that cannot be saved yet: a picture without words, a long summary.

    What is right is in it already.
    """
    for name in form.errors.keys() & form.fields.keys():
        value = form.fields[name].widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        if isinstance(value, str) or hasattr(value, "stream_block"):
            setattr(form.instance, name, value)
