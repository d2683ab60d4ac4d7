#!/usr/bin/env python3
"""Django's command line."""

import os
import sys

INSTALL = "Install what is needed: .venv/bin/python -m pip install -r requirements.txt"

try:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from environs import EnvError

    from cms.doctor.refused import report_of
except ModuleNotFoundError as error:
    sys.exit(f"{error}. {INSTALL}")

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EnvError) as error:
        if sys.argv[1:2] == ["doctor"]:
            sys.stdout.write(f"{report_of(error, sys.argv[2:])}\n")
            sys.exit(1)
        sys.exit(f"The settings are not right: {error}")
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] in ("api", "cms", "toolkit"):
            raise
        sys.exit(f"{error}. {INSTALL}")
