"""The languages of the toolkit: their codes, their own names, their direction."""

from django.conf import settings
from django.utils.translation import get_language_info


def codes() -> list[str]:
    """Give the locale codes of this installation, the source locale first."""
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


def place(code: str) -> int:
    """Give the place of a locale among those of this installation, after all of them where it is none."""
    return codes().index(code) if code in codes() else len(codes())


def fallbacks(code: str) -> list[str]:
    """Give the locales to look for a thing in, one after the other, for readers of a locale: itself first.

    Readers of `es-mx` get what there is in it, then in `es`, then in the source locale. The setting LOCALE_FALLBACKS
    says otherwise, such as {"gd": ["ga"]}.
    """
    parts = code.split("-")
    wider = ["-".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]
    chain = [code, *settings.LOCALE_FALLBACKS.get(code, wider), source()]
    known = codes()
    return list(dict.fromkeys(one for one in chain if one in known or one == code))


def source() -> str:
    """Give the locale that content is written in first."""
    return codes()[0]


def direction(code: str) -> str:
    """Give "rtl" or "ltr" for a language code."""
    return "rtl" if get_language_info(code)["bidi"] else "ltr"


def language(code: str) -> dict[str, str]:
    """Give "lang" and "dir" of what is written in a language, as documents have them."""
    return {"lang": code, "dir": direction(code)}


def own_name(code: str) -> str:
    """Give the language's name in the language itself."""
    return get_language_info(code)["name_local"]
