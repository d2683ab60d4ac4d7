"""Keeping dates: pages go live and come down when their editors said so."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.publishing.signals import collected, publish_once

logger = logging.getLogger(__name__)


def keep_dates():
    """Publish and unpublish whatever is due, then bring all of it to the public together.

    As Wagtail's publish_scheduled does, but one page that fails (a quote without consent) holds up no other, and each
    is done once, however many workers there are.
    """
    with collected():
        _each_alone(to_take_down(), take_down)
        _each_alone(to_go_live(), go_live)
    publish_once()


def to_take_down(*, late: timedelta = timedelta()) -> QuerySet[Page]:
    """Give the pages that should have come down so long ago."""
    return Page.objects.filter(live=True, expire_at__lt=timezone.now() - late).order_by("expire_at")


def to_go_live(*, late: timedelta = timedelta()) -> QuerySet[Revision]:
    """Give the versions that should have gone live so long ago."""
    return Revision.objects.filter(approved_go_live_at__lt=timezone.now() - late).order_by("approved_go_live_at")


def take_down(page: Page):
    """Take a page off the site because its time is over."""
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def go_live(revision: Revision):
    """Publish a version whose time has come."""
    revision.publish(log_action="wagtail.publish.scheduled")


def _each_alone(due: QuerySet, act: Callable):
    """Act on each row in a transaction of its own, unless somebody else has done so, or is about to."""
    for pk in list(due.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                if row := due.select_for_update(skip_locked=True).filter(pk=pk).first():
                    act(row)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            # It stays overdue, which editors are shown, and is tried again.
            logger.warning("A date could not be kept: %r", error)
