"""The signals of a toolkit teaching."""

from toolkit.importing.rules.grammar import HAVE_DONE, IMPERATIVE, START
from toolkit.importing.rules.patterns import any_of, one_of
from toolkit.importing.rules.signals import Signal

MATTERING = one_of("vital important essential crucial useful helpful worth key")

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
