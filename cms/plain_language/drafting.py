"""Makes a page of what stands in the editor's form just now, without saving anything: as Wagtail's preview does."""

from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve, reverse

# The names of the addresses to which Wagtail's forms are sent, and of what makes a preview of each.
PREVIEWS = {
    "wagtailadmin_pages:edit": "wagtailadmin_pages:preview_on_edit",
    "wagtailadmin_pages:add": "wagtailadmin_pages:preview_on_add",
}


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
    preview = resolve(reverse(PREVIEWS[found.view_name], args=found.args, kwargs=found.kwargs))
    view = preview.func.view_class()
    view.setup(request, **preview.kwargs)
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
