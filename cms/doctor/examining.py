"""Going through groups of checks, so that one that fails keeps none of the others from being done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import Error

from cms.doctor.findings import Finding, broken, reason, warning


@dataclass(frozen=True)
class Group:
    """Checks that belong together: a name for monitoring, a title, and what looks and gives each finding in turn."""

    name: str
    title: str
    look: Callable[[], Iterable[Finding]]


def examine(group: Group) -> list[Finding]:
    """Give what a group finds. Nothing is raised, whatever is broken."""
    found = []
    try:
        for finding in group.look():
            found.append(finding)
    except Error as error:
        says = f"The rest was not looked at: the database does not answer ({reason(error)})."
        found.append(warning(group.name, says, "Mend the database first."))
    except Exception as error:
        says = f"The rest could not be looked at ({type(error).__name__}: {reason(error)})."
        found.append(broken(group.name, says, "Tell those who look after the software, with this sentence."))
    return found
