"""Where somebody may bring in a document: below the home pages to which they may add."""

from django.utils.translation import gettext

from toolkit import locales
from toolkit.models import Home, Stage


def may_add(user, code: str) -> bool:
    """Tell whether somebody may add pages below the home page of a language."""
    return any(home.locale.language_code == code for home in homes_of(user))


def homes_of(user) -> list[Home]:
    """Give the home pages below which somebody may add pages, in the order of their languages."""
    homes = Home.objects.filter(alias_of=None).select_related("locale")
    mine = [home for home in homes if home.permissions_for_user(user).can_add_subpage()]
    return sorted(mine, key=lambda home: locales.place(home.locale.language_code))


def places_of(user) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give each language with its places: "en:" for a new stage, "en:planning" for one that is there."""
    return [(locales.own_name(home.locale.language_code), _places(home)) for home in homes_of(user)]


def _places(home: Home) -> list[tuple[str, str]]:
    code, language = home.locale.language_code, locales.own_name(home.locale.language_code)
    new = gettext("{language}: a stage named by the document’s title").format(language=language)
    stages = Stage.objects.child_of(home)
    return [(f"{code}:", new), *((f"{code}:{stage.code}", f"{language}: {stage.title}") for stage in stages)]
