"""Finding somebody by name, and their names wherever they stand: in tables, in sessions, in logs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Model, Q, QuerySet
from wagtail.models import ModelLogEntry

from cms.accounts.lockout import LONGEST
from cms.accounts.models import Invitation
from cms.consent.withdrawal.traces import KINDS, forms_of

# django-axes writes to the first of them alone, as it is set up here.
TRIES = (AccessAttempt, AccessFailureLog, AccessLog)


class UnableToFind(Exception):
    """Says in words why nobody can be told from a name."""


@dataclass(frozen=True)
class Named:
    """The names of somebody, and their account where they have one."""

    account: object | None
    username: str = ""
    email: str = ""
    full_name: str = ""

    @property
    def names(self) -> list[str]:
        """All that they are known by, the longest first."""
        return sorted({one for one in (self.username, self.email, self.full_name) if one}, key=lambda one: -len(one))

    @property
    def pattern(self) -> re.Pattern:
        """Finds any of the names where it stands by itself, in any case, also as HTML, JSON and addresses have it.

        A user name may be a word such as “admin”, which stands in many addresses and names of modules.
        """
        alone = [_any_of(self.email, self.full_name), rf"(?<![.@/-]){_any_of(self.username)}(?![@/-])"]
        return re.compile("|".join(rf"(?<!\w){one}(?!\w)" for one in alone), re.IGNORECASE)


def _any_of(*names: str) -> str:
    """Give the expression for any of some names; what is empty is found nowhere."""
    forms = {form for name in names if name for form in {*forms_of(name), quote(name)}}
    return f"(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})" if forms else r"(?!)"


def find(name: str) -> Named:
    """Give whoever has a user name or an e-mail address. Raises UnableToFind."""
    name = name.strip()
    people = get_user_model().objects
    found = list(people.filter(username=name) or people.filter(email__iexact=name).exclude(email=""))
    if len(found) > 1:
        names = ", ".join(sorted(person.get_username() for person in found))
        raise UnableToFind(f"Several accounts have this e-mail address. Give one of the user names: {names}.")
    if found:
        return named(found[0])
    guest = Named(None, email=name)
    if "@" in name and (invitations_of(guest).exists() or any(rows.exists() for rows in tries_of(guest))):
        return guest
    raise UnableToFind(
        f"No account has the user name or e-mail address {name}, and nobody is invited by it. Words of people who "
        "are quoted are under Consent in the admin; boards are known by their links alone: manage.py boards LINK."
    )


def named(person) -> Named:
    """Give the names of an account."""
    return Named(person, person.get_username(), person.email, person.get_full_name().strip())


def invitations_of(who: Named) -> QuerySet[Invitation]:
    """Give the invitations that somebody got."""
    return Invitation.objects.filter(email__iexact=who.email) if who.email else Invitation.objects.none()


def tries_of(who: Named) -> list[QuerySet]:
    """Give the rows that say that somebody has given a wrong password."""
    names = {name.casefold()[:LONGEST] for name in (who.username, who.email) if name}
    mine = Q(pk__in=[])
    for name in names:
        mine |= Q(username__iexact=name)
    return [model.objects.filter(mine) for model in TRIES]


def log_about(person) -> QuerySet[ModelLogEntry]:
    """Give what the log says of an account itself."""
    kind = ContentType.objects.get_for_model(person)
    return ModelLogEntry.objects.filter(content_type=kind, object_id=str(person.pk))


def sessions_of(person) -> Iterator[Session]:
    """Give the sessions in which somebody is logged in."""
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            yield session


def tables_naming(who: Named) -> Iterator[tuple[type[Model], list]]:
    """Give each model that names somebody in any of its texts, with the keys of its rows."""
    pattern = who.pattern
    for model in apps.get_models(include_auto_created=True):
        columns = [field.attname for field in model._meta.concrete_fields if field.get_internal_type() in KINDS]
        if not columns or model._meta.proxy:
            continue
        rows = model._base_manager.values_list("pk", *columns).iterator()
        if keys := [row[0] for row in rows if pattern.search("\n".join(str(value) for value in row[1:]))]:
            yield model, keys
