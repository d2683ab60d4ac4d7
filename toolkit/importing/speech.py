"""How a passage is recognised as somebody speaking, and a line as saying who spoke."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

THRESHOLD = 2
# Teaching never takes away more than this: a person may well say "I think you should …".
MOST_TEACHING = -4
# A passage is judged by its beginning, so that a whole book on one line takes no longer than a page.
HEARD_CHARACTERS = 3000


@dataclass(frozen=True)
class Voice:
    """How far a passage sounds like somebody speaking: at THRESHOLD or above it does."""

    score: int
    why: tuple[str, ...]
    spoken: bool = False
    taught: bool = False


class Signal(NamedTuple):
    """A sign that somebody speaks (weight above 0) or that a toolkit teaches (below 0)."""

    why: str
    pattern: re.Pattern[str]
    weight: int
    more: int = 0  # what a second hit adds
    most: int = 2  # hits beyond this number add nothing


def any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def one_of(*words: str) -> str:
    return f"(?:{'|'.join(' '.join(words).split())})"


# ── Somebody speaking ────────────────────────────────────────────────────────────────────────────

START = r"(?:^|(?<=[.!?…] ))"  # of a sentence
# Forms that are always past, and forms that are past only after a subject ("we made", not "is made").
ALWAYS_PAST = one_of(
    "was were wasn't weren't had hadn't did didn't went got came took gave knew began ran wrote chose saw"
    " spoke grew drew couldn't sat stood broke agreed"
)
ELSE_PAST = one_of(
    "made said told felt thought brought found kept spent met held lost left built sent paid heard meant"
    r" taught learnt led put set won could \w+[^e]ed"
)
# "We should have asked" tells of the past, "everyone should have a say" does not.
DONE = one_of("been had done made gone known said told seen taken given got thought")
HAVE_DONE = rf"have (?:\w+ed|{DONE})"
DESCRIBING = one_of("involved affected based needed required concerned related interested experienced")
ADVERB = rf"(?:{one_of('also all both just only then even still never always first soon once')} |\w+ly )?"
WE = r"(?:we|our (?:group|team|project|meetings?|board|panel|worker|lead))"
SUBJECT = one_of("we they she he it i people everyone everybody someone somebody nobody")
PAST = any_of(
    rf"(?<!what )(?<!that )(?<!which )(?<!who )(?<!'ve )(?<!have )(?<!has )\b{ALWAYS_PAST}\b",
    rf"\b(?:{SUBJECT}|one \w+) {ADVERB}(?!{DESCRIBING}\b){ELSE_PAST}\b(?!')",
    rf"(?:{START}|, |\b{one_of('and but so when because then that')} )"
    rf"(?:the|our|an?|my) \w+ {ADVERB}(?!{DESCRIBING}\b){ELSE_PAST}\b(?!')",
)
FIRST_PERSON = re.compile(r"\b(?:I(?:'(?:m|ve|d|ll))?|[Mm]e|[Mm]y|[Mm]yself|[Mm]ine)\b")
CONTRACTION = re.compile(r"\w'(?:t|s|ve|re|ll|d)\b")

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

# ── A toolkit teaching ───────────────────────────────────────────────────────────────────────────

IMPERATIVE = one_of(
    "make think consider try be ask check keep remember ensure give offer use plan agree set take talk look"
    " find share include provide avoid allow encourage build decide invite let start write work create listen"
    " do don't never always bring choose celebrate reflect review tell thank pay leave hold involve recognise"
    " respect value support explain discuss explore identify focus aim aspire record return revisit see send"
    " show speak spend stay stop turn welcome put read draw name notice"
)
MATTERING = one_of("vital important essential crucial useful helpful worth key")
FRAGMENT = rf"{START}(?!{IMPERATIVE}\b)[\w'-]+(?: [\w'-]+){{0,2}}[.!](?=\s|$)"

TEACHING = (
    Signal(
        "tells the group what to do",
        any_of(
            rf"{START}(?:{one_of('then also instead ideally please')},? )?{IMPERATIVE}\b(?![,'])",
            rf"{START}{one_of('where when if before after once as')} [^,.!?]+, (?:{IMPERATIVE}|say)\b",
        ),
        -2,
        -1,
    ),
    Signal("says what should be", any_of(rf"\b(?:should|must|ought to)\b(?! {HAVE_DONE})"), -2, -1),
    Signal(
        "says what may be",
        any_of(rf"\b{one_of('may might can could will')} (?:also )?{one_of('be help make feel need')}\b"),
        -1,
    ),
    Signal("says what is needed", any_of(r"\bneeds? to (?:be|have|know|understand|feel|think)\b"), -1),
    Signal(
        "says what matters",
        any_of(
            rf"\b(?:is|it's|are|be)(?: \w+)? {MATTERING}\b",
            r"\b(?:is|it's) (?:\w+ )?(?:a good idea|good practice|best|necessary)\b|\bit helps\b",
        ),
        -2,
    ),
    Signal(
        "defines a thing",
        any_of(
            rf"^(?!{one_of('it that he she i we they there this')}\b)[\w' -]{{3,45}}?"
            r" (?:is|are|means|refers to|involves|includes)\b"
        ),
        -1,
    ),
    Signal("starts from an activity", any_of(rf"{START}\w{{3,}}ing\b"), -1),
    Signal("speaks of us all", any_of(r"\bwe(?:'re| are|'ve| have)? all\b|\b(?:all|each) of us\b"), -1),
    Signal(
        "asks the group",
        any_of(rf"\b{one_of('you your we our us everyone people anyone there')}\b[^.!?]*\?"),
        -1,
        -1,
        3,
    ),
    Signal(
        "sounds written",
        any_of(
            rf"\b{one_of('however therefore additionally furthermore commonly ideally throughout')}\b",
            r"\b(?:for (?:instance|example)|in addition|such as|in some cases|where possible|as well as)\b",
            r"\bincluding\b|;|e\.g\.",
        ),
        -1,
        -1,
    ),
    Signal(
        "addresses your project",
        any_of(rf"(?<!say )\byour {one_of('project group team meetings? budget plans? work')}\b"),
        -1,
    ),
    Signal(
        "speaks of this tool",
        any_of(rf"\bthis {one_of('tool toolkit page guide website site section stage resource mark')}\b"),
        -4,
    ),
    Signal(
        "says where it came from",
        any_of(
            rf"\b(?:was|were) (?:\w+ )?{one_of('developed created designed funded produced commissioned')}"
            r" (?:by|with|to)\b"
        ),
        -3,
    ),
    Signal("is no full sentence", any_of(r"[^.!?…\"')\]]$"), -2),
    Signal(
        "cites a publication",
        any_of(r"\b(?:19|20)\d\d report\b|\bthe (?:report|guidance|study|review)\b"),
        -1,
    ),
)

PLAIN_SIGNS = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
QUOTED_WORDS = re.compile(
    r"“[^”]*”|«[^»]*»|\"[^\"]*\"|(?<!\w)‘(?:[^’]|’(?=\w))*’(?!\w)|(?<!\w)'(?:[^']|'(?=\w))*'(?!\w)"
)
SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")


def hear(text: str) -> Voice:
    """Weigh one passage by its own words alone; words it quotes are left out."""
    plain = plain_signs(QUOTED_WORDS.sub("…", text[:HEARD_CHARACTERS]))
    spoken = [*_first_person(plain), *_story(plain), *_tone(plain), *_hits(SPEAKING, plain)]
    taught = _hits(TEACHING, plain)
    score = sum(weight for _, weight in spoken) + max(MOST_TEACHING, sum(weight for _, weight in taught))
    return Voice(score, tuple(why for why, _ in [*spoken, *taught]), bool(spoken), bool(taught))


def plain_signs(text: str) -> str:
    """Typewriter apostrophes and quotation marks, so that a pattern need know only those."""
    return text.translate(PLAIN_SIGNS)


def unwrap(text: str) -> str | None:
    """The words inside, where quotation marks stand around the whole text; else None."""
    whole = text.rstrip(".")
    for opening, closing in ("“”", '""', "«»", "„“", "‘’", "''"):
        if len(whole) > 2 and whole[0] == opening and whole[-1] == closing:
            inner = whole[1:-1]
            return None if re.search(rf"{closing}(?!\w)", inner) else inner.strip()
    return None


def _hits(signals: Iterable[Signal], text: str) -> list[tuple[str, int]]:
    counted = [(signal, min(signal.most, len(signal.pattern.findall(text)))) for signal in signals]
    return [(signal.why, signal.weight + signal.more * (count - 1)) for signal, count in counted if count]


def _first_person(text: str) -> list[tuple[str, int]]:
    """Saying "I" settles it, unless only a question says it ("What do I bring?" may be asked of a group)."""
    sentences = [sentence for sentence in SENTENCE.findall(text) if FIRST_PERSON.search(sentence)]
    if not sentences:
        return []
    return [("first person", 1 if all("?" in sentence for sentence in sentences) else 6)]


def _story(text: str) -> list[tuple[str, int]]:
    sentences = [sentence for sentence in map(str.strip, SENTENCE.findall(text)) if len(sentence.split()) > 2]
    past = sum(bool(PAST.search(sentence)) for sentence in sentences)
    if past and 2 * past >= len(sentences):
        return [("tells what happened", 2)]
    return [("tells some of what happened", 1)] if past > 1 else []


def _tone(text: str) -> list[tuple[str, int]]:
    fragments = len(re.findall(FRAGMENT, text, re.IGNORECASE))
    contracted = len(CONTRACTION.findall(text)) > 2
    found = [("speaks in fragments", min(2, fragments)), ("contracts words", int(contracted))]
    return [(why, weight) for why, weight in found if weight]


# ── Who spoke ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Credit:
    """Who is credited. A credit that is not `sure` counts only straight after somebody's words."""

    name: str
    year: int | None = None
    sure: bool = True


ROLE = one_of(
    "carer researcher co-?producer parent mother father mum dad daughter son sister brother grandparent",
    "grandmother grandfather neighbour someone somebody person patient survivor resident tenant user expert",
    "nurse doctor gp midwife pharmacist therapist physiotherapist psychologist clinician surgeon counsellor",
    "worker manager officer assistant administrator commissioner co-?ordinator director lead chair founder",
    "volunteer member trustee participant contributor partner representative ambassador activist mentor",
    "student pupil learner teacher lecturer academic professor statistician trainer facilitator consultant",
    "adviser advisor practitioner professional councillor librarian interpreter artist designer organiser",
    r"anonymous driver cook gardener chaplain caretaker warden (?!hu|ger)\w+man \w+woman \w+person",
)
# Words that do not stand before the role in a description of one person: "The role of the carer" is a topic.
JOINING = one_of("of to for a an the with your our being every each in on as is what who how why more")
MODIFIER = rf"(?!{JOINING}\b|\w{{3,}}ing\b)[\w'’&/-]+ "
ROLE_LINE = re.compile(
    rf"(?:an? |the |one )?(?:{MODIFIER}){{0,4}}(?:co-|ex-)?{ROLE}\b(?: by experience)?"
    r"(?:(?:,|;| at| from| in| for| of| and| with| on| who| \() ?[^.?!]*)?",
    re.IGNORECASE,
)
# "Hill farmer", "Lobbyist": what somebody is, by the ending of the word; but not "Working together".
TOPIC_IN_ER = one_of("together power letter matter number order other another ever over after under better")
AGENT_LINE = any_of(rf"(?:an? )?(?:{MODIFIER}){{0,2}}(?!{TOPIC_IN_ER}\b)\w{{3,}}(?:er|ist|ian)")
NAME_WORD = r"(?:[A-Z][\w'’]*[a-z](?:-[A-Z]\w+)*|[A-Z]\.?(?:[A-Z]\.?)?)"
NAME = re.compile(rf"{NAME_WORD}(?: (?:de|da|van|von|al|el|bin|and|&|{NAME_WORD})){{0,4}}")
AGE = re.compile(r"(?:aged? )?\d{1,2}")
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
NO_NAME = any_of(
    rf"{TOPIC}s?", IMPERATIVE, JOINING, rf"\w+{one_of('ing tion sion ment ness ity ship ance ence ism')}s?"
)
YEAR = re.compile(r"[,;(\s]*\b((?:19|20)\d\d)\b\)?")
STATEMENT = any_of(rf"\b{one_of('we they it she he you there i is was are were has have had')}\b")
NOBODY = any_of(rf"{one_of('everyone everybody all you this these that those our some many')}\b")
THANKS = any_of(
    rf"(?:{one_of('with many our special warm big')} )*(?:thanks|thank you) to (?P<name>.+?)"
    r"(?:,? (?:for|who) (?P<what>.+))?"
)
GIVEN = any_of(
    rf"{one_of('sharing shared giving gave telling told letting providing')}\b",
    rf"{one_of('this these that the his her their')}\b",
)
ORIGIN = any_of(
    r"(?:(?:this |an? |the )?(?:example|story|quote|quotation|words|idea|contribution|experience)"
    r"(?: (?:is|was|comes|came))?(?: (?:kindly )?(?:shared|given|told|contributed|provided))?"
    r" (?:from|by|courtesy of)|(?:shared|told|contributed|said) by|credit:|source:) (?P<name>.+)"
)
DASH = re.compile(r"(?:[—–―~]|--|-(?=\s))\s*(?P<name>.+)")
DATED = re.compile(r"(?P<name>[^\W\d][^.?!]{1,90}?)(?:[,;] ?| ?\(|(?P<space> ))(?:19|20)\d\d\)?")
TAIL = re.compile(
    r"(?P<words>.*[.!?…”\"’'])\s*"
    r"(?:(?P<dash>(?:[—–―]|--)\s*[^—–―]{2,80})|(?P<paren>\([^()]{2,120}\))"
    r"|(?<=[”\"]),? ?(?P<bare>[^”\"]{2,80}))",
    re.DOTALL,
)


def read_credit(text: str, vocabulary: Collection[str] = frozenset()) -> Credit | None:
    """Who a line credits, or None. `vocabulary` is what the page writes in small letters: never a name."""
    line = text.strip()
    if not line or len(line) > 200 or len(line.split()) > 25:
        return None
    inside = line[1:-1].strip() if line[0] in "([" and line[-1] in ")]" else line
    plain = re.sub(r"(?<=\w\w)[.!]+$", "", inside)
    return _thanks(plain) or _origin(plain) or _dash(plain) or _dated(plain) or _bare(inside, vocabulary)


def split_credit(text: str) -> tuple[str, Credit | None]:
    """A passage without the credit at its end, and that credit, where both stand on one line."""
    found = TAIL.fullmatch(text.strip())
    credit = read_credit(found["dash"] or found["paren"] or found["bare"]) if found else None
    if not found or not credit:
        return text, None
    words = found["words"].strip()
    certain = unwrap(words) is not None or (credit.sure and bool(found["paren"] or _is_described(credit)))
    return (words, credit) if certain else (text, None)


def is_role(text: str) -> bool:
    """Whether a line describes one person by what they do or are, without a name."""
    return bool(ROLE_LINE.fullmatch(text.strip(" ()[]."))) and not STATEMENT.search(text)


def _is_described(credit: Credit) -> bool:
    return credit.year is not None or is_role(credit.name)


def _named(name: str, *, sure: bool = True) -> Credit | None:
    year = YEAR.search(name)
    clean = (YEAR.sub("", name, count=1) if year else name).strip(" ,;()")
    if not clean or len(clean.split()) > 14 or NOBODY.match(clean):
        return None
    return Credit(clean, int(year[1]) if year else None, sure)


def _thanks(text: str) -> Credit | None:
    found = THANKS.fullmatch(text)
    if not found or STATEMENT.search(found["name"]):
        return None
    if found["what"]:
        return _named(found["name"]) if GIVEN.match(found["what"]) else None
    return _named(found["name"]) if found["name"][0].isupper() or is_role(found["name"]) else None


def _origin(text: str) -> Credit | None:
    found = ORIGIN.fullmatch(text)
    fits = found and len(found["name"].split()) <= 10 and not STATEMENT.search(found["name"])
    return _named(found["name"]) if found and fits else None


def _dash(text: str) -> Credit | None:
    found = DASH.fullmatch(text)
    return _named(found["name"]) if found and len(text.split()) <= 14 else None


def _dated(text: str) -> Credit | None:
    found = DATED.fullmatch(text)
    if not found or len(text.split()) > 12 or STATEMENT.search(found["name"]):
        return None
    return _named(text) if not found["space"] or is_role(found["name"]) else None


def _bare(text: str, vocabulary: Collection[str]) -> Credit | None:
    """A role alone, or a name alone or with a role, an age or a place."""
    text = text.removesuffix(".")
    if len(text.split()) > 10 or text.endswith(("!", "?")):
        return None
    name, _, rest = text.partition(",")
    rest = rest.strip()
    described = not rest or is_role(rest) or AGE.fullmatch(rest) or _is_name(rest, vocabulary)
    known = is_role(text) or AGENT_LINE.fullmatch(text) or (_is_name(name, vocabulary) and described)
    return _named(text, sure=False) if known else None


def _is_name(text: str, vocabulary: Collection[str]) -> bool:
    """Capitalised words, none of which the page also writes in small letters."""
    words = [word.lower() for word in text.split() if word[:1].isupper()]
    names = words[1:] if len(words) > 1 and WORDLY_NAME.fullmatch(words[0]) else words
    ordinary = any(word in vocabulary or NO_NAME.fullmatch(word) for word in names)
    return bool(NAME.fullmatch(text)) and not ordinary
