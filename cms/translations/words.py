"""The words of the translators' screens: names of states, needs, kinds of things and checks."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.translations import progress
from toolkit.documents.library import page_types, type_named
from toolkit.translation.states import CHANGED, CURRENT, MINOR, MISSING

STATES = {
    "missing": _("Not translated"),
    "draft": _("Draft, not public yet"),
    "partial": _("Public, partly in the original language"),
    "stale": _("Public, but the original has changed"),
    "minor": _("Public; the original changed, but not in meaning"),
    "current": _("Public and up to date"),
}
# Of one text.
TEXTS = {
    CURRENT: pgettext_lazy("a text", "Translated"),
    MINOR: _("Still right: only spelling changed in the original"),
    CHANGED: _("The original has changed"),
    MISSING: _("Not translated yet"),
}
NEEDS = {
    progress.CHANGED: _("The original has changed"),
    progress.MISSING: _("Something is missing"),
    progress.REVIEW: _("Waits for a reviewer"),
    progress.READY: _("Ready for readers"),
    progress.MACHINE: _("Made by a machine; a speaker should look at it"),
    progress.DONE: _("Done"),
}
CHECKS = {
    "markup": _("The signs around words, such as <b>…</b>, are not those of the original: {about}"),
    "links": _("The links are not those of the original: {about}"),
    "placeholders": _("Something that the software fills in is not as in the original: {about}"),
    "numbers": _("The numbers are not the same: {about}"),
    "editorial": _("There is a note in square brackets: {about}"),
    "untranslated": _("This is still in the words of the original."),
    "glossary": _("The glossary says something else: {about}"),
    "length": _("This is much shorter or longer than the original."),
    "script": _("This is not in the letters of the language."),
}


def kind_name(document_type: str) -> str:
    """Give what editors call a type of thing."""
    return type_named(document_type)._meta.verbose_name


def kinds() -> list[tuple[str, str]]:
    """Give all types of things, with what editors call them."""
    return [(kind.document_type, kind._meta.verbose_name) for kind in page_types()]


def says(finding) -> str:
    """Say what a check found."""
    return CHECKS[finding.check].format(about=finding.about).removesuffix(": ")
