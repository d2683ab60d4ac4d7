"""What the log tells of an exception: what it is and where it came from, but none of the values that it was about."""

import traceback
from collections.abc import Iterator

from django.conf import settings

from cms.observing.masking import masked, without_quoted

# What these say is about code, templates, settings, releases or the state of a database, and never about a value.
# Those of databases are Django's, psycopg's and SQLite's.
OF_DATABASES = {"OperationalError", "InterfaceError", "ProgrammingError", "IntegrityError"}
OF_CODE = {"AttributeError", "NameError", "ImportError", "TypeError", "ImproperlyConfigured", "TemplateDoesNotExist"}
OF_CODE |= {"TemplateSyntaxError", "DamagedRelease", "LeaseLost", "CommandError"}
LONGEST = 300


def described(error: BaseException) -> str:
    """Give an exception's name and what it says."""
    said = words_of(error)
    return f"{name_of(error)}: {said}" if said else name_of(error)


def name_of(error: BaseException) -> str:
    """Give the name of an exception's type, as Python writes it."""
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def words_of(error: BaseException) -> str:
    """Give what an exception says, in one line.

    Values of our people's would stand in quotation marks, or in the lines that a database adds below its first.
    """
    try:
        lines = str(error).strip().splitlines()
    except Exception:
        return ""
    said = lines[0] if lines else ""
    if not tells_no_values(error):
        said = without_quoted(said)
    return masked(said)[:LONGEST]


def tells_no_values(error: BaseException) -> bool:
    """Tell whether what an exception says can be written down as it is."""
    if isinstance(error, OSError) and error.errno:
        # People name the files that they upload.
        return str(settings.MEDIA_ROOT) not in str(error)
    return not {one.__name__ for one in type(error).__mro__}.isdisjoint(OF_DATABASES | OF_CODE)


def told(error: BaseException) -> str:
    """Give an exception as Python shows one, with those that led to it, in the order in which they came."""
    return "\n".join(part for one, link in chain(error) for part in (link, _told_alone(one)) if part)


def chain(error: BaseException) -> Iterator[tuple[BaseException, str]]:
    """Give the exceptions that led to one, and that one, each with the words that stand between it and the last."""
    found, links, seen = [error], [], {id(error)}
    while led := found[-1].__cause__ or (not found[-1].__suppress_context__ and found[-1].__context__):
        if id(led) in seen:
            break
        seen.add(id(led))
        links.append("It led to:" if found[-1].__cause__ else "While that was handled:")
        found.append(led)
    yield from zip(reversed(found), ["", *reversed(links)], strict=True)


def _told_alone(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"Traceback (most recent call last):\n{frames}{described(error)}" if frames else described(error)


class Told:
    """An exception among the arguments of a line of the log."""

    def __init__(self, error: BaseException):
        self.error = error

    def __str__(self):
        return words_of(self.error)

    def __repr__(self):
        return described(self.error)
