"""What one check has found: whether it is well, in words, and what to do where it is not."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a thing is: well; worth a look; or broken, so that something does not work or is not safe."""

    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `name` stays, for monitoring; `mend` says what to do, "" where it is well."""

    verdict: Verdict
    name: str
    says: str
    mend: str = ""


def ok(name: str, says: str) -> Finding:
    return Finding(Verdict.OK, name, says)


def warning(name: str, says: str, mend: str) -> Finding:
    return Finding(Verdict.WARNING, name, says, mend)


def broken(name: str, says: str, mend: str) -> Finding:
    return Finding(Verdict.BROKEN, name, says, mend)


def reason(error: BaseException) -> str:
    """Give what an error says in one line, and its kind where it says nothing."""
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
