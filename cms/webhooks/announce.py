"""What subscribers are told, and making it ready to be sent. Nothing here goes over the network."""

from datetime import datetime

from cms.webhooks.models import Delivery, Subscriber
from toolkit.documents.canonical import canonical_bytes, utc_time


def announce(release: dict) -> int:
    """Make a waiting delivery of a release for every active subscriber, and give how many.

    `release` is plain data with at least `release` (its id) and `created_at` (ISO 8601); it is sent as it is.
    """
    body = message_body(kind="release", at=release["created_at"], data=release)
    subscribers = Subscriber.objects.filter(active=True)
    made = [Delivery(subscriber=subscriber, release=release["release"], body=body) for subscriber in subscribers]
    return len(Delivery.objects.bulk_create(made))


def announce_test(*, subscriber: Subscriber, now: datetime) -> Delivery:
    """Make a waiting delivery by which a subscriber can see whether messages arrive."""
    body = message_body(kind="test", at=utc_time(now), data={})
    return Delivery.objects.create(subscriber=subscriber, body=body, next_at=now)


def message_body(*, kind: str, at: str, data: dict) -> str:
    """Give the exact text that is signed and sent: what happened, when, and what belongs to it."""
    return canonical_bytes({"type": kind, "timestamp": at, "data": data}).decode()
