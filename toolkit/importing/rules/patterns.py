"""How patterns are put together from lists of words and from other patterns."""

import re


def any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def one_of(*words: str) -> str:
    return f"(?:{'|'.join(' '.join(words).split())})"
