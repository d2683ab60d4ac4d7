"""The signature of a message, in the form of the Standard Webhooks specification.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from datetime import datetime

PREFIX = "whsec_"
# The specification asks for 24 to 64 bytes; SHA-256 gains nothing from more than 32.
SECRET_BYTES = 32


def new_secret() -> str:
    """Make a secret of 256 random bits, as `whsec_` and Base64."""
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed_headers(*, secret: str, message: str, sent_at: datetime, body: str) -> dict[str, str]:
    """Give the three headers that let a receiver check who sent a body, and when.

    `message` is the same at every attempt, so that a receiver can tell a repetition; `sent_at` is not.
    """
    timestamp = str(int(sent_at.timestamp()))
    key = b64decode(secret.removeprefix(PREFIX), validate=True)
    signed = hmac.digest(key, f"{message}.{timestamp}.{body}".encode(), hashlib.sha256)
    return {
        "webhook-id": message,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{b64encode(signed).decode()}",
    }
