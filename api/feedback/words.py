"""What readers are told where something is wrong with what they say of a page."""

from django.utils.translation import gettext_lazy as _

from api.feedback.rules import LONGEST_WORDS

REASONS = {
    "clear": _("Press one of the two buttons."),
    "words": _(
        "Write down what was hard, with at most {longest} characters. Or go back to the page: your answer counts."
    ),
    "web-address": _("Please leave web addresses out: nobody can see where they will lead. Say it in words."),
    "website": _("A field that nobody sees was filled in, as programs do. It is empty again: send the form now."),
    "back": _("This answer cannot be taken back any more. Nobody can tell any longer which one is yours."),
    "often": _("Much has come from your network in a short time. Nothing is lost: try again in a while."),
    "away": _("We cannot keep your answer at the moment. Nothing is lost: try again in a minute."),
}


def sentence(reason: str) -> str:
    """Give the sentence for a reason, in the language that is active."""
    return str(REASONS[reason]).format(longest=LONGEST_WORDS)
