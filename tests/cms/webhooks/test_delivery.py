"""What waits is delivered once, tried again when it fails, and nobody waits for somebody else."""

import base64
import hashlib
import hmac
import logging
import textwrap
import time
from datetime import UTC, datetime, timedelta
from threading import Event
from time import monotonic

import pytest
from django.conf import settings

from cms.webhooks import delivery as delivering
from cms.webhooks.announce import announce, announce_test
from cms.webhooks.delivery import Sender, claim, forget_old, send_again, send_due
from cms.webhooks.models import Delivery, State, Subscriber
from cms.webhooks.problems import Problem
from cms.webhooks.retries import WAITS
from tests.cms.webhooks.receivers import silence

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
RELEASE = {"release": 42, "parent": 41, "created_at": "2026-11-24T10:00:00Z", "changes": []}
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def private_is_allowed(settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True


@pytest.fixture
def sender():
    """A sender of the test's own, whose threads have ended when the next test begins.

    Name it before `receiver` where receivers never answer: they are then closed first, and the threads need not wait.
    """
    sender = Sender()
    yield sender
    sender.threads.shutdown()


@pytest.fixture
def send(sender):
    """Sends what is due at a moment, and waits for all of it."""
    return lambda now=NOW: sender.send_due(now=now, patience=30)


@pytest.fixture
def held(receiver):
    """A receiver that answers 500, but not before `let_go` is called."""
    gate = Event()

    def answer(handler):
        gate.wait(30)
        handler.reply(500)

    server = receiver(answer)
    server.let_go = gate.set
    yield server
    gate.set()


def subscribe(url: str) -> Subscriber:
    return Subscriber.objects.create(url=url)


def waiting(subscriber: Subscriber, now: datetime = NOW) -> Delivery:
    """Make a message that is due."""
    return announce_test(subscriber=subscriber, now=now)


def outcome(delivery: Delivery) -> tuple:
    delivery.refresh_from_db()
    return delivery.state, delivery.attempts, delivery.status, delivery.problem


def shown_check():
    """Give the function that the documentation shows to receivers."""
    page = (settings.BASE_DIR / "docs" / "webhooks.md").read_text(encoding="utf-8")
    code = page.split("without one:\n")[1].split("\n\n## ")[0]
    known = {}
    exec(textwrap.dedent(code), known)
    return known["is_ours"]


def test_message_is_delivered(receiver, send):
    server = receiver()
    delivery = waiting(subscribe(server.url()))
    assert send() == 1
    assert outcome(delivery) == (State.DELIVERED, 1, 200, "")
    assert (delivery.tried_at, delivery.ended_at) == (NOW, NOW)
    assert send() == 0
    assert [message.body.decode() for message in server.received] == [delivery.body]


def test_announced_release_is_sent(receiver):
    server = receiver()
    subscribe(server.url())
    announce(RELEASE)
    assert send_due(now=datetime.now(UTC), patience=30) == 1
    assert Delivery.objects.get().state == State.DELIVERED
    assert len(server.received) == 1


def test_signature_verifies(receiver, send):
    server = receiver()
    subscriber = subscribe(server.url())
    waiting(subscriber)
    send()
    [message] = server.received
    signed = f"{message.headers['webhook-id']}.{int(NOW.timestamp())}.".encode() + message.body
    key = base64.b64decode(subscriber.secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert message.headers["webhook-signature"] == f"v1,{expected}"
    assert message.headers["webhook-timestamp"] == str(int(NOW.timestamp()))


def test_shown_check_tells_true_from_tampered(receiver, send, monkeypatch):
    server, is_ours = receiver(), shown_check()
    subscriber = subscribe(server.url())
    waiting(subscriber)
    send()
    [message] = server.received
    monkeypatch.setattr(time, "time", NOW.timestamp)
    assert is_ours(subscriber.secret, message.headers, message.body)
    assert not is_ours(subscriber.secret, message.headers, message.body + b" ")
    assert not is_ours(Subscriber().secret, message.headers, message.body)
    monkeypatch.setattr(time, "time", (NOW + timedelta(minutes=10)).timestamp)
    assert not is_ours(subscriber.secret, message.headers, message.body)


def test_failed_message_is_tried_again(receiver, send):
    server = receiver([500, 200])
    delivery = waiting(subscribe(server.url()))
    send()
    assert outcome(delivery) == (State.WAITING, 1, 500, Problem.REFUSED)
    assert WAITS[0] <= delivery.next_at - NOW <= WAITS[0] * 1.2
    assert send(NOW + 4 * SECOND) == 0
    assert send(NOW + 7 * SECOND) == 1
    assert outcome(delivery) == (State.DELIVERED, 2, 200, "")
    first, second = server.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]


def test_refused_connection_is_tried_again(receiver, send, closed_port):
    subscriber = subscribe(f"http://127.0.0.1:{closed_port}/")
    delivery = waiting(subscriber)
    send()
    assert outcome(delivery) == (State.WAITING, 1, None, Problem.UNREACHABLE)
    Subscriber.objects.update(url=receiver().url())
    send(NOW + 7 * SECOND)
    assert outcome(delivery) == (State.DELIVERED, 2, 200, "")


def test_message_fails_after_a_day(receiver, send):
    server = receiver(500)
    delivery, moment = waiting(subscribe(server.url())), NOW
    while delivery.state == State.WAITING:
        assert send(moment) == 1
        delivery.refresh_from_db()
        moment = delivery.next_at
    assert outcome(delivery) == (State.FAILED, 9, 500, Problem.REFUSED)
    assert len(server.received) == 9
    assert timedelta(hours=22) < delivery.ended_at - NOW < timedelta(hours=30)
    assert send(moment + DAY) == 0


def test_retries_do_not_come_all_at_once(closed_port, send):
    for number in range(10):
        waiting(subscribe(f"http://127.0.0.1:{closed_port}/{number}"))
    send()
    assert len(set(Delivery.objects.values_list("next_at", flat=True))) > 5


def test_gone_switches_the_subscriber_off(receiver, send):
    server = receiver(410)
    subscriber = subscribe(server.url())
    first, second = waiting(subscriber), waiting(subscriber, NOW + SECOND)
    send()
    assert outcome(first) == (State.FAILED, 1, 410, Problem.GONE)
    subscriber.refresh_from_db()
    assert not subscriber.active
    send(NOW + SECOND)
    assert outcome(second) == (State.FAILED, 0, None, Problem.SWITCHED_OFF)
    assert len(server.received) == 1


def test_address_is_checked_at_sending(receiver, send, names, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = False
    server = receiver()
    # The name led elsewhere when it was entered.
    names["moved.example"] = ["127.0.0.1"]
    delivery = waiting(subscribe(server.url("moved.example")))
    send()
    assert outcome(delivery) == (State.WAITING, 1, None, Problem.PRIVATE)
    assert server.received == []


def test_slow_subscribers_delay_nobody(sender, receiver):
    quick = receiver()
    slow = [waiting(subscribe(receiver(silence).url())) for _number in range(5)]
    subscriber = subscribe(quick.url())
    deliveries = [waiting(subscriber) for _number in range(3)]
    begun = monotonic()
    assert sender.send_due(now=NOW, patience=0.5) == 3
    assert monotonic() - begun < 3
    assert {outcome(delivery)[0] for delivery in deliveries} == {State.DELIVERED}
    # While those are still on their way, the next message to the quick one goes out.
    later = waiting(subscriber)
    assert sender.send_due(now=NOW, patience=0.5) == 1
    assert outcome(later)[0] == State.DELIVERED
    assert {outcome(message)[:2] for message in slow} == {(State.WAITING, 1)}


def test_caller_is_not_held_up(sender, receiver):
    for _number in range(3):
        waiting(subscribe(receiver(silence).url()))
    begun = monotonic()
    for seconds in range(3):
        sender.send_due(now=NOW + seconds * SECOND)
    assert monotonic() - begun < 2


def test_slow_answer_is_recorded_by_a_later_call(held, sender):
    delivery = waiting(subscribe(held.url()))
    assert sender.send_due(now=NOW, patience=0) == 0
    assert outcome(delivery) == (State.WAITING, 1, None, "")
    held.let_go()
    assert sender.send_due(now=NOW + SECOND, patience=30) == 1
    assert outcome(delivery) == (State.WAITING, 1, 500, Problem.REFUSED)


def test_many_messages_of_one_leave_room(sender, receiver):
    busy = subscribe(receiver(silence).url())
    for _number in range(delivering.THREADS + 5):
        waiting(busy, NOW - SECOND)
    delivery = waiting(subscribe(receiver().url()))
    assert sender.send_due(now=NOW, patience=0.5) == 1
    assert outcome(delivery)[0] == State.DELIVERED
    assert Delivery.objects.filter(subscriber=busy, attempts=1).count() == 1


def test_new_messages_go_before_retries(receiver, send, monkeypatch):
    monkeypatch.setattr(delivering, "THREADS", 1)
    arrived = []
    first, second = (receiver(lambda handler, name=name: note(handler, name)) for name in ("retry", "new"))

    def note(handler, name):
        arrived.append(name)
        handler.reply(200)

    waiting(subscribe(first.url()), NOW - DAY)
    Delivery.objects.update(attempts=3)
    waiting(subscribe(second.url()))
    assert send() == 2
    assert arrived == ["new", "retry"]


def test_only_one_sender_gets_a_message():
    delivery = waiting(subscribe("https://one.example/"))
    seen = [Delivery.objects.get(pk=delivery.pk) for _sender in range(2)]
    assert [claim(delivery=found, now=NOW) for found in seen] == [True, False]
    assert outcome(delivery)[:2] == (State.WAITING, 1)


def test_message_of_a_dead_sender_is_due_again(receiver, send):
    delivery = waiting(subscribe(receiver().url()))
    assert claim(delivery=Delivery.objects.get(pk=delivery.pk), now=NOW)
    assert send(NOW + timedelta(minutes=4)) == 0
    assert send(NOW + timedelta(minutes=6)) == 1
    assert outcome(delivery) == (State.DELIVERED, 2, 200, "")


@pytest.mark.parametrize("state", [State.WAITING, State.DELIVERED])
def test_late_answer_does_not_count(held, sender, state):
    delivery = waiting(subscribe(held.url()))
    sender.send_due(now=NOW, patience=0)
    # Meanwhile another process took the message for abandoned: it is sending it, or has done so.
    Delivery.objects.update(state=state, attempts=2, status=202, next_at=NOW + DAY)
    held.let_go()
    assert sender.send_due(now=NOW, patience=30) == 1
    assert outcome(delivery) == (state, 2, 202, "")


def test_message_deleted_meanwhile_is_no_trouble(held, sender):
    subscriber = subscribe(held.url())
    waiting(subscriber)
    sender.send_due(now=NOW, patience=0)
    subscriber.delete()
    held.let_go()
    assert sender.send_due(now=NOW, patience=30) == 1
    assert not Delivery.objects.exists()


def test_broken_secret_spares_the_others(receiver, send):
    broken, whole = (waiting(subscribe(receiver().url())) for _number in range(2))
    Subscriber.objects.filter(pk=broken.subscriber_id).update(secret="whsec_!")
    assert send() == 2
    assert outcome(broken) == (State.WAITING, 1, None, Problem.BROKEN)
    assert outcome(whole)[0] == State.DELIVERED


def test_log_holds_neither_secret_nor_body(receiver, send, caplog):
    caplog.set_level(logging.DEBUG)
    servers = [receiver(), receiver(500)]
    subscribers = [subscribe(server.url(path="/hook/address-needle")) for server in servers]
    announce({**RELEASE, "changes": [{"title": "body-needle"}]})
    Delivery.objects.update(next_at=NOW)
    # A secret that cannot be decoded: the error is logged, too.
    subscribers.append(subscribe("https://one.example/"))
    Subscriber.objects.filter(pk=subscribers[2].pk).update(secret="whsec_secret-needle")
    waiting(subscribers[2])
    assert send() == 3
    assert "Message msg_" in caplog.text
    assert "needle" not in caplog.text
    assert [subscriber for subscriber in subscribers if subscriber.secret[6:] in caplog.text] == []


@pytest.mark.parametrize("state", [State.DELIVERED, State.FAILED])
def test_ended_message_is_sent_again(receiver, send, state):
    server = receiver()
    delivery = waiting(subscribe(server.url()))
    Delivery.objects.update(state=state, attempts=9, status=500, problem=Problem.REFUSED, ended_at=NOW - DAY)
    assert send_again(delivery=delivery, now=NOW)
    assert outcome(delivery) == (State.WAITING, 0, None, "")
    assert send() == 1
    assert outcome(delivery) == (State.DELIVERED, 1, 200, "")
    assert server.received[0].headers["webhook-id"] == delivery.message


def test_waiting_message_need_not_wait(receiver, send):
    delivery = waiting(subscribe(receiver([500, 500, 200]).url()))
    send()
    assert outcome(delivery)[:2] == (State.WAITING, 1)
    assert send_again(delivery=delivery, now=NOW)
    send()
    assert outcome(delivery)[:2] == (State.WAITING, 1)
    assert send_again(delivery=delivery, now=NOW)
    send()
    assert outcome(delivery)[0] == State.DELIVERED


def test_message_under_way_is_not_sent_twice():
    delivery = waiting(subscribe("https://one.example/"))
    Delivery.objects.update(attempts=3, problem=Problem.REFUSED)
    assert claim(delivery=Delivery.objects.get(pk=delivery.pk), now=NOW)
    assert not send_again(delivery=delivery, now=NOW + SECOND)
    assert outcome(delivery)[:2] == (State.WAITING, 4)
    assert send_again(delivery=delivery, now=NOW + DAY)


def test_old_messages_are_forgotten():
    subscriber = subscribe("https://one.example/")
    for state in (State.DELIVERED, State.FAILED):
        for days in (29, 31):
            waiting(subscriber)
            Delivery.objects.filter(state=State.WAITING).update(state=state, ended_at=NOW - days * DAY)
    waiting(subscriber, NOW - 60 * DAY)
    assert forget_old(now=NOW) == 2
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["delivered", "failed", "waiting"]
    assert forget_old(now=NOW) == 0
