"""Inviting people: made, sent again, taken back, taken up, forgotten."""

import re
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from cms.accounts.models import Invitation
from cms.accounts.rights import may_give, may_invite
from cms.accounts.secrets import digest_of, new_token

WORKS = timedelta(days=7)
# What has ended is remembered so long.
KEPT = timedelta(days=30)
# What may not stand in a user name.
ODD = re.compile(r"[^\w.@+-]")


class UnableToInvite(Exception):
    """Says in words why somebody cannot be invited so."""


def open_invitations():
    """Give the invitations that nobody has taken up, also those whose time is over."""
    return Invitation.objects.filter(accepted_at=None, taken_back_at=None)


@transaction.atomic
def invite(
    *, by, email: str, first_name: str, last_name: str, language: str, groups: list[Group], now: datetime,
    is_superuser: bool = False,
) -> tuple[Invitation, str]:  # fmt: skip
    """Make an invitation; give it and its token, which is kept nowhere. Raises UnableToInvite."""
    if get_user_model().objects.filter(email__iexact=email).exists():
        raise UnableToInvite(gettext("Somebody with this e-mail address has an account already."))
    if open_invitations().filter(email__iexact=email).exists():
        raise UnableToInvite(gettext("This person is invited already. Send that invitation again, or take it back."))
    token = new_token()
    invitation = Invitation.objects.create(
        digest=digest_of(token),
        email=email,
        first_name=first_name,
        last_name=last_name,
        language=language,
        is_superuser=is_superuser,
        made_by=by,
        made_at=now,
        until=now + WORKS,
    )
    invitation.groups.set(groups)
    _check(by, invitation)
    return invitation, token


@transaction.atomic
def send_again(*, invitation: Invitation, by, now: datetime) -> str:
    """Give an open invitation a new token; the one before works no more. Raises UnableToInvite."""
    _check(by, invitation)
    token = new_token()
    renewed = open_invitations().filter(pk=invitation.pk).update(
        digest=digest_of(token), made_by=by, until=now + WORKS
    )  # fmt: skip
    if not renewed:
        raise UnableToInvite(gettext("This invitation is not open any more."))
    invitation.refresh_from_db()
    return token


def take_back(*, invitation: Invitation, now: datetime) -> bool:
    """Make an open invitation work no more; tell whether it was open."""
    return bool(open_invitations().filter(pk=invitation.pk).update(taken_back_at=now))


def find(*, token: str, now: datetime) -> Invitation | None:
    """Give the invitation whose link ends so, if it works, and whoever made it could still make it."""
    found = Invitation.objects.select_related("made_by").filter(digest=digest_of(token)).first()
    return found if found and found.works(now=now) and _may_be_made(found.made_by, found) else None


def newcomer(invitation: Invitation):
    """Give the account that somebody will have, not saved yet. They log in by their e-mail address."""
    return get_user_model()(
        username=free_name(invitation.email),
        email=invitation.email,
        first_name=invitation.first_name,
        last_name=invitation.last_name,
        is_superuser=invitation.is_superuser,
    )


@transaction.atomic
def take_up(*, invitation: Invitation, person, now: datetime) -> bool:
    """Save an account whose password was chosen, with what it was promised; tell whether it was the first to try."""
    mine = open_invitations().filter(pk=invitation.pk, digest=invitation.digest, until__gt=now)
    taken = get_user_model().objects.filter(email__iexact=invitation.email)
    if taken.exists() or not mine.update(accepted_at=now):
        return False
    person.save()
    person.groups.set(invitation.groups.all())
    UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": invitation.language})
    log(person, "wagtail.create", user=person)
    return True


def forget_old(*, now: datetime):
    """Delete what was taken up, taken back or left a month ago."""
    for field in ("accepted_at", "taken_back_at", "until"):
        Invitation.objects.filter(**{f"{field}__lt": now - KEPT}).delete()


def free_name(email: str) -> str:
    """Give a user name that nobody has: the e-mail address, as far as it can be one."""
    names, base = get_user_model().objects, ODD.sub("-", email.lower())[:140]
    name, number = base, 2
    while names.filter(username__iexact=name).exists():
        name, number = f"{base}-{number}", number + 1
    return name


def _may_be_made(by, invitation: Invitation) -> bool:
    if by is None or not may_invite(by):
        return False
    return may_give(by, groups=list(invitation.groups.all()), is_superuser=invitation.is_superuser)


def _check(by, invitation: Invitation):
    if not _may_be_made(by, invitation):
        raise UnableToInvite(gettext("You cannot give rights that you do not have yourself."))
