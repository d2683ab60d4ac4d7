"""Every word that the widget shows. Its script has none of its own: it gets these, in the language of the page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from api.scoring.services.boards import MONTHS

# `%(name)s` is filled in by the script. No word depends on a number: "People: 5" needs no plural.
WORDS = {
    "title": _("Score these marks"),
    "alone": _("What you choose here stays on this device. Nobody else sees it."),
    "read_more": _("Read about this mark (in a new window)"),
    "how_far": _("How far are you?"),
    "range": _("A number from %(lowest)s to %(highest)s."),
    "lowest": _("not at all"),
    "highest": _("as well as it can be"),
    "not_yet": _("Not yet"),
    "not_relevant": _("Not relevant to us"),
    "clear": _("Clear my score"),
    "saved": _("Saved"),
    "saved_here": _("Saved on this device"),
    "sending": _("Sending…"),
    "not_sent": _("Saved on this device, not sent yet"),
    "not_kept": _("Not sent yet, and this device cannot keep it. Leave this page open."),
    "not_kept_here": _("This device cannot keep it. It is there until you close this page."),
    "no_connection": _("No connection. What you do is kept here, and sent when it is back."),
    "print": _("Print my scores"),
    "download": _("Download my scores (CSV)"),
    "delete_mine": _("Delete my scores from this device"),
    "take_away": _("Take it away"),
    "together": _("Score together"),
    "together_text": _(
        "Score how far you have come, each of you alone first, then look at all the scores together and agree. "
        "Nobody needs an account."
    ),
    "invited": _("You are asked to score together with a group."),
    "have_code": _("Join a board with a code"),
    "code": _("The code of your board: 8 letters and digits"),
    "join": _("Join"),
    "open_new": _("Open a new board"),
    "open": _("Open the board"),
    "board_title": _("A name for the board (if you like)"),
    "name": _("Your name, as the others shall see it (or none)"),
    "name_hint": _("Your scores are shown without your name, together with all the others, when the group says so."),
    "kept_for": _("How long is the board kept?"),
    "no_keeper": _(
        "A board that is opened here has no keeper: nobody can delete it before its day. On our own site, whoever "
        "opens a board can."
    ),
    "our_site": _("Open a board on our own site (in a new window)"),
    "take_along": _("Take along what I have scored here"),
    "round": _("Round %(number)s."),
    "people": _("People: %(number)s."),
    "have_answered": _("Have answered: %(number)s."),
    "answers": _("Answers so far: %(number)s."),
    "answered_here": _("Answers to this mark: %(number)s."),
    "hidden": _("Nobody sees your answer before the group shows all of them."),
    "asked": _("Somebody asks to show the scores now. Is everybody ready?"),
    "asked_by_me": _("You asked to show the scores. They are shown as soon as one more person says yes."),
    "yes_show": _("Yes, show all scores"),
    "few": _("Fewer than three people have answered, so you may be able to guess whose score is whose."),
    "ready": _("Ready?"),
    "how_to_show": _(
        "When all have answered, ask to show the scores. A second person has to say yes. After that, scores stay as "
        "they are."
    ),
    "show_alone": _("You are alone on this board: your scores are shown at once, and stay as they are."),
    "show": _("Show the scores"),
    "shown": _("The scores are shown now."),
    "different_first": _("Your scores, the most different first"),
    "marks": _("The marks"),
    "own_mark": _("A mark of your own"),
    "what_else": _("What else matters in your project?"),
    "add": _("Add it"),
    "take_off": _("Take this mark off the board"),
    "invite": _("Let others in"),
    "join_link": _("Anybody with this link can take part, in their own language:"),
    "pass_on": _("Send or copy this link"),
    "copied": _("The link is copied. You can paste it where you like."),
    "by_hand": _("That is not possible here. Press and hold the link, or right-click it, to copy it."),
    "or_code": _("Or with this code:"),
    "new_code": _("Make a new code"),
    "close": _("Let nobody else in"),
    "closed": _("Nobody else can join now."),
    "reopen": _("Let others in again"),
    "who": _("Who is here"),
    "nameless": _("Somebody without a name"),
    "you": _("(you)"),
    "page_to_print": _("A page to print, with pictures"),
    "xlsx": _("A spreadsheet (XLSX)"),
    "csv": _("A table as text (CSV)"),
    "json": _("A file that brings the board back, here or on another server (JSON)"),
    "own_page": _("Open this board on its own page (in a new window)"),
    "yours": _("You, and the end"),
    "my_name": _("Your name, as the others see it (or none)"),
    "change": _("Change"),
    "kept_until": _("The board is kept until %(day)s. From today, keep it for"),
    "ends_soon": _(
        "This board ends on %(day)s, and all on it is deleted then. Take the results away, or keep it longer, below."
    ),
    "longer": _("Keep it longer"),
    "leave_sure": _("Yes, delete my answers and all that I wrote here, and let me leave"),
    "leave": _("Delete my answers"),
    "notes": _("Snakes, ladders and what to do"),
    "notes_hidden": _("Until the scores are shown, only you see what you write here. Then the whole group does."),
    "what_is_it": _("What is it?"),
    "a_ladder": _("A ladder: it moves us forward"),
    "a_snake": _("A snake: it sets us back"),
    "an_action": _("Something to do"),
    "ladder": _("Ladder"),
    "snake": _("Snake"),
    "action": _("To do"),
    "few_words": _("In a few words"),
    "delete": _("Delete"),
    "all_scores": _("All your scores"),
    "nobody": _("Nobody gave this mark a score."),
    "from_to": _("From %(lowest)s to %(highest)s"),
    "not_yet_count": _("not yet:"),
    "not_relevant_count": _("not relevant:"),
    "forgotten": _("single scores deleted"),
    "answer": _("Answer"),
    "agree": _("What do you agree on?"),
    "agree_score": _("The score that you agree on"),
    "why": _("Why?"),
    "keep_agreed": _("Keep this as agreed"),
    "agreed": _("Agreed:"),
    "dissent": _("Some of us would say something else"),
    "dissent_score": _("Some of us would say (a number from 1 to 10, or none)"),
    "because": _("because"),
    "keep_beside": _("Keep this beside it"),
    "then": _("Round %(number)s:"),
    "not_agreed": _("from %(lowest)s to %(highest)s, not agreed"),
    "wording_changed": _("The text of this mark has changed since"),
    "come_back": _("Come back later"),
    "come_back_text": _(
        "In some months, open this page again and start a new round with the same marks. You will see then and now "
        "side by side."
    ),
    "new_round": _("Start a new round"),
    "forget_title": _("Forget single scores"),
    "forget_text": _(
        "Of each mark that you have agreed on, the dots are deleted. What you agreed, and the lowest and highest "
        "score, stay."
    ),
    "forget_sure": _("Yes, delete the single scores"),
    "forget": _("Forget"),
    "sure": _("This cannot be taken back. Tick the box if you mean it."),
    "choose": _("Choose a score first."),
    "conflict": _("Somebody else changed this while you wrote. Nothing is lost: here are both versions."),
    "theirs": _("This is what stands there now:"),
    "mine": _("This is what you wrote:"),
    "keep_mine": _("Put mine in its place"),
    "keep_theirs": _("Leave it as it is"),
    "seen": _("I have read this"),
    "failed": _("This did not work. Wait a little, and try again."),
    "gone": _("This board is not here"),
    "gone_text": _(
        "It was deleted, its time was over, the link was replaced, or somebody else has taken over this device. Ask "
        "somebody of your group for a new link."
    ),
    "alone_again": _("Score alone"),
    "needs_review": _(
        "A computer translated the menus, labels and headings of this site. Someone who speaks the language has not "
        "checked them yet."
    ),
}


def words() -> dict[str, str]:
    """Give every word of the widget, in the language that is active."""
    return {name: str(word) for name, word in WORDS.items()}


def months() -> list[dict]:
    """Give for how long a board can be kept: the number of months, and the same in words."""
    return [
        {"number": n, "words": ngettext("%(number)s month", "%(number)s months", n) % {"number": n}} for n in MONTHS
    ]
