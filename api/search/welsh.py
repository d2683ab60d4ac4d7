"""Welsh words in a search: their first letter changes with the word before, and their endings with number and person.

The changes are those of the grammars: soft (meddal), nasal (trwynol) and spirant (llaes) mutation. Letters come here
without accents. Pure rules.
"""

SOFT = {"p": "b", "t": "d", "c": "g", "b": "f", "d": "dd", "g": "", "m": "f", "ll": "l", "rh": "r"}
NASAL = {"p": "mh", "t": "nh", "c": "ngh", "b": "m", "d": "n", "g": "ng"}
SPIRANT = {"p": "ph", "t": "th", "c": "ch"}
MUTATIONS = (SOFT, NASAL, SPIRANT)
# Single letters of the alphabet that are written with two.
DOUBLE = ("ngh", "mh", "nh", "ng", "ch", "dd", "ff", "ll", "ph", "rh", "th")
VOWELS = "aeiouwy"
# Without its ending a word still has so many letters.
SHORTEST = 3
ENDINGS = [
    *("iaethau", "iaeth", "iadau", "iad", "iadur", "wyr", "wraig", "yddion", "ydd", "yddiaeth", "oedd", "feydd"),
    *("edd", "ion", "iau", "iol", "ol", "au", "on", "od", "i", "io", "o", "u", "a", "wn", "wch", "ant", "ent", "ais"),
    *("aist", "odd", "asom", "wyd", "ir", "id", "wr", "es", "en", "yn"),
]
# Longer ones first.
ENDINGS.sort(key=len, reverse=True)


def stem(word: str) -> str:
    """Give a word without the ending of its plural, its verb form or its maker."""
    endings = (ending for ending in ENDINGS if word.endswith(ending) and len(word) - len(ending) >= SHORTEST)
    # Many a vowel changes before an ending: llais, lleisiau.
    return word.removesuffix(next(endings, "")).replace("ei", "ai")


def forms(word: str) -> list[str]:
    """Give a word as it is, then as it may stand elsewhere: without its mutation, and with every other."""
    radicals = [word, *(radical for radical in _radicals(word) if radical)]
    return list(dict.fromkeys([*radicals, *(form for radical in radicals for form in _mutated(radical))]))


def _radicals(word: str) -> list[str]:
    """Give the words that may have been changed into this one."""
    first = _first_letter(word)
    found = [
        radical + word.removeprefix(changed)
        for mutation in MUTATIONS
        for radical, changed in mutation.items()
        if changed and changed == first
    ]
    if first in ("l", "r", "w", *VOWELS):
        # The soft mutation takes g away altogether.
        found.append(f"g{word}")
    if first == "h" and word[1:2] in tuple(VOWELS):
        found.append(word[1:])
    return found


def _mutated(word: str) -> list[str]:
    first = _first_letter(word)
    found = [mutation[first] + word.removeprefix(first) for mutation in MUTATIONS if first in mutation]
    return [*found, f"h{word}"] if first in tuple(VOWELS) else found


def _first_letter(word: str) -> str:
    return next((letter for letter in DOUBLE if word.startswith(letter)), word[:1])
