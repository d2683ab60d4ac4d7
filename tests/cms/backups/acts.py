"""What happens on a site around a backup. Each runs in a process of its own: `manage.py shell -c`."""

import json
import sys
from contextlib import contextmanager
from io import BytesIO
from unittest.mock import patch
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test.utils import setup_test_environment
from django.utils import timezone
from PIL import Image as Picture
from wagtail.images.models import Image

from api.releases.manifest import current_id, release_ids
from api.releases.verify import pointer_faults, release_faults
from api.scoring.models import Board, Score
from cms.backups import making
from cms.consent.withdrawal.traces import tables_with
from cms.consent.withdrawal.withdraw import withdraw
from cms.data_protection.erasing import erase_account
from tests.api.scoring.boards import Device, opened
from tests.needles import WORD, all_bytes, needles_in
from toolkit.models import Mark, Quote, Withdrawal

SAID = f"{WORD}said quietly carried the lantern over the old bridge for everybody"
# Before the table of what people deleted was there.
OLDER = "0007"


def older_then_newer(folder: str):
    """Make a backup as an earlier version would, then one of today while somebody publishes, then change a lot."""
    setup_test_environment()
    tokens = somebody_speaks()
    call_command("migrate", "toolkit", OLDER, verbosity=0)
    call_command("backup", f"{folder}/older", "--no-verify")
    call_command("migrate", verbosity=0)
    with publishing_meanwhile():
        call_command("backup", f"{folder}/newer")
    what_follows(tokens)
    json.dump(tokens, sys.stdout)


def somebody_speaks() -> dict:
    """Let there be words, boards with scores, a picture, and a person who works on the site."""
    get_user_model().objects.create_user("jo", password="a long word to log in")
    get_user_model().objects.create_user("kim", password="a long word to log in")
    get_user_model().objects.create_user("sam", password="a long word to log in")
    quote = Quote.objects.filter(live=True, locale__language_code="en").first()
    quote.words = f"<p>{SAID}.</p>"
    quote.save_revision().publish()
    default_storage.save("kept.txt", ContentFile(b"kept"))
    kept, _keeper = opened()
    kept.answer(7)
    second = kept.joined("Second")
    second.answer(4)
    _erased, keeper = opened()
    return {"kept": kept.token, "second": second.token, "erased": keeper.token, "quote": quote.key}


def somebody_scores():
    """Open a board with two people on it, and print their tokens."""
    setup_test_environment()
    first, _keeper = opened()
    json.dump([first.token, first.joined("Second").token], sys.stdout)


@contextmanager
def publishing_meanwhile():
    """Publish, upload and remove old releases when most is copied, before the database is written down."""
    reach = making.reach

    def publish_when_copied(point: str):
        if point == "backup-copied":
            mark = Mark.objects.get(code="listening", locale__language_code="en")
            mark.title = "Listening meanwhile"
            mark.save_revision().publish()
            call_command("prune_releases", keep=1, days=0)
            add_picture("meanwhile.png")
        reach(point)

    with patch.object(making, "reach", publish_when_copied):
        yield


def add_picture(name: str):
    drawn = BytesIO()
    Picture.new("RGB", (60, 40), "teal").save(drawn, "PNG")
    Image.objects.create(title=name, file=ContentFile(drawn.getvalue(), name))


def what_follows(tokens: dict):
    """After the backup: words are taken back, a board is deleted, somebody leaves the team, others go on."""
    withdraw(UUID(tokens["quote"]), Withdrawal.Kind.QUOTE)
    Device(tokens["erased"]).send("delete", "/board/")
    get_user_model().objects.filter(username="jo").update(is_active=False)
    erase_account(get_user_model().objects.get(username="sam"), now=timezone.now())
    Device(tokens["kept"]).answer(2)
    default_storage.delete("kept.txt")
    default_storage.save("later.txt", ContentFile(b"later"))
    mark = Mark.objects.get(code="listening", locale__language_code="en")
    mark.title = "Listening later"
    mark.save_revision().publish()


def tell():
    """Print what is there."""
    setup_test_environment()
    folder = settings.RELEASES_DIR
    unknown = set(MigrationLoader(connection).disk_migrations) - set(MigrationLoader(connection).applied_migrations)
    facts = {
        "needles": sorted({one for _path, content in all_bytes(settings.DATA_DIR) for one in needles_in(content)}),
        "tables": [model._meta.label for model, _rows in tables_with([SAID])],
        "boards": Board.objects.count(),
        "scores": sorted(Score.objects.values_list("score", flat=True)),
        "withdrawn": Withdrawal.objects.count(),
        "finished": Withdrawal.objects.exclude(finished_at=None).count(),
        "users": sorted(get_user_model().objects.filter(is_active=True).values_list("username", flat=True)),
        "has_erased": get_user_model().objects.filter(username="sam").exists(),
        "uploads": [name for name in ("kept.txt", "later.txt") if default_storage.exists(name)],
        "pictures": [
            default_storage.exists(image.file.name) for image in Image.objects.filter(title="meanwhile.png")
        ],
        "title": Mark.objects.get(code="listening", locale__language_code="en").title,
        "release": current_id(folder),
        "faults": [str(fault) for fault in (*pointer_faults(folder), *release_faults(folder, release_ids(folder)))],
        "missing_migrations": sorted(map(str, unknown)),
        "left": sorted(file.name for file in settings.DATA_DIR.glob("restoring*") if file.is_dir()),
    }
    json.dump(facts, sys.stdout)
