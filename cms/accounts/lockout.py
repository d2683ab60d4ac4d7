"""Whoever gives wrong passwords too often is locked out for a while: by user name and network together.

django-axes asks and calls us; counting is ours. Its own counts after a password was looked at, so that many tries at
once all get through. Here a try is counted before, under a lock, and taken back when the password was right.
"""

from datetime import datetime
from ipaddress import ip_address, ip_network

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from api.limits import address_of, network
from cms.accounts.backends import user_name
from cms.moments import moment

# Where it is not known from where somebody asks, such as behind a socket.
NOWHERE = "0.0.0.0"
# As long as the column that it stands in.
LONGEST = 255


def client_address(request: HttpRequest) -> str:
    """Give the address that tries are counted by; one for a whole network of IPv6, as everywhere."""
    try:
        address = ip_address(address_of(request.META))
    except ValueError:
        return NOWHERE
    return str(ip_network(network(str(address))).network_address)


def client_name(request: HttpRequest, credentials: dict | None) -> str:
    """Give the user name that tries are counted by: the same one for each way to write it."""
    given = str((credentials or request.POST).get("username") or "").replace("\0", "")
    return user_name(given).strip().casefold()[:LONGEST]


class Handler(AxesDatabaseHandler):
    """Counts tries in the rows of django-axes: no password, browser or page is kept, and a row goes after a while."""

    def is_allowed(self, request, credentials=None) -> bool:
        """Count a try before the password is looked at, and tell whether it may be."""
        return (
            credentials is None or count(_of(request, credentials), now=timezone.now()) <= settings.AXES_FAILURE_LIMIT
        )

    def get_failures(self, request, credentials=None) -> int:
        return tries(_of(request, credentials), now=timezone.now())

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        """Let django-axes answer with our page when that was the last try."""
        if request is not None and self.get_failures(request, credentials) >= settings.AXES_FAILURE_LIMIT:
            request.axes_locked_out, request.axes_credentials = True, credentials

    def user_logged_in(self, sender, request, user, **kwargs):
        forgive(user.get_username(), address=client_address(request))

    def user_logged_out(self, sender, request, user, **kwargs):
        pass

    def reset_attempts(self, *, ip_address=None, username=None, ip_or_username=False) -> int:
        """Do what the commands of django-axes ask for."""
        return forgive(username, address=ip_address)


@transaction.atomic
def count(of: dict, *, now: datetime) -> int:
    """Count a try, and give how many there were; those after the last one that counts change nothing."""
    rows = AccessAttempt.objects.select_for_update()
    row, is_new = rows.get_or_create(**of, defaults={"failures_since_start": 1})
    if is_new:
        return 1
    if row.attempt_time <= now - settings.AXES_COOLOFF_TIME:
        row.failures_since_start = 0
    row.failures_since_start += 1
    if row.failures_since_start <= settings.AXES_FAILURE_LIMIT:
        row.attempt_time = now
        row.save(update_fields=["failures_since_start", "attempt_time"])
    return row.failures_since_start


def tries(of: dict, *, now: datetime) -> int:
    """Give how many tries count at this time."""
    there = AccessAttempt.objects.filter(**of, attempt_time__gt=now - settings.AXES_COOLOFF_TIME)
    return there.values_list("failures_since_start", flat=True).first() or 0


def forgive(username: str | None = None, *, address: str | None = None) -> int:
    """Forget the tries of somebody, everywhere or from one address; give how many rows that were."""
    rows = AccessAttempt.objects.all()
    if username:
        rows = rows.filter(username=username.strip().casefold()[:LONGEST])
    if address:
        rows = rows.filter(ip_address=address)
    return rows.delete()[0]


def forget_old(*, now: datetime):
    """Delete the tries that count no more, and with them the names and addresses of who tried."""
    AccessAttempt.objects.filter(attempt_time__lte=now - settings.AXES_COOLOFF_TIME).delete()


def locked_out(request, response, credentials=None) -> HttpResponse:
    """Say until when somebody is locked out, and what they can do."""
    row = AccessAttempt.objects.filter(**_of(request, credentials)).first()
    now = timezone.now()
    until = (row.attempt_time if row else now) + settings.AXES_COOLOFF_TIME
    context = {"title": gettext("Too many wrong passwords"), "until": moment(until)}
    html = render_to_string("admin/accounts/locked.html", context, request)
    seconds = max(1, int((until - now).total_seconds()))
    return HttpResponse(html, status=429, headers={"Retry-After": str(seconds), "Cache-Control": "no-store"})


def _of(request, credentials: dict | None) -> dict:
    return {
        "username": client_name(request, credentials),
        "ip_address": client_address(request),
        # django-axes keeps a row for each browser: here one is enough.
        "user_agent": "",
    }
