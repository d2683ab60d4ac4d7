"""The doctor's report: for people to read, and as JSON for monitoring."""

import json

from cms.doctor.examining import Group
from cms.doctor.findings import Finding, Verdict

Found = list[tuple[Group, list[Finding]]]
SIGNS = {Verdict.OK: "ok", Verdict.WARNING: "WARNING", Verdict.BROKEN: "BROKEN"}
WIDTH = 9


def add_options(parser):
    """Say which options the command has."""
    parser.add_argument("--format", choices=["text", "json"], default="text", help="json is for monitoring.")
    parser.add_argument("--online", action="store_true", help="Ask SITE_URL over the network, as a reader would.")
    parser.add_argument("--send-to", metavar="ADDRESS", help="Send a mail to this address, to see it arrive.")


def status_of(found: Found) -> Verdict:
    """Give the worst verdict of all."""
    verdicts = {finding.verdict for _group, findings in found for finding in findings}
    return next(verdict for verdict in (Verdict.BROKEN, Verdict.WARNING, Verdict.OK) if verdict in {*verdicts, "ok"})


def written(found: Found, form: str) -> str:
    """Give the report as text or as JSON."""
    return _as_json(found) if form == "json" else _as_text(found)


def _as_json(found: Found) -> str:
    checks = [
        {"group": group.name, "check": one.name, "verdict": one.verdict, "says": one.says, "mend": one.mend}
        for group, findings in found
        for one in findings
    ]
    return json.dumps({"status": status_of(found), "checks": checks}, ensure_ascii=False, indent=2)


def _as_text(found: Found) -> str:
    lines = []
    for group, findings in found:
        lines += [group.title, *(line for finding in findings for line in _lines(finding)), ""]
    return "\n".join([*lines, _summary(found)])


def _lines(finding: Finding) -> list[str]:
    mend = [f"  {'':{WIDTH}}What to do: {finding.mend}"] if finding.mend else []
    return [f"  {SIGNS[finding.verdict]:{WIDTH}}{finding.says}", *mend]


def _summary(found: Found) -> str:
    verdicts = [finding.verdict for _group, findings in found for finding in findings]
    broken, doubtful = verdicts.count(Verdict.BROKEN), verdicts.count(Verdict.WARNING)
    if not (broken or doubtful):
        return f"All is well: {len(verdicts)} things were looked at."
    return f"{broken} broken, {doubtful} worth a look, {len(verdicts) - broken - doubtful} well."
