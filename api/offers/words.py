"""What people read where they offer something: what they can offer, how they can be named, and what is wrong."""

from django.utils.translation import gettext_lazy as _

from api.offers.rules import LONGEST_NAME, LONGEST_TITLE, LONGEST_WORDS, What
from toolkit.consent import Naming

AGREEMENT = _(
    "I agree that this is shown on this site and in print, also in other languages. I can take it back at any time. "
    "These are my own words, or those of somebody who has said yes to all this."
)
KINDS = {
    What.LADDER: _("A ladder: words about what moves a project forward"),
    What.SNAKE: _("A snake: words about what sets a project back"),
    What.OBSERVATION: _("An observation: a thought"),
    What.IDEA: _("An idea: something that a group can do"),
    What.MARK: _("A mark of our own: something that matters in every project"),
}
NAMES = {
    Naming.NOT_NAMED: _("Do not name me"),
    Naming.FULL_NAME: _("By my full name"),
    Naming.FIRST_NAME: _("By my first name only"),
    Naming.ROLE: _("By my role, without a name"),
}
LIMITS = {"words": LONGEST_WORDS, "title": LONGEST_TITLE, "name": LONGEST_NAME}
REASONS = {
    "what": _("Choose what it is."),
    "title": _("Give it a short name, of at most {title} characters."),
    "words": _("Write it down in your own words, with at most {words} characters."),
    "web-address": _("Please leave web addresses out: nobody can see where they will lead. Say it in words."),
    "about": _("This stage or mark is not there any more. Choose another one, or none."),
    "language": _("Choose the language of the words."),
    "naming": _("Choose how you want to be named."),
    "name": _("Write a name or role of at most {name} characters."),
    "name-missing": _("Write the name or role, just as it shall be shown. Or choose “Do not name me”."),
    "name-not-wanted": _(
        "You have written a name, and chosen not to be named. Take the name out, or choose how you want to be named."
    ),
    "consent": _("Tick the box if you agree. Without that, we can show your words to nobody."),
    "website": _("A field that nobody sees was filled in, as programs do. It is empty again: send the form now."),
    "unreadable": _("We do not understand this form. Look through it, and send it once more."),
    "often": _("Much has come from your network in a short time. Your words are still here: send them in a while."),
    "away": _("We cannot keep your words at the moment. They are still here: try again in a minute."),
    "not-sure": _("This cannot be undone. Tick the box if you mean it."),
}


def sentence(reason: str) -> str:
    """Give the sentence for a reason, in the language that is active."""
    return str(REASONS[reason]).format(**LIMITS)
