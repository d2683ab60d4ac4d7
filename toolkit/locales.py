"""The languages of the toolkit: their codes, their own names, their direction."""

from django.conf import settings
from django.utils.translation import get_language_info


def codes() -> list[str]:
    """Give the locale codes of this installation, the source locale first."""
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


def source() -> str:
    """Give the locale that content is written in first."""
    return codes()[0]


def direction(code: str) -> str:
    """Give "rtl" or "ltr" for a language code."""
    return "rtl" if get_language_info(code)["bidi"] else "ltr"


def own_name(code: str) -> str:
    """Give the language's name in the language itself."""
    return get_language_info(code)["name_local"]
