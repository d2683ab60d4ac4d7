"""Every word of the booklet that is not of its documents."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "contents": _("Contents"),
    "tip": _("Tip"),
    "note": _("Note"),
    "idea": _("Idea to try"),
    "questions": _("Four questions for your group"),
    "ideas": _("Ideas for this mark"),
    "origin": _("Where this idea comes from"),
    "language": _("Language:"),
    "changed": _("Last changed:"),
    "online": _("On the web:"),
    "not_named": _("Shared by someone who prefers not to be named"),
    "illustrative": _("Illustrative: written for this toolkit, nobody’s own words"),
}
QUOTE_KIND_WORDS = {"snake": _("Snake"), "ladder": _("Ladder"), "observation": _("Observation")}
IDEA_KIND_WORDS = {
    "activity": _("Activity"),
    "icebreaker": _("Icebreaker"),
    "creative-method": _("Creative method"),
    "example": _("Example"),
    "report": _("Report"),
    "template": _("Template"),
}
SETTING_WORDS = {"in-person": _("In person"), "online": _("Online"), "either": _("In person or online")}


def words() -> dict[str, str]:
    """Give the words in the language that is active."""
    return {name: str(word) for name, word in WORDS.items()}
