"""The signals of somebody speaking."""

from toolkit.importing.rules.grammar import ADVERB, ALWAYS_PAST, ELSE_PAST, HAVE_DONE, START
from toolkit.importing.rules.patterns import any_of, one_of
from toolkit.importing.rules.signals import Signal

WE = r"(?:we|our (?:group|team|project|meetings?|board|panel|worker|lead))"
BRACKETS = r"\[(?!\d|opens|pdf|link|video|image)[^\]]*[a-z][^\]]*\](?!\()"

SPEAKING = (
    Signal(
        "tells what we did",
        any_of(
            rf"\b{WE} {ADVERB}(?:{ALWAYS_PAST}|{ELSE_PAST})\b(?!')",
            rf"\bwe(?:'d| used to| ended up| should {HAVE_DONE})\b",
        ),
        3,
        1,
    ),
    Signal(
        "tells what we do",
        any_of(r"\bwe(?:'ve|'re)\b(?! all)|\bwe (?:always|usually|often|never|sometimes|start|meet)\b"),
        1,
        1,
    ),
    Signal("speaks of our own group", any_of(r"\bour (?:group|team|project|first|last|own|meetings?)\b"), 1),
    Signal("has an editor's brackets", any_of(BRACKETS), 3),
    Signal(
        "opens like a story",
        any_of(
            r"^(?:this was|when (?:i|we|our|my)|there (?:was|were)|it was|at first|in our|for us|once,)\b",
            r"^(?:one (?:thing|of the things|time|day|person)|some of us|sometimes you)\b",
            r"^the (?:first time|thing is)\b",
            r"^(?:some|the|a|every) \w+ (?:i|we)(?:'ve|'d)?\b",
            r"^(?:yes|no|yeah|nah|well|oh|look|honestly)\b[,.!]",
            r"^(?:snake|ladder|observation|quote)s?: ",
        ),
        2,
    ),
    Signal(
        "places it in time",
        any_of(
            r"\b(?:one day|at first|in the end|at the time|last (?:year|week|month|time)|years ago)\b",
            r"\bthat (?:day|afternoon|morning|evening|night)\b|\b(?:the other day|back then|by the end)\b",
            r"\b(?:afterwards|for about an?|straight away|from then on|to this day)\b",
        ),
        2,
    ),
    Signal("speaks of him or her", any_of(r"(?<!or )\b(?:she|he|him|her|hers|his)\b(?! or)"), 2),
    Signal(
        "has spoken words",
        any_of(
            r"\b(?:kind of|sort of|you know|to be (?:honest|fair)|loads of|a bit|a lot of|hang on)\b",
            rf"\b{one_of('actually basically honestly stuff yeah incredible amazing lovely brilliant')}\b",
            r"\b(?:massive|massively|rubbish|daft|cos|okay|let's)\b",
            r"\bit'(?:s|d) (?:just|about|like|so|been|all)\b|\bthat's (?:a|it|the|what|why|when|how|not)\b",
            rf"{START}(?:like|not|because|and|but|so|no|which|or)\b|(?<=[nt]'t) just\b",
        ),
        1,
        1,
        3,
    ),
    Signal(
        "tells you how it is",
        any_of(
            r"^if (?:you're|you've|you)\b|\bsometimes you\b|\bsay your\b|\byou'(?:d|ll|ve|re)\b",
            r"\byou (?:get|feel|think|end|turn|walk|sit|never|can't|have)\b",
        ),
        1,
    ),
)
