"""Forms of English that several rules know: the first person, the past and the imperative."""

import re

from toolkit.importing.rules.patterns import any_of, one_of

START = r"(?:^|(?<=[.!?…] ))"  # of a sentence
FIRST_PERSON = re.compile(r"\b(?:I(?:'(?:m|ve|d|ll))?|[Mm]e|[Mm]y|[Mm]yself|[Mm]ine)\b")

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
SUBJECT = one_of("we they she he it i people everyone everybody someone somebody nobody")
LINKING = one_of("and but so when because then that")
NOT_ABOUT_A_THING = r"(?<!what )(?<!that )(?<!which )(?<!who )(?<!'ve )(?<!have )(?<!has )"
AFTER_SUBJECT = rf"{ADVERB}(?!{DESCRIBING}\b){ELSE_PAST}\b(?!')"
PAST = any_of(
    rf"{NOT_ABOUT_A_THING}\b{ALWAYS_PAST}\b",
    rf"\b(?:{SUBJECT}|one \w+) {AFTER_SUBJECT}",
    rf"(?:{START}|, |\b{LINKING} )(?:the|our|an?|my) \w+ {AFTER_SUBJECT}",
)

IMPERATIVE = one_of(
    "make think consider try be ask check keep remember ensure give offer use plan agree set take talk look"
    " find share include provide avoid allow encourage build decide invite let start write work create listen"
    " do don't never always bring choose celebrate reflect review tell thank pay leave hold involve recognise"
    " respect value support explain discuss explore identify focus aim aspire record return revisit see send"
    " show speak spend stay stop turn welcome put read draw name notice"
)
