"""What a paragraph can be, in words. English ones begin with different letters: a letter chooses from a list."""

from django.utils.translation import gettext_lazy as _

TITLE, MARK, SUBHEADING, EXPLANATION, QUOTE = "heading", "mark-title", "subheading", "explanation", "quote"
EXAMPLE, TIP, NOTE, CREDIT, JOIN, LEFT_OUT = "example", "tip", "note", "credit", "join", "left-out"

KINDS = [
    (EXPLANATION, _("Explanation")),
    (QUOTE, _("Quote: what somebody said")),
    (MARK, _("Mark: its title")),
    (CREDIT, _("Credit: who said it")),
    (NOTE, _("Note")),
    (TIP, _("Tip")),
    (EXAMPLE, _("Idea: an example for the Lake of ideas")),
    (SUBHEADING, _("Heading in the text")),
    (TITLE, _("Page title: names the stage")),
    (JOIN, _("With the paragraph above: it goes on from there")),
    (LEFT_OUT, _("Leave it out")),
]
# What a credit can name the speaker of.
CREDITED = (QUOTE, EXAMPLE, EXPLANATION)

DOUBTS = {
    "kind": _("We are not sure what this is."),
    "mark": _("Does a new mark begin here? Its title may have been lost."),
    "credit": _("We are not sure that this says who spoke."),
}
WHY_LEFT_OUT = {
    "furniture": _("Links and other words of a web page"),
    "prompt": _("One of the four questions, which the home page keeps"),
    TITLE: _("A heading that only names a part of the page"),
    LEFT_OUT: _("Left out by you"),
    "title": _("A title of the page: you chose the stage yourself, or there was one before"),
    "credit": _("A credit without words that it belongs to"),
}
