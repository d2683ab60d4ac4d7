"""Erasing again what an old backup has brought back."""

import logging

from django.contrib.auth import get_user_model
from django.utils import timezone

from cms.accounts.models import Invitation
from cms.data_protection.erasing import UnableToErase, erase_account
from cms.data_protection.models import ErasedAccount
from cms.data_protection.tombstones import account_text, all_digests, email_text, take_up_records

logger = logging.getLogger(__name__)


def erase_again() -> int:
    """Erase accounts and invitations that were erased before and are there again; give how many they were.

    The worker calls it every hour, and whoever puts a backup back, at once. Where nothing has come back, it costs a
    question or two. Raises what `erase` raises but UnableToErase.
    """
    take_up_records()
    known = {one.account: one for one in ErasedAccount.objects.all()}
    if not known:
        return 0
    return _accounts(known) + _invitations(known.values())


def _accounts(known: dict[str, ErasedAccount]) -> int:
    count = 0
    for person in get_user_model().objects.iterator():
        if known.keys().isdisjoint(all_digests(account_text(person))):
            continue
        try:
            erase_account(person, now=timezone.now())
            count += 1
        except UnableToErase:
            # By its number: whoever was erased is not named in a log.
            logger.warning("Account %s was erased and is back, but is the last administrator now", person.pk)
    return count


def _invitations(known) -> int:
    """Delete what was sent to somebody before they were erased; who is invited anew afterwards stays."""
    # The latest comes last.
    last = {one.email: one.erased_at for one in known if one.email}
    old = [
        one.pk
        for one in Invitation.objects.iterator()
        if any(one.made_at < last[digest] for digest in all_digests(email_text(one.email)) & last.keys())
    ]
    return Invitation.objects.filter(pk__in=old).delete()[1].get(Invitation._meta.label, 0) if old else 0
