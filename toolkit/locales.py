"""The languages of the toolkit: their codes, their own names, their direction."""

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info, trans_real
from wagtail.coreutils import get_supported_content_language_variant

DJANGO_KNOWS = dict(LANG_INFO)
# What Django and Wagtail have looked up and remember.
REMEMBERED = [found for found in vars(trans_real).values() if hasattr(found, "cache_clear")]
REMEMBERED.append(get_supported_content_language_variant)
_added: list[dict] = []


def codes() -> list[str]:
    """Give the locale codes of this installation, the source locale first."""
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


def put_added(rows: list[dict]):
    """Have the languages that somebody added in the admin, and no others beside those of the settings.

    Each has `code`, `name` (in English), `own_name` and `rtl`. It holds for this process: whoever publishes knows
    them from the database, whoever serves from the release.
    """
    rows = sorted(rows, key=lambda row: row["code"])
    if rows == _added:
        return
    ours = {row["code"] for row in _added}
    _added[:] = rows
    languages = [one for one in settings.WAGTAIL_CONTENT_LANGUAGES if one[0] not in ours]
    known = {code for code, _name in languages}
    for code in ours:
        LANG_INFO.pop(code, None)
        LANG_INFO.update({code: DJANGO_KNOWS[code]} if code in DJANGO_KNOWS else {})
    for row in rows:
        if row["code"] not in known:
            languages.append((row["code"], row["name"]))
            names = {"code": row["code"], "name": row["name"], "name_local": row["own_name"], "bidi": row["rtl"]}
            LANG_INFO[row["code"]] = names
    # The languages of the content are those of the admin, too.
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = settings.WAGTAILADMIN_PERMITTED_LANGUAGES = languages
    for remembered in REMEMBERED:
        remembered.cache_clear()


def added() -> list[dict]:
    """Give the languages that somebody added in the admin, as this process knows them."""
    return list(_added)


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
