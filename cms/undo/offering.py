"""The button that stands in the message after a change, where the change can be undone."""

from django.template.loader import render_to_string
from django.urls import reverse

from cms.undo.putting_back import pages_of, refuse
from cms.undo.steps import MOST, Steps, UnableToUndo, sealed


def undo_form(request, steps: Steps) -> str:
    """Give the form that undoes what this request changed, "" where there is nothing that could be undone."""
    if not steps or len(steps) > MOST:
        return ""
    try:
        refuse(steps, pages_of(steps), user=request.user)
    except UnableToUndo:
        return ""
    context = {"address": reverse("undo"), "steps": sealed(steps, user_id=request.user.pk)}
    return render_to_string("admin/undo/form.html", context, request=request)
