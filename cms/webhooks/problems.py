"""What can go wrong with a message, in the words that an administrator reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Problem(models.TextChoices):
    MALFORMED = (
        "malformed",
        _("An address begins with https:// or http://, names a server, and holds no password."),
    )
    UNKNOWN = "unknown", _("There is no server of this name.")
    PRIVATE = "private", _("This address leads into a private network, where nothing may be sent.")
    UNREACHABLE = "unreachable", _("The server could not be reached.")
    CERTIFICATE = "certificate", _("The server’s certificate is not valid for this address.")
    SLOW = "slow", _("The server did not answer in time.")
    BROKEN = "broken", _("The connection broke before there was an answer.")
    MOVED = "moved", _("The server answered that the address has moved. Please enter the new one.")
    REFUSED = "refused", _("The server answered that it did not take the message.")
    GONE = "gone", _("The server wants no more messages, so the subscriber was switched off.")
    SWITCHED_OFF = "switched-off", _("The subscriber was switched off before this was sent.")


class UnableToSend(Exception):
    """A message that got no answer. `problem` says why."""

    def __init__(self, problem: Problem):
        super().__init__(problem.value)
        self.problem = problem
