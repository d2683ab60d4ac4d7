"""What people took back on this site: it neither leaves in a bundle nor comes back with one."""

from toolkit.consent import Consent
from toolkit.models import Idea, IdeaCredit, Quote, Withdrawal


def withdrawn_quotes() -> set[str]:
    """Give the keys and the codes of quotes that were withdrawn in any language, be it in a draft."""
    found = {str(key) for key in Withdrawal.objects.values_list("key", flat=True)}
    found |= set(Withdrawal.objects.exclude(code="").values_list("code", flat=True))
    for quote in Quote.objects.select_related("latest_revision"):
        drafted = quote.latest_revision.content.get("consent") if quote.latest_revision else None
        if Consent.WITHDRAWN in (quote.consent, drafted):
            found |= {quote.key, quote.code}
    return found


def withdrawn_credits() -> set[str]:
    """Give the keys of credits to ideas that were withdrawn in any language, be it in a draft."""
    found = IdeaCredit.objects.filter(consent=Consent.WITHDRAWN).values_list("translation_key", flat=True)
    drafted = [
        credit["translation_key"]
        for idea in Idea.objects.filter(has_unpublished_changes=True).select_related("latest_revision")
        for credit in (idea.latest_revision.content.get("credits", []) if idea.latest_revision else [])
        if credit["consent"] == Consent.WITHDRAWN
    ]
    return {str(key) for key in (*found, *drafted, *Withdrawal.objects.values_list("key", flat=True))}
