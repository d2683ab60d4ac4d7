"""What comes with the days: keepers are reminded before a consent runs out; when it has, the words come down."""

from collections import defaultdict
from datetime import date

from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from cms.consent.ledger import SOON_OVER, Entry, ledger
from cms.consent.models import Reminder
from cms.models import Change
from cms.publishing.signals import collected, publish_once, request_publish
from toolkit.consent import Consent
from toolkit.models import Idea, IdeaCredit, Quote

KEEP = "keep_consent"


def keepers() -> list:
    """Give the people who keep consent and can be written to."""
    allowed = Q(is_superuser=True) | Q(groups__permissions__codename=KEEP) | Q(user_permissions__codename=KEEP)
    users = get_user_model().objects.filter(allowed, is_active=True).exclude(email="").distinct()
    return list(users.select_related("wagtail_userprofile"))


def remind(*, today: date) -> int:
    """Write to all keepers about consents that run out within a month, once about each; give how many those were."""
    soon = ledger(today=today, state=SOON_OVER)
    known = set(Reminder.objects.values_list("key", "until"))
    new = [entry for entry in soon if (entry.key, entry.until) not in {(str(key), until) for key, until in known}]
    people = keepers()
    if not new or not people:
        return 0
    by_language = defaultdict(list)
    for person in people:
        profile = getattr(person, "wagtail_userprofile", None)
        by_language[profile.get_preferred_language() if profile else ""].append(person.email)
    with transaction.atomic():
        Reminder.objects.bulk_create([Reminder(key=entry.key, until=entry.until) for entry in new])
        for language, addresses in by_language.items():
            with override(language or None):
                _write(new, addresses)
    return len(new)


def _write(entries: list[Entry], addresses: list[str]):
    body = render_to_string("consent/reminder.txt", {"entries": entries})
    for address in addresses:
        send_mail(_("Consent runs out soon"), body, None, [address])


def end_consents(*, today: date):
    """Take down what somebody agreed to until a day that has passed, and say so in its newest version."""
    with collected():
        for quote in Quote.objects.filter(consent=Consent.GIVEN, consent_until__lt=today):
            with transaction.atomic():
                _end_quote(quote)
        for credit in IdeaCredit.objects.filter(consent=Consent.GIVEN, consent_until__lt=today):
            with transaction.atomic():
                _end_credit(credit)
    publish_once()


def _end_quote(quote: Quote):
    latest = quote.get_latest_revision_as_object()
    if latest.consent_until == quote.consent_until:
        latest.consent = Consent.ENDED
        latest.save_revision(clean=False, log_action=True)
    Quote.objects.filter(pk=quote.pk).update(consent=Consent.ENDED)
    if quote.live:
        Page.objects.get(pk=quote.pk).specific.unpublish(log_action="wagtail.unpublish.scheduled")


def _end_credit(credit: IdeaCredit):
    IdeaCredit.objects.filter(pk=credit.pk).update(consent=Consent.ENDED)
    idea = Idea.objects.get(pk=credit.idea_id)
    revision = idea.latest_revision
    for one in revision.content.get("credits", ()) if revision else ():
        if one["translation_key"] == str(credit.translation_key):
            one["consent"] = Consent.ENDED
            revision.save(update_fields=["content"])
    request_publish(Change.Kind.PAGE, page=idea)
