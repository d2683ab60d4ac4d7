"""The running server that the client asks."""

from tests.api.conftest import served_starter  # noqa: F401
