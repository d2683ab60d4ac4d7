"""Roles: what somebody does or is, such as "carer" or "hill farmer"."""

import re

from toolkit.importing.rules.patterns import any_of, one_of

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
STATEMENT = any_of(rf"\b{one_of('we they it she he you there i is was are were has have had')}\b")


def is_role(text: str) -> bool:
    """Whether a line describes one person by what they do or are, without a name."""
    return bool(ROLE_LINE.fullmatch(text.strip(" ()[]."))) and not STATEMENT.search(text)


def is_agent(text: str) -> bool:
    """Whether a line says what somebody is by the ending of its last word alone."""
    return bool(AGENT_LINE.fullmatch(text))
