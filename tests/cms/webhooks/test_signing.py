"""Signatures are those of the Standard Webhooks specification, and hold for one body only."""

import subprocess
from base64 import b64decode
from datetime import UTC, datetime, timedelta

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
    key = b64decode(MESSAGE["secret"].removeprefix("whsec_")).hex()
    signed = f"{MESSAGE['message']}.1614265330.Gwrando, الاستماع".encode()
    command = ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{key}", "-hex"]
    independent = subprocess.run(command, input=signed, capture_output=True, check=True).stdout.decode().split()[-1]
    ours = signature(body="Gwrando, الاستماع").removeprefix("v1,")
    assert b64decode(ours).hex() == independent


def test_secrets_are_long_and_differ():
    made = {new_secret() for _number in range(100)}
    assert len(made) == 100
    assert {len(b64decode(secret.removeprefix("whsec_"), validate=True)) for secret in made} == {32}
