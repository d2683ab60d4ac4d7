"""The report where the settings are refused: nothing that needs them can be looked at."""

import argparse

from cms.doctor import versions
from cms.doctor.examining import Group, examine
from cms.doctor.findings import broken, reason
from cms.doctor.report import add_options, written


def report_of(error: Exception, arguments: list[str]) -> str:
    """Give the report, in the form that the arguments of the command ask for."""
    parser = argparse.ArgumentParser(prog="manage.py doctor")
    add_options(parser)
    options, _others = parser.parse_known_args(arguments)
    findings = [
        broken("refused", f"{reason(line)}.", "Change it in the environment, and ask the doctor again.")
        for line in str(error).splitlines()
    ]
    groups = [
        Group("settings", "Settings", lambda: findings),
        Group("versions", "Versions", versions.look),
    ]
    return written([(group, examine(group)) for group in groups], options.format)
