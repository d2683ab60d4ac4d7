"""Where a translation stands against its source: of one text, and of a whole thing. Pure: no clock, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

# Of a text: said anew; the source changed, but not in meaning; it changed; there is nothing.
CURRENT, MINOR, CHANGED, MISSING = "current", "minor", "changed", "missing"
# Of a thing, from nothing to all. A source is none of these.
PUBLIC_STATES = ("partial", "stale", "minor", "current")
STATES = ("missing", "draft", *PUBLIC_STATES)

Place = tuple[str, str]  # where a text stands in its page, and the digest of its words


@dataclass(frozen=True)
class Step:
    """One text of a source that became another: `was` and `now` are digests, "" where there was or is none."""

    path: str
    was: str
    now: str
    minor: bool = False


@dataclass(frozen=True)
class Standing:
    """Where one text stands: its state, and the digest of the source's words that its translation is of."""

    state: str
    of: str = ""


def steps_to(steps: Iterable[Step]) -> dict[Place, Step]:
    """Give steps, the earliest first, by the place that each led to; of several to one place, the last."""
    return {(step.path, step.now): step for step in steps}


def text_standing(place: Place, translated: set[Place], led_by: dict[Place, Step]) -> Standing:
    """Say where a text stands: `translated` has the places whose words there is a translation of.

    The way back through what the text was before ends at words that were translated. Where all steps on it kept the
    meaning, so does the translation.
    """
    path, now = place
    if place in translated:
        return Standing(CURRENT, now)
    state, seen = MINOR, {now}
    while step := led_by.get((path, now)):
        state = state if step.minor else CHANGED
        now = step.was
        if not now or now in seen:
            break
        if (path, now) in translated:
            return Standing(state, now)
        seen.add(now)
    return Standing(MISSING)


@dataclass(frozen=True)
class Published:
    """What a published translation was made of.

    `texts`: places of the source as it was, in their order, each with the digest of the words whose translation
    stands there and that of the translation; "" for both where the source's own words stand.
    """

    texts: tuple[tuple[str, str, str, str], ...] = ()

    @property
    def places(self) -> list[Place]:
        return [(path, now) for path, now, _of, _words in self.texts]

    @property
    def translated(self) -> set[Place]:
        return {(path, of) for path, _now, of, _words in self.texts if of}

    @property
    def is_whole(self) -> bool:
        return all(of for _path, _now, of, _words in self.texts)


def published_state(published: Published, source: list[Place], steps: Iterable[Step]) -> str:
    """Give "partial", "stale", "minor" or "current": what readers of a published translation should know.

    `source` has the places of the source as it is now, in their order.
    """
    if not published.is_whole:
        return "partial"
    steps, there = list(steps), set(source)
    led_by = steps_to(steps)
    states = {text_standing(place, published.translated, led_by).state for place in source}
    states |= {_end_of(place, there, steps) for place in published.places if place not in there}
    if states & {CHANGED, MISSING}:
        return "stale"
    return "minor" if MINOR in states or published.places != source else "current"


def _end_of(place: Place, there: set[Place], steps: list[Step]) -> str:
    """Tell whether a text that the source has no more was taken out, and whether that changed the meaning."""
    led_to = {(step.path, step.was): step for step in steps}
    state, seen = MINOR, set()
    while place not in there and place not in seen:
        seen.add(place)
        step = led_to.get(place)
        if step is None:
            return CHANGED
        state = state if step.minor else CHANGED
        if not step.now:
            return state
        place = (step.path, step.now)
    # It lives on in other words, whose own standing says the rest.
    return CURRENT


def thing_state(*, live: bool, begun: bool, published: str) -> str:
    """Give the state of a thing in a language: `published` is that of its public translation, where it is live."""
    if live:
        return published
    return "draft" if begun else "missing"


def state_by_times(*, source_published_at: datetime | None, translation_published_at: datetime | None) -> str:
    """Give "current" or "stale" for a translation of which only is known when it was published."""
    if not source_published_at or not translation_published_at:
        return "current"
    return "stale" if source_published_at > translation_published_at else "current"
