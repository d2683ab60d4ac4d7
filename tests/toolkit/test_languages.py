"""What language and direction a locale has, and where its readers find what is not translated into it."""

import pytest

from toolkit import locales


@pytest.mark.parametrize(
    ("code", "direction", "name"),
    [("en", "ltr", "English"), ("cy", "ltr", "Cymraeg"), ("ar", "rtl", "العربيّة"), ("es", "ltr", "español")],
)
def test_locales_know_direction_and_name(code, direction, name):
    assert (locales.direction(code), locales.own_name(code)) == (direction, name)


def test_english_is_the_source():
    assert locales.codes() == ["en", "cy", "ar", "es"]
    assert locales.source() == "en"


@pytest.mark.parametrize(
    ("code", "fallbacks"),
    [
        ("en", ["en"]),
        ("cy", ["cy", "en"]),
        ("es-mx", ["es-mx", "es", "en"]),
        ("zh-hant-hk", ["zh-hant-hk", "zh-hant", "en"]),
        ("gd", ["gd", "ga", "en"]),
        ("xx", ["xx", "en"]),
    ],
)
def test_readers_fall_back_from_language_to_language(settings, code, fallbacks):
    settings.WAGTAIL_CONTENT_LANGUAGES = [(one, one) for one in ("en", "es", "es-mx", "zh-hant", "ga", "gd")]
    settings.LOCALE_FALLBACKS = {"gd": ["ga"]}
    assert locales.fallbacks(code) == fallbacks
