"""What pages usually call their parts and the parts of a mark."""

import re

from toolkit.importing.rules.patterns import any_of

MARKS = any_of(
    r"(?:\w+[:–-] ?)?(?:the |our |your |key |all |these )?(?:\w+ )?marks\b(?: of (?:\w+ )?co-?production)?"
    r"(?:,? (?:for|in|at|when|of|to) .{1,40})?"
)
OPENING = any_of(
    r"introduction|intro|overview|background|welcome|about this (?:page|stage|section|tool|toolkit|guide)",
    r"before you (?:start|begin)|how to use (?:this|the) .{3,30}|using this (?:tool|toolkit|page|guide)",
    r"getting started|who (?:this|it) is for|the (?:four )?stages",
)
CLOSING = any_of(
    r"(?:in )?conclusions?|references|further (?:reading|information|resources|help)|bibliography|sources",
    r"useful (?:links|resources|contacts)|related (?:pages|reading|content)|(?:foot)?notes|summary",
    r"acknowledge?ments|credits|thank yous?|with thanks|find out more|more information",
    r"about (?:the|this) (?:authors?|project)",
)
# Parts of a mark under which may stand people's words or ours.
EITHER = any_of(r"snakes?|ladders?|observations?|examples?|(?:a )?case stud(?:y|ies)")
VOICES = any_of(
    r"(?:lived[ -]experience )?(?:quotes|voices)|(?:in )?(?:their|our|people's) (?:own )?words",
    r"what (?:people|others|co-producers|we) (?:said|say|told us|heard)|from experience",
)
WITHIN = any_of(r"(?:top )?tips|explanation|in practice", EITHER.pattern)


def is_part(text: str) -> bool:
    """Whether a heading names a part of the page or of a mark, and so is no title of a mark."""
    return any(is_called(names, text) for names in (OPENING, CLOSING, VOICES, WITHIN, MARKS))


def is_called(names: re.Pattern[str], text: str) -> bool:
    """Whether a heading is one of these names."""
    return bool(names.fullmatch(text.rstrip(":")))
