"""A restored site, made ready before anybody sees it: migrated, without what people took back, and published.

It runs in a process whose DATA_DIR and DATABASE_URL are those of the restored site.
"""

from dataclasses import replace

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from wagtail.models import Page

from api.releases.manifest import current_id, current_release, release_ids
from api.releases.verify import pointed_to, pointer_faults, release_faults
from api.scoring.models import AgreedScore, Board, Score
from api.scoring.services.ending import end_boards
from api.scoring.services.restored import count_on
from cms.accounts.models import Invitation
from cms.backups.unable import UnableToRestore
from cms.consent.withdrawal.burying import write_record
from cms.consent.withdrawal.withdraw import finish, keep_out
from cms.data_protection.again import erase_again
from cms.drafts.models import DraftLink
from cms.models import Publisher
from cms.publishing.announcing import tell_subscribers
from cms.publishing.publish import publish
from cms.publishing.writer import next_id, point_to, write_manifest
from cms.roles.rooms import furnish_roles
from cms.translations.rooms import make_all_rooms
from toolkit.catalogues import compile_catalogues
from toolkit.documents.canonical import digest, utc_time
from toolkit.models import Home, Withdrawal
from toolkit.translation.standings import follow_all

OURS = ("cms", "api", "toolkit")
NEWER = "The backup was made by a newer version of this software ({}). Update the software first, then restore."


def make_ready(*, users: list[str], shown: int | None, above: int) -> dict:
    """Make it ready, and give what it holds now.

    `users` may log in to the site that is replaced, `shown` is the release that its readers see; what they see then
    has a number of `above` or more.

    Raises UnableToRestore, and what `publish` raises.
    """
    _check_age()
    call_command("migrate", verbosity=0)
    # Whoever published when the backup was made is long gone.
    Publisher.objects.update(owner="", expires_at=None)
    compile_catalogues()
    erase_again()
    locked_out = _end_what_lets_people_in(users)
    if Home.objects.exists():
        follow_all()
        make_all_rooms()
        furnish_roles()
        _publish(shown, above)
    end_boards(now=timezone.now())
    count_on()
    return {
        "release": current_id(settings.RELEASES_DIR),
        "pages": Page.objects.live().filter(depth__gt=1).count(),
        "boards": Board.objects.count(),
        "scores": Score.objects.count() + AgreedScore.objects.count(),
        "withdrawn": Withdrawal.objects.count(),
        "locked_out": locked_out,
    }


def _check_age():
    """Raise UnableToRestore where the database knows migrations of ours that this software does not."""
    loader = MigrationLoader(connection)
    ours = {app.label for app in apps.get_app_configs() if app.name.partition(".")[0] in OURS}
    unknown = [one for one in loader.applied_migrations if one[0] in ours and one not in loader.disk_migrations]
    if unknown:
        raise UnableToRestore(NEWER.format(", ".join(f"{app} {name}" for app, name in sorted(unknown))))


def _end_what_lets_people_in(users: list[str]) -> list[str]:
    """End sessions, invitations and links to drafts, of which some were ended since; give who cannot log in any more.

    Where the two sites have people in common, an account that was removed or closed since is closed again.
    """
    Session.objects.all().delete()
    Invitation.objects.all().delete()
    DraftLink.objects.all().delete()
    active = get_user_model().objects.filter(is_active=True)
    if not active.filter(username__in=users).exists():
        return []
    gone = active.exclude(username__in=users)
    names = sorted(gone.values_list("username", flat=True))
    gone.update(is_active=False)
    return names


def _publish(shown: int | None, above: int):
    """Publish it; on the way, what was taken back or deleted goes again, out of older releases, too."""
    publish()
    for withdrawal in Withdrawal.objects.filter(finished_at=None):
        finish(withdrawal)
    keep_out()
    write_record()
    _number_anew(shown, above)
    folder = settings.RELEASES_DIR
    if faults := [*pointer_faults(folder), *release_faults(folder, [pointed_to(folder)])]:
        raise UnableToRestore(f"The restored release is not whole: {faults[0]}")


def _number_anew(shown: int | None, above: int):
    """Give the release that becomes current a number above all that readers and mirrors have seen."""
    folder = settings.RELEASES_DIR
    release = current_release(folder)
    if release.id < max(release_ids(folder)[-1], above):
        said = {"made_at": utc_time(timezone.now()), "made_by": (), "changes": "", "counts": {}}
        again = replace(release, id=max(next_id(folder), above), parent=shown, **said)
        write_manifest(folder, again)
        Publisher.objects.update(release=again.id, manifest=digest(again.content))
        tell_subscribers(again)
        point_to(folder, again)
