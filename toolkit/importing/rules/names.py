"""Whether words are somebody's name."""

import re
from collections.abc import Collection

from toolkit.importing.rules.grammar import IMPERATIVE
from toolkit.importing.rules.patterns import any_of, one_of
from toolkit.importing.rules.roles import JOINING

NAME_WORD = r"(?:[A-Z][\w'’]*[a-z](?:-[A-Z]\w+)*|[A-Z]\.?(?:[A-Z]\.?)?)"
NAME = re.compile(rf"{NAME_WORD}(?: (?:de|da|van|von|al|el|bin|and|&|{NAME_WORD})){{0,4}}")
# First names that are words as well; before another name they are names.
WORDLY_NAME = any_of(
    one_of("mark will may grace hope joy rose bill faith dawn art pat sue rob frank grant ray max penny"),
    one_of("ruby robin ivy iris amber angel dean pearl jade drew miles patience mercy charity summer violet"),
)
# What marks are about, and endings of abstract nouns: a line made of them is a topic, not somebody's name.
TOPIC = one_of(
    "access accessible action agency aim allies ally boundaries budget care carer change clarity clear",
    "co-design co-production comfort commitment common community confidence conflict consent courage",
    "creative credit culture curiosity data decision difference different difficult digital dignity",
    "diverse early easy emotion empathy ending energy equal equality equity ethics event everyone",
    "evidence expense experience fair families family feedback first flexible food freedom friend",
    "friendship fun fund goal good goodbye governance group growth guidance harm health hello help honest",
    "honesty impact inclusive influence information joint justice kindness knowledge language lasting",
    "leader legacy limit lived loss matter meeting mental money mutual need network new online open",
    "openness outcome ownership partner partnership pause pay people personal place plain plan play power",
    "practical practice privacy process progress promise purpose quality question reach reciprocity",
    "record report resource respect rest result review reward right risk role rule safe safety same scope",
    "self shared skill slow small space stories strength structure success support task team tech term",
    "thank time together tool training transparency trauma travel trust truth value view vision voice",
    "welfare wellbeing word work",
)
ABSTRACT = rf"\w+{one_of('ing tion sion ment ness ity ship ance ence ism')}s?"
NO_NAME = any_of(rf"{TOPIC}s?", IMPERATIVE, JOINING, ABSTRACT)


def is_name(text: str, vocabulary: Collection[str]) -> bool:
    """Capitalised words, none of which the page also writes in small letters."""
    words = [word.lower() for word in text.split() if word[:1].isupper()]
    names = words[1:] if len(words) > 1 and WORDLY_NAME.fullmatch(words[0]) else words
    ordinary = any(word in vocabulary or NO_NAME.fullmatch(word) for word in names)
    return bool(NAME.fullmatch(text)) and not ordinary
