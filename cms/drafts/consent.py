"""Whose words a draft shows, and whether they may be shown to others: showing a draft is showing words."""

from collections.abc import Iterable

from toolkit.consent import Consent


def is_agreed(version) -> bool:
    """Tell whether the words and names in a version of a page may be shown to others now.

    A quote needs consent. Nobody may have taken theirs back since: in a newer draft of the page, in any language.
    """
    if not version.may_be_public:
        return False
    shown = [one for one in version.attributions if one.may_be_public]
    return not shown or not are_refused(shown, refusals(version))


def refusals(page) -> list:
    """Give who has not agreed, as the page stands now, and who has taken it back in any language."""
    translations = type(page).objects.filter(translation_key=page.translation_key).select_related("latest_revision")
    found = []
    for translation in translations:
        latest = translation.get_latest_revision_as_object()
        if translation.pk == page.pk:
            found += [one for one in latest.attributions if not one.may_be_public]
        both = [*translation.attributions, *latest.attributions]
        found += [one for one in both if one.consent == Consent.WITHDRAWN]
    return found


def are_refused(shown: Iterable, refused: Iterable) -> bool:
    """Tell whether any attribution that is shown is one of those who refused."""
    return any(is_same(one, other) for one in shown for other in refused)


def is_same(one, other) -> bool:
    """Tell whether two attributions are one person's: by key, or by name, for a new credit has no lasting key yet."""
    return one.translation_key == other.translation_key or bool(one.name and one.name == other.name)
