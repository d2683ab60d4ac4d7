"""Run in a process of its own: edits a mark several times, and prints which release that gave each time, and when.

python -m tests.e2e.publish_often TIMES PAUSE
"""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
django.setup()

from django.conf import settings  # noqa: E402

from api.releases.manifest import current_id  # noqa: E402
from toolkit.models import Mark  # noqa: E402

CODE = "good-endings"


def main(times: int, pause: float):
    for number in range(times):
        mark = Mark.objects.get(code=CODE, locale__language_code="en")
        mark.title = f"Good endings {number}"
        mark.save_revision().publish()
        sys.stdout.write(f"{current_id(settings.RELEASES_DIR)} {time.time()}\n")
        sys.stdout.flush()
        time.sleep(pause)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
