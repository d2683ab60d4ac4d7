"""Reading what a check of the doctor finds."""


def verdicts(findings) -> dict[str, str]:
    """Give the verdict of each finding by its name."""
    return {finding.name: str(finding.verdict) for finding in findings}


def ill(findings) -> str:
    """Give, as one text, what is said of all that is not well, with what to do; each has something to do."""
    found = [finding for finding in findings if finding.verdict != "ok"]
    assert all(finding.mend for finding in found)
    return "\n".join(f"{finding.verdict}: {finding.says} {finding.mend}" for finding in found)
