"""Where a translation stands, and what language and direction a locale has."""

from datetime import UTC, datetime

import pytest

from toolkit import locales
from toolkit.translation import translation_state

MORNING, EVENING = datetime(2026, 11, 22, 8, tzinfo=UTC), datetime(2026, 11, 22, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("is_source", "source_at", "translation_at", "state"),
    [
        (True, MORNING, MORNING, "source"),
        (True, EVENING, MORNING, "source"),
        (False, MORNING, EVENING, "current"),
        (False, MORNING, MORNING, "current"),
        (False, EVENING, MORNING, "stale"),
        (False, None, MORNING, "current"),
        (False, EVENING, None, "current"),
    ],
)
def test_state_follows_the_publishing_times(is_source, source_at, translation_at, state):
    found = translation_state(
        is_source=is_source, source_published_at=source_at, translation_published_at=translation_at
    )
    assert found == state


@pytest.mark.parametrize(
    ("code", "direction", "name"),
    [("en", "ltr", "English"), ("cy", "ltr", "Cymraeg"), ("ar", "rtl", "العربيّة"), ("es", "ltr", "español")],
)
def test_locales_know_direction_and_name(code, direction, name):
    assert (locales.direction(code), locales.own_name(code)) == (direction, name)


def test_english_is_the_source():
    assert locales.codes() == ["en", "cy", "ar", "es"]
    assert locales.source() == "en"
