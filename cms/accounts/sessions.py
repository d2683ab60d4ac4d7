"""How long somebody stays logged in: until they have done nothing for hours, and never longer than some days."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone

BEGAN, SEEN = "began", "seen"
DAY = 86_400
# In seconds. That somebody is at work is written down so often, not with each request.
EVERY = 300


def connect():
    """Remember of each session when it began."""
    user_logged_in.connect(begin, dispatch_uid="accounts.session_began")


def begin(request, **kwargs):
    request.session[BEGAN] = int(timezone.now().timestamp())


def is_over(session, *, now: int) -> bool:
    """Tell whether a session has lasted as long as any may. `now` is in seconds since 1970."""
    return now - session.setdefault(BEGAN, now) > settings.SESSION_DAYS * DAY


def keep(session, *, now: int):
    """Let a session go on from now: what is changed in it is saved, with a new end."""
    if now - session.get(SEEN, 0) >= EVERY:
        session[SEEN] = now


def forget_ended():
    """Delete the sessions whose time is over."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
