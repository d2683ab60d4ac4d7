"""How far the languages are: in words, over all things, and what needs doing."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from wagtail.models import Locale, Page, WorkflowState

from toolkit import locales
from toolkit.models import ThingStanding
from toolkit.translation.wordings import Said, said_in_all

# What needs doing, in the order in which it matters to readers; each thing is under the first that it falls under.
CHANGED, MISSING, REVIEW, READY, MACHINE, DONE = "changed", "missing", "review", "ready", "machine", "done"
IS = {
    CHANGED: Q(changed__gt=0),
    MISSING: Q(changed=0, missing__gt=0),
    READY: Q(changed=0, missing=0, unpublished=True) | Q(changed=0, missing=0, state__in=["partial", "stale"]),
    MACHINE: Q(changed=0, missing=0, machine__gt=0, unpublished=False, state__in=["minor", "current"]),
    DONE: Q(changed=0, missing=0, machine=0, unpublished=False, state__in=["minor", "current"]),
}


@dataclass(frozen=True)
class Progress:
    """How far a language is: `done` of `words`, and how many things there are of each need."""

    words: int
    done: int
    needs: dict[str, int]
    # Entries of the catalogue: all, those that say something, those that nobody has looked at, those not public yet.
    entries: int = 0
    entries_done: int = 0
    entries_by_machine: int = 0
    entries_ahead: int = 0

    @property
    def percent(self) -> int:
        """How much is done, in percent, rounded down: all is all."""
        return self.done * 100 // self.words if self.words else 0


def progress_of(locale: Locale) -> Progress:
    """Give how far a language is."""
    return progress_of_all([locale])[locale.pk]


def progress_of_all(languages: list[Locale]) -> dict[int, Progress]:
    """Give how far each of some languages is, by the locale's id, in a few queries for all of them."""
    counted = {f"things_{need}": Count("pk", filter=which) for need, which in IS.items()}
    sums = {"all_words": Sum("words", default=0), "all_done": Sum("done_words", default=0)}
    rows = ThingStanding.objects.filter(locale__in=languages).values("locale").annotate(**sums, **counted)
    by_locale = {row["locale"]: row for row in rows}
    in_review = Counter(_pages_in_review(languages).values_list("locale", flat=True))
    said = said_in_all(languages)
    return {one.pk: _progress(by_locale.get(one.pk, {}), in_review[one.pk], said[one.pk]) for one in languages}


def _progress(row: dict, in_review: int, said: list[Said]) -> Progress:
    whole = [one for one in said if one.is_whole]
    return Progress(
        row.get("all_words", 0) + sum(map(_count, said)),
        row.get("all_done", 0) + sum(map(_count, whole)),
        {need: row.get(f"things_{need}", 0) for need in IS} | {REVIEW: in_review},
        len(said),
        len(whole),
        sum(one.by_machine for one in said),
        sum(one.is_ahead for one in said),
    )


def _count(said: Said) -> int:
    return len(said.word.source.split())


def keys_in_review(locale: Locale) -> dict[str, int]:
    """Give the keys of the things of a language that somebody has submitted, with the ids of their pages."""
    return {str(key): pk for pk, key in _pages_in_review([locale]).values_list("pk", "translation_key")}


def _pages_in_review(languages: list[Locale]):
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    ids = [pk for pk in states.values_list("object_id", flat=True) if pk.isdecimal()]
    return Page.objects.filter(pk__in=ids, locale__in=languages)


def things_in(locale: Locale, *, need: str = "", type: str = "", words: str = ""):
    """Give the standings of a language in the order of the site: of all, or of those that fall under a need."""
    found = ThingStanding.objects.filter(locale=locale).select_related("locale", "source_locale", "user")
    if need == REVIEW:
        found = found.filter(key__in=keys_in_review(locale))
    elif need in IS:
        found = found.filter(IS[need])
    if type:
        found = found.filter(type=type)
    if words:
        found = found.filter(title__icontains=words)
    return found.order_by("path", "pk")


def coordinated() -> list[Locale]:
    """Give the languages of this installation that things are translated into."""
    there = {one.language_code: one for one in Locale.objects.all()}
    return [there[code] for code in locales.codes() if code in there]
