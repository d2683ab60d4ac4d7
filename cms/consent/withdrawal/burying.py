"""Out of the database, with a tombstone there and beside the releases: the part of a withdrawal that publishing does
again where an older backup has brought something back."""

import logging
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from api.feedback.services import forget_again as forget_again_in_feedback
from api.offers.forgetting import forget_again as forget_again_in_offers
from api.releases.files import write_whole
from api.releases.verify import WITHDRAWN
from api.scoring.services.restored import erase_again
from cms.consent.withdrawal.database import come_back, forget
from cms.consent.withdrawal.subjects import Subject, subject_of
from cms.imports.forgetting import forget_again as forget_again_in_documents
from cms.models import Change
from cms.publishing.push import push_record, shared_record
from toolkit.documents.canonical import canonical_bytes
from toolkit.models import Withdrawal
from toolkit.withdrawal.erasures import erased_of_database, read_erased, take_up_erased
from toolkit.withdrawal.tombstones import read_record, record_of_database, remember, take_up
from toolkit.withdrawal.words import digests

logger = logging.getLogger(__name__)


@transaction.atomic
def bury(subject: Subject, *, user=None) -> Withdrawal:
    """Take something out of the database, and leave a tombstone there and beside the releases.

    Whoever calls publishes; what is to do after that is done when `finished_at` is set.
    """
    fields = {"kind": subject.kind, "code": subject.code, "made_by": user}
    withdrawal, _is_new = Withdrawal.objects.get_or_create(key=subject.key, defaults=fields)
    withdrawal.page_keys = sorted({*withdrawal.page_keys, *subject.page_keys})
    withdrawal.finished_at = None
    withdrawal.save()
    if subject.kind == Withdrawal.Kind.QUOTE:
        said = [*subject.words["words"], *subject.words["text"]]
        remember(withdrawal, {one for text in said for one in digests(text)})
    # Before anything is gone: whoever dies here is followed by somebody who knows what to do.
    write_record()
    withdrawal.report = [list(one) for one in forget(subject)]
    withdrawal.save()
    for page in subject.pages:
        log(instance=page, action="toolkit.withdrawn", user=user)
        Change.objects.create(kind=Change.Kind.PAGE, key=page.key, object_id=page.pk, user=user)
    return withdrawal


def write_record():
    """Write down beside the releases, and for all servers, what was taken back or deleted so far. Raises OSError."""
    content = canonical_bytes({"withdrawn": record_of_database(), "erased": erased_of_database()})
    settings.RELEASES_DIR.mkdir(parents=True, exist_ok=True)
    write_whole(settings.RELEASES_DIR / WITHDRAWN, content)
    push_record(content)


def bury_again():
    """Take out of the database again what an older backup has brought back. Little where nothing has."""
    records = known_records()
    deleted = [one for content in records for one in read_erased(content)]
    withdrawn = [one for content in records for one in take_up(read_record(content))]
    again = {one.pk: one for one in [*withdrawn, *come_back()]}
    for withdrawal in again.values():
        logger.warning("What was taken back has come back, and is taken out again: %s", withdrawal.key)
        bury(subject_of(withdrawal.key, withdrawal.kind))
    if take_up_erased(deleted) or withdrawn:
        forget_elsewhere()


@transaction.atomic
def forget_elsewhere():
    """Delete again what people deleted of their own, and their words where others have written them."""
    erase_again(now=timezone.now())
    forget_again_in_offers()
    forget_again_in_feedback()
    forget_again_in_documents()


def keep_record():
    """Write down what was deleted since, where the database knows all that is written down already."""
    file = settings.RELEASES_DIR / WITHDRAWN
    before = file.read_bytes() if file.exists() else b'{"withdrawn": []}'
    written, now = read_erased(before), erased_of_database()
    today = timezone.localdate().isoformat()
    lost = [one for one in written if one not in now and (one[2] or today) >= today]
    lost += {one["key"] for one in read_record(before)} - {one["key"] for one in record_of_database()}
    # An older backup of the database knows less: the next publish lets it know.
    if written != now and not lost:
        write_record()


def withdrawn_blobs(folder: Path) -> set[str]:
    """Give the SHA-256 of what releases showed with what was taken back, as the record beside them has it."""
    file = folder / WITHDRAWN
    record = read_record(file.read_bytes()) if file.exists() else []
    return {sha256 for one in record for sha256 in one["blobs"]}


def known_records() -> list[bytes]:
    """Give what this folder and the shared storage know of."""
    own = settings.RELEASES_DIR / WITHDRAWN
    return [content for content in (own.read_bytes() if own.exists() else None, shared_record()) if content]
