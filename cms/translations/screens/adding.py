"""Adding a language without a programmer: a form, and all that has to be there for people to begin."""

import re

from django import forms
from django.conf.locale import LANG_INFO
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, gettext_lazy
from wagtail.models import Locale

from cms.models import Change
from cms.publishing.signals import request_publish
from cms.translations.rooms import make_rooms
from cms.translations.screens.access import for_coordinators
from toolkit import locales
from toolkit.models import Language, ThingStanding
from toolkit.translation.standings import restand
from toolkit.translation.wordings import use_saved_languages

# Language, script, region: what BCP 47 tags of living languages are made of.
TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?")
# What is written from right to left, of what Django does not know, and by its script.
RTL = {"ckb", "dv", "ks", "pa-arab", "ps", "sd", "syr", "yi", "prs", "lrc", "nqo"}
RTL_SCRIPTS = {"arab", "hebr", "thaa", "syrc", "nkoo", "adlm"}


class LanguageForm(forms.ModelForm):
    """The code of a language; what is known of it need not be said."""

    class Meta:
        model = Language
        fields = ["code", "own_name", "name"]
        help_texts = {
            "code": gettext_lazy("As in BCP 47: so for Somali, pt-br for Portuguese in Brazil, zh-hant for Chinese."),
            "own_name": gettext_lazy("As its speakers write it. May stay empty where we know it."),
            "name": gettext_lazy("May stay empty where we know it."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["own_name"].required = self.fields["name"].required = False

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip().lower().replace("_", "-")
        if not TAG.fullmatch(code):
            raise forms.ValidationError(gettext("This is no code of a language. Write it like so, pt-br or zh-hant."))
        if code in locales.codes():
            raise forms.ValidationError(gettext("This language is there already."))
        return code

    def clean(self):
        cleaned = super().clean()
        known = LANG_INFO.get(cleaned.get("code", ""), {})
        for field, name in (("own_name", "name_local"), ("name", "name")):
            cleaned[field] = cleaned.get(field) or known.get(name, "")
            if cleaned.get("code") and not cleaned[field]:
                self.add_error(field, gettext("We do not know this language. Write its name."))
        return cleaned

    def save(self, commit=True):
        self.instance.rtl = is_rtl(self.instance.code)
        return super().save(commit)


def is_rtl(code: str) -> bool:
    """Tell whether a language is written from right to left: its script says so, else the language itself."""
    language, *rest = code.split("-")
    script = next((part for part in rest if len(part) == 4), "")
    if script:
        return script in RTL_SCRIPTS
    return language in RTL or bool(LANG_INFO.get(language, {}).get("bidi"))


@for_coordinators
def add(request: HttpRequest):
    """Show the form, and add a language."""
    form = LanguageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.user = request.user
        add_language(form)
        text = gettext("{language} is there. Put people into its groups, and they can begin.")
        messages.success(request, text.format(language=form.instance.own_name))
        return redirect("translations:language", form.instance.code)
    context = {"form": form, "header_title": gettext("Add a language")}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/translations/add.html", context, status=status)


@transaction.atomic
def add_language(form: LanguageForm):
    """Add a language with its place, its groups and its standings; it goes out with the next release."""
    language = form.save()
    use_saved_languages()
    locale, _ = Locale.objects.get_or_create(language_code=language.code)
    make_rooms(locale)
    restand(ThingStanding.objects.values_list("key", flat=True).distinct())
    request_publish(Change.Kind.EVERYTHING)
