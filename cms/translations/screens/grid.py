"""Every thing in every language, for whoever looks after all of them; and what changed in the originals."""

from collections import defaultdict

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import String

from cms.models import Change
from cms.publishing.signals import request_publish
from cms.translations.progress import coordinated, progress_of_all
from cms.translations.screens.access import for_coordinators
from cms.translations.screens.languages import PER_PAGE, described, without_page
from cms.translations.words import STATES, kind_name, kinds
from toolkit import locales
from toolkit.models import SourceChange, ThingStanding
from toolkit.translation.standings import restand
from toolkit.translation.texts import plain


@for_coordinators
def grid(request: HttpRequest):
    """Show the state of each thing in each language."""
    languages = coordinated()
    progress = progress_of_all(languages[1:])
    asked = {name: request.GET.get(name, "")[:200] for name in ("q", "type", "state", "language", "who")}
    keys = _keys(asked)
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "languages": [(described(one), progress[one.pk]) for one in languages[1:]],
        "rows": _rows([row["key"] for row in page], languages),
        "paging": page,
        "asked": asked,
        "states": STATES.items(),
        "kinds": kinds(),
        "people": _people(),
        "header_title": gettext("All things in all languages"),
        "without_page": without_page(request),
    }
    return TemplateResponse(request, "admin/translations/grid.html", context)


def _keys(asked: dict):
    """Give the keys of the things that are asked for, in the order of the site."""
    found = ThingStanding.objects.all()
    which = {
        "title__icontains": asked["q"],
        "type": asked["type"],
        "state": asked["state"] if asked["state"] in STATES else "",
        "locale__language_code": asked["language"],
        "user_id": asked["who"] if asked["who"].isdecimal() else "",
    }
    found = found.filter(**{name: value for name, value in which.items() if value})
    return found.order_by("path").values("key", "path").distinct()


def _rows(keys: list, languages: list) -> list[dict]:
    """Give of each thing its title, and its standing in each language."""
    standings = defaultdict(dict)
    rows = ThingStanding.objects.filter(key__in=keys).select_related("user", "source_locale")
    for one in rows:
        standings[one.key][one.locale_id] = one
    found = []
    for key in keys:
        there = standings[key]
        any_of = next(iter(there.values()))
        cells = [(described(one), there.get(one.pk)) for one in languages[1:]]
        found.append(
            {
                "thing": any_of,
                "kind": kind_name(any_of.type),
                "source": locales.language(any_of.source_locale.language_code),
                "cells": [(language, one, one and STATES[one.state]) for language, one in cells],
            }
        )
    return found


def _people() -> list:
    """Give those who have translated something."""
    ids = ThingStanding.objects.exclude(user=None).values("user")
    return list(get_user_model().objects.filter(pk__in=ids).order_by("pk"))


@for_coordinators
def changes(request: HttpRequest):
    """List what changed in the originals, the newest first, and whether it changed the meaning."""
    page = Paginator(SourceChange.objects.select_related("user", "locale").order_by("-pk"), 20).get_page(
        request.GET.get("p")
    )
    titles = dict(ThingStanding.objects.filter(key__in=[one.key for one in page]).values_list("key", "title"))
    words = _words(page)
    rows = [
        {
            "change": one,
            "title": titles.get(one.key, gettext("A page that is gone")),
            "language": locales.language(one.locale.language_code),
            "steps": [(words.get(was, ""), words.get(now, "")) for _path, was, now in one.steps],
        }
        for one in page
    ]
    context = {"rows": rows, "paging": page, "header_title": gettext("What changed in the originals")}
    return TemplateResponse(request, "admin/translations/changes.html", context | {"without_page": ""})


def _words(page) -> dict[str, str]:
    """Give the words of the texts of some changes, by their digest."""
    digests = {digest for one in page for _path, *both in one.steps for digest in both if digest}
    rows = String.objects.filter(data_hash__in=digests).values_list("data_hash", "data")
    return {str(digest): plain(words) for digest, words in rows}


@for_coordinators
@require_POST
def judge(request: HttpRequest, pk: int):
    """Say that a change did not change the meaning, or that it did after all. It is logged, and can be taken back."""
    change = get_object_or_404(SourceChange, pk=pk)
    change.minor = request.POST.get("minor") == "yes"
    change.save(update_fields=["minor"])
    restand([change.key])
    source = Page.objects.filter(translation_key=change.key, locale=change.locale).first()
    if source:
        log(instance=source.specific, action="toolkit.meaning", user=request.user, data={"minor": change.minor})
        request_publish(Change.Kind.PAGE, page=source)
    messages.success(request, gettext("Saved. Translators see it at once."))
    return redirect("translations:changes")
