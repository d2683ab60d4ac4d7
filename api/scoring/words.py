"""What people are told when something may not happen on a board: a status and a sentence for each reason."""

from django.utils.translation import gettext_lazy as _

from api.scoring.rules import (
    HIGHEST,
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LOWEST,
    MOST_MARKS,
    MOST_NOTES,
    MOST_PEOPLE,
    MOST_ROUNDS,
)

LIMITS = {
    "lowest": LOWEST,
    "highest": HIGHEST,
    "people": MOST_PEOPLE,
    "marks": MOST_MARKS,
    "notes": MOST_NOTES,
    "rounds": MOST_ROUNDS,
    "name": LONGEST_NAME,
    "title": LONGEST_TITLE,
    "text": LONGEST_TEXT,
}
TOO_LONG = _("Write something, of at most {text} characters.")
REASONS = {
    "answer": (400, _("Choose a score from {lowest} to {highest}, or “not yet”, or “not relevant to us”.")),
    "name": (400, _("Choose a name of at most {name} characters, or none.")),
    "title": (400, _("Choose a title of at most {title} characters, or none.")),
    "mark-title": (400, _("Give your own mark a name of at most {title} characters.")),
    "note": (400, TOO_LONG),
    "dissent": (400, TOO_LONG),
    "why": (400, _("Say why in at most {text} characters.")),
    "unreadable": (
        400,
        _("We do not understand this form. Load the page again, and try once more."),
    ),
    "file": (
        400,
        _("This is not the file of a board. Choose the JSON file that was taken away from one."),
    ),
    "not-sure": (400, _("This cannot be taken back. Tick the box if you mean it.")),
    "often": (429, _("That was often, from one network, in a short time. Wait a little, and try again.")),
    "months": (400, _("Choose for how long the board is kept: 3, 12 or 24 months.")),
    "no-marks": (400, _("Choose at least one mark, or add one of your own.")),
    "nothing-written": (400, _("There is no answer on this sheet yet. Fill in at least one.")),
    "no-power": (
        401,
        _("This token has no power over any board. The board is not there any more, or you have left it."),
    ),
    "no-such-round": (404, _("That is not the number of the next round. Load the board again.")),
    "no-such-mark": (404, _("This mark is not on the board.")),
    "not-yours": (404, _("This is not there, or it is somebody else’s.")),
    "gone": (404, _("This board is not there any more, or you have left it.")),
    "no-such-board": (
        404,
        _("No board has this link or code, or it works no more. Ask somebody of the group for it."),
    ),
    "closed": (403, _("The group does not let more people join now. Ask somebody of the group.")),
    "not-keeper": (403, _("Only whoever keeps the board can do this, with the keeper’s link.")),
    "not-participant": (403, _("The keeper’s link is not for scoring. Join the board to take part.")),
    "too-many-people": (409, _("{people} people have joined: more do not fit on one board.")),
    "too-many-marks": (409, _("A board holds at most {marks} marks.")),
    "too-many-notes": (409, _("This board is full: it holds at most {notes} notes. Delete one first.")),
    "too-many-rounds": (409, _("A board holds at most {rounds} rounds. Open a new one.")),
    "nothing-to-show": (409, _("Nobody has answered yet, so there is nothing to show.")),
    "nothing-to-forget": (409, _("There are no single scores of marks that you have agreed on.")),
    "shown": (
        409,
        _("The scores of this round have been shown and stay. Say what you think now beside what is agreed."),
    ),
    "not-shown": (409, _("Show the scores first.")),
    "forgotten": (409, _("The single scores of this mark have been deleted, so no more can be added in this round.")),
    "mark-in-use": (409, _("Somebody has answered for this mark or written something beside it, so it stays.")),
    "conflict": (409, _("Somebody else changed this while you wrote. Nothing is lost: here are both versions.")),
}


def status_of(code: str) -> int:
    """Give the HTTP status for a reason."""
    return REASONS[code][0]


def sentence(code: str) -> str:
    """Give the sentence for a reason, in the language that is active."""
    return str(REASONS[code][1]).format(**LIMITS)
