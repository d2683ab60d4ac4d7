"""Signatures are those of the Standard Webhooks specification, and hold for one body only."""

from base64 import b64decode
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from cms.webhooks.signing import new_secret, signed_headers

MESSAGE = {
    "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "message": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "sent_at": datetime.fromtimestamp(1614265330, UTC),
    "body": '{"test": 2432232314}',
}


def signature(**changed) -> str:
    return signed_headers(**MESSAGE | changed)["webhook-signature"]


def test_signature_is_the_published_one():
    # The example that the libraries of the specification are tested with.
    assert signed_headers(**MESSAGE) == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx"},
        {"message": "msg_p5jXN8AQM9LWM0D4loKWxJeK"},
        {"sent_at": MESSAGE["sent_at"] + timedelta(seconds=1)},
        {"body": '{"test": 2432232315}'},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_signature_changes_with_every_part(changed):
    assert signature(**changed) != signature()


def test_letters_of_all_languages_are_signed():
    body = "Gwrando, الاستماع"
    ours = signature(body=body).removeprefix("v1,")
    assert b64decode(ours) == hmac_of(f"{MESSAGE['message']}.1614265330.{body}".encode())


def hmac_of(text: bytes) -> bytes:
    """Compute the HMAC of a text as RFC 2104 defines it."""
    key = b64decode(MESSAGE["secret"].removeprefix("whsec_")).ljust(64, b"\0")
    inner = sha256(bytes(byte ^ 0x36 for byte in key) + text).digest()
    return sha256(bytes(byte ^ 0x5C for byte in key) + inner).digest()


def test_secrets_are_long_and_differ():
    made = {new_secret() for _number in range(100)}
    assert len(made) == 100
    assert {len(b64decode(secret.removeprefix("whsec_"), validate=True)) for secret in made} == {32}
