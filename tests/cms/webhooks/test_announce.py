"""A release is made ready for every active subscriber, and nothing goes over the network meanwhile."""

import json
import socket
from datetime import UTC, datetime

import pytest

from cms.webhooks.announce import announce, announce_test
from cms.webhooks.models import Delivery, State, Subscriber

pytestmark = pytest.mark.django_db

CHANGE = {"change": "changed", "type": "mark", "locale": "cy", "title": "Gwrando", "path": "/cy/process/listening/"}
RELEASE = {"release": 42, "parent": 41, "created_at": "2026-11-24T10:00:00Z", "changes": [CHANGE]}


def test_each_active_subscriber_gets_one():
    wanted = {Subscriber.objects.create(url=f"https://{name}.example/") for name in ("one", "two")}
    Subscriber.objects.create(url="https://off.example/", active=False)
    assert announce(RELEASE) == 2
    assert {delivery.subscriber for delivery in Delivery.objects.all()} == wanted
    assert len({delivery.message for delivery in Delivery.objects.all()}) == 2


def test_nobody_to_tell_is_no_trouble():
    assert announce(RELEASE) == 0


def test_body_holds_the_whole_release():
    Subscriber.objects.create(url="https://one.example/")
    announce(RELEASE)
    delivery = Delivery.objects.get()
    assert json.loads(delivery.body) == {"type": "release", "timestamp": "2026-11-24T10:00:00Z", "data": RELEASE}
    assert (delivery.release, delivery.state, delivery.attempts) == (42, State.WAITING, 0)


def test_test_message_says_it_is_one():
    subscriber = Subscriber.objects.create(url="https://one.example/")
    delivery = announce_test(subscriber=subscriber, now=datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
    assert json.loads(delivery.body) == {"type": "test", "timestamp": "2026-11-24T10:00:00Z", "data": {}}
    assert delivery.release is None


def test_dead_subscriber_does_not_delay(monkeypatch):
    def no_network(*arguments, **options):
        raise AssertionError("announcing went over the network")

    Subscriber.objects.create(url="https://dead.example/")
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    monkeypatch.setattr(socket.socket, "connect", no_network)
    assert announce(RELEASE) == 1


def test_announcing_to_many_takes_two_queries(django_assert_num_queries):
    for number in range(20):
        Subscriber.objects.create(url=f"https://example.org/{number}")
    with django_assert_num_queries(2):
        announce(RELEASE)


def test_subscribers_have_secrets_of_their_own():
    made = [Subscriber.objects.create(url="https://one.example/") for _number in range(2)]
    assert made[0].secret != made[1].secret
    assert all(subscriber.secret.startswith("whsec_") for subscriber in made)
