"""Runs every fault of docs/drill.md ten times as long as `make test` does, and prints a table: `make drill`.

python -m tests.drill [D1 D6 …]      all lines, or these alone

Tests that start and kill servers choose their databases, most of them both. With TEST_DATABASE_URL, only the others
run, on that database.
"""

import os
import sys

from tests.programs import ROOT
from tests.security import main

PAGE = ROOT / "docs" / "drill.md"
# How often, how many or how long; `make test` does with a tenth. What is set already stays.
COUNTS = {
    "MACHINE_STEPS": "600",
    "CRASH_KILLS": "220",
    "CRASH_RACES": "60",
    "CRASH_OUTAGE_SECONDS": "100",
    "BOARD_TRIALS": "400",
    "BOARD_PEOPLE": "100",
    "BOARD_WRITERS": "150",
}

if __name__ == "__main__":
    os.environ.update({name: count for name, count in COUNTS.items() if name not in os.environ})
    sys.exit(main(sys.argv[1:], PAGE, again="TEST_DATABASE_URL" in os.environ))
