"""The forms under which a word may stand in a text: bent, mutated, with particles joined to it."""

import re
import unicodedata

# Words shorter than this are only taken as they are written.
SHORTEST = 4
HARAKAT = re.compile("[\u064b-\u065f\u0670\u0640]")
ALEFS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي"})
DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "’": "'"})
# What each beginning may have been before a Welsh mutation: soft, nasal, aspirate, and h before vowels.
WELSH = (
    ("mh", ("p",)),
    ("ngh", ("c",)),
    ("nh", ("t",)),
    ("ph", ("p",)),
    ("th", ("t",)),
    ("ch", ("c",)),
    ("dd", ("d",)),
    ("ng", ("g",)),
    ("b", ("p",)),
    ("d", ("t",)),
    ("g", ("c",)),
    ("f", ("b", "m")),
    ("m", ("b",)),
    ("n", ("d",)),
    ("l", ("ll",)),
    ("r", ("rh",)),
)
WELSH_ENDINGS = ("iau", "au", "ion", "oedd", "wyr")
# “And” or “so”, then “with”, “for” or “like”, then “the”: in this order, each may be joined to an Arabic word.
ARABIC = (("و", "ف"), ("ب", "ل", "ك"), ("ال",))
ARABIC_ENDINGS = ("ها", "هم", "هن", "نا", "كم", "ه")


def plain_form(word: str) -> str:
    """Give a word in the form in which words are compared: small letters, no vowel signs, one kind of dash."""
    word = unicodedata.normalize("NFC", word).casefold().translate(DASHES)
    return HARAKAT.sub("", word).translate(ALEFS)


def forms(word: str, lang: str) -> set[str]:
    """Give the dictionary forms that a word of a text, in its plain form, may be of: itself among them.

    They are guesses: only a word that is on a list is ever looked for among them.
    """
    guess = GUESSES.get(lang.split("-")[0])
    return {word, *(guess(word) if guess and len(word) >= SHORTEST else ())}


def english(word: str) -> set[str]:
    """Plurals, possessives and forms of verbs, in British and American spelling."""
    word = word.removesuffix("'s").removesuffix("'")
    british = re.sub(r"iz(?=(?:e|ed|es|er|ers|ing|ation|ations)$)", "is", word)
    found = {word, british}
    for one in (word, british):
        for ending, instead in (
            ("ies", "y"),
            ("es", ""),
            ("s", ""),
            ("ed", ""),
            ("d", ""),
            ("ing", ""),
            ("ing", "e"),
        ):
            if one.endswith(ending) and len(one) - len(ending) >= SHORTEST - 1:
                stem = one.removesuffix(ending) + instead
                found.add(stem)
                # Planning, planned.
                if ending in ("ed", "ing") and len(stem) > SHORTEST and stem[-1:] == stem[-2:-1]:
                    found.add(stem[:-1])
    return found


def spanish(word: str) -> set[str]:
    """Plurals, and the other gender."""
    found = {word}
    for ending, instead in (("es", ""), ("s", ""), ("as", "o"), ("a", "o"), ("ces", "z"), ("iones", "ión")):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST - 1:
            found.add(word.removesuffix(ending) + instead)
    return found


def welsh(word: str) -> set[str]:
    """What stands before a mutation, and the commonest plurals."""
    begun = {word, f"g{word}"}
    for mutated, radicals in WELSH:
        if word.startswith(mutated):
            begun |= {radical + word.removeprefix(mutated) for radical in radicals}
    if word[0] == "h" and word[1] in "aeiouwyâêîôûŵŷ":
        begun.add(word[1:])
    ended = {
        one.removesuffix(ending)
        for one in begun
        for ending in WELSH_ENDINGS
        if one.endswith(ending) and len(one) - len(ending) >= SHORTEST
    }
    return begun | ended


def arabic(word: str) -> set[str]:
    """What is left without particles before a word, and pronouns behind it."""
    found = {word}
    for particles in ARABIC:
        found |= {one.removeprefix(particle) for one in found for particle in particles if one.startswith(particle)}
    # “For the” is written with two lams.
    found |= {f"{one[2:]}" for one in found if one.startswith("لل")}
    for ending in ARABIC_ENDINGS:
        for one in list(found):
            if one.endswith(ending):
                stem = one.removesuffix(ending)
                # The round t opens before a pronoun.
                found |= {stem, f"{stem[:-1]}ة"} if stem.endswith("ت") else {stem}
    found |= {f"ال{one}" for one in found if not one.startswith("ال")} if word.startswith(("لل", "ولل")) else set()
    return {one for one in found if len(one) >= SHORTEST - 1}


GUESSES = {"en": english, "cy": welsh, "ar": arabic, "es": spanish}
