"""A copy of what is kept about somebody with an account, for whoever asks for theirs."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session

from cms.accounts.models import Invitation
from cms.accounts.second_factor import codes_left
from cms.accounts.sessions import BEGAN, SEEN
from cms.data_protection.finding import Named, invitations_of, log_about, sessions_of, tables_naming, tries_of
from cms.data_protection.ties import TIES, Tie

ACCOUNT = ("username", "first_name", "last_name", "email", "is_active", "is_superuser", "date_joined", "last_login")
INVITATION = ("email", "first_name", "last_name", "language", "made_at", "until", "accepted_at", "taken_back_at")
LOG = ("action", "timestamp")
TRY = ("username", "ip_address", "attempt_time")
# What is shown as a whole.
OWN = (get_user_model(), Invitation)
NOT_INCLUDED = (
    "The password, the key of the authenticator app and the backup codes: with a copy of them, others could log in.",
    "The words of each version of a page: they belong to the toolkit, and stand in its history.",
    "Words of this person that are quoted, and credits: they are under Consent in the admin.",
    "Scoring boards: they are known by their links alone. manage.py boards LINK shows all that is kept on one.",
    "Offers and feedback: nobody is known by them. Where a name stands in one, it is listed under “named in”.",
    "Backups, the log of the server in front, the mail server, and mails that were sent.",
)


def export(who: Named, *, now: datetime) -> dict:
    """Give all that is kept of somebody with an account, or who is only invited, as what JSON can hold."""
    person = who.account
    found = {"site": settings.SITE_URL, "made at": now, "account": None}
    if person:
        found |= {
            "account": {name: getattr(person, name) for name in ACCOUNT},
            "backup codes left": codes_left(person),
            "sessions": [_session(one) for one in sessions_of(person)],
            "log of the account": list(log_about(person).values(*LOG)),
            **{tie.name: _shown(tie, person) for tie in TIES},
        }
    found |= {
        "invitations": list(invitations_of(who).values(*INVITATION)),
        "tries with a wrong password": [row for rows in tries_of(who) for row in rows.values(*TRY)],
        "named in": [
            {"what": str(model._meta.verbose_name), "table": model._meta.label, "rows": keys}
            for model, keys in tables_naming(who)
            if model not in OWN
        ],
        "not included": list(NOT_INCLUDED),
    }
    return found


def _shown(tie: Tie, person) -> list[dict]:
    """Give what is shown of a tie, by names without underscores."""
    rows = tie.rows(person).values(*tie.shows)
    return [{_plain(name): value for name, value in row.items()} for row in rows]


def _plain(field: str) -> str:
    return field.replace("__language_code", "").replace("__", " ").replace("_", " ")


def _session(session: Session) -> dict:
    data = session.get_decoded()
    when = {name: _moment(data[key]) for name, key in (("began", BEGAN), ("last seen", SEEN)) if key in data}
    return {**when, "ends": session.expire_date}


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)
