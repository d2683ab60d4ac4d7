"""Logs without tokens: an address that fails is written into the log, and whoever reads it could open the page."""

import logging
import re

TOKEN = re.compile(
    r"(/draft/|/api/v1/drafts/|/score/(?:board|join|keep)/|/give/|/admin/invitation/|/password_reset/confirm/[^/]+/)"
    r"[^/\s?\"']+"
)


class MaskedFormatter(logging.Formatter):
    """Formats a record as usual, with stars in the place of the token of a shared draft, a board or an offer."""

    def format(self, record):
        return TOKEN.sub(r"\1***", super().format(record))
