"""Who may do what with the translations of a language: Wagtail's own rights on the pages of that language."""

from wagtail.models import Locale, Page

from toolkit import locales
from toolkit.models import Home


def home_of(locale: Locale) -> Home | None:
    """Give the home page of a language, public or not: who has rights on it has them on all below."""
    return Home.objects.filter(locale=locale, alias_of=None).first()


def may_translate(user, locale: Locale) -> bool:
    """Tell whether somebody may write in a language."""
    return _may(user, locale, "can_edit")


def may_publish(user, locale: Locale) -> bool:
    """Tell whether somebody may show translations to readers of a language."""
    return _may(user, locale, "can_publish")


def may_coordinate(user) -> bool:
    """Tell whether somebody looks after all languages: they may publish in the source's."""
    source = Locale.objects.filter(language_code=locales.source()).first()
    return bool(source) and may_publish(user, source)


def may_publish_page(user, page: Page | None, locale: Locale) -> bool:
    """Tell whether somebody may publish one translation, also where it has no page yet."""
    return page.permissions_for_user(user).can_publish() if page else may_publish(user, locale)


def may_write_page(user, page: Page | None, locale: Locale) -> bool:
    """Tell whether somebody may write one translation. Nobody may while another has locked it."""
    if page is None:
        return may_translate(user, locale)
    rights = page.permissions_for_user(user)
    return rights.can_edit() and not rights.page_locked()


def languages_of(user) -> list[Locale]:
    """Give the languages that somebody may translate into, in the order of the site."""
    there = [one for one in Locale.objects.all() if one.language_code in locales.codes()[1:]]
    # The menu asks this on every screen: one query for all languages.
    homes = {home.locale_id: home for home in Home.objects.filter(alias_of=None)}
    mine = [one for one in there if _has(user, homes.get(one.pk), "can_edit")]
    return sorted(mine, key=lambda one: locales.place(one.language_code))


def _may(user, locale: Locale, right: str) -> bool:
    return _has(user, home_of(locale), right)


def _has(user, home: Home | None, right: str) -> bool:
    if not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return False
    if home is None:
        return user.is_superuser
    return getattr(home.permissions_for_user(user), right)()
