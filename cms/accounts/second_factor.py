"""The second step at login: who has it, who must, and what somebody has still to do before they are in."""

from enum import Enum

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_otp import login as otp_login
from django_otp import verify_token
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.log_actions import log
from wagtail.permissions import page_permission_policy

from cms.accounts.models import BackupCode, BackupCodes
from cms.accounts.secrets import digest_of_code, new_codes

REQUIRED, OPTIONAL = "required", "optional"
# An authenticator app shows so many digits; anything else is a backup code.
DIGITS = 6


class Step(Enum):
    """What somebody who has given their password has still to do."""

    SET_UP = "set_up"
    GIVE_CODE = "give_code"


def is_concerned(person) -> bool:
    """Tell whether much depends on somebody's account: they can publish, or look after people."""
    return (
        person.is_superuser
        or person.has_perm("auth.add_user")
        or person.has_perm("auth.change_user")
        or page_permission_policy.user_has_permission(person, "publish")
    )


def must_have(person) -> bool:
    """Tell whether somebody cannot do without."""
    return settings.TWO_FACTOR == REQUIRED and is_concerned(person)


def app_of(person) -> TOTPDevice | None:
    """Give the authenticator app with which somebody logs in."""
    return TOTPDevice.objects.filter(user=person, confirmed=True).first()


def still_to_do(person) -> Step | None:
    """Say what is missing. `person` is that of a request in the admin, where it is known what they have given."""
    if person.is_verified():
        return None
    if app_of(person):
        return Step.GIVE_CODE
    return Step.SET_UP if must_have(person) else None


def app_to_set_up(person) -> TOTPDevice:
    """Give the app that somebody is about to set up: the same one until they have."""
    found = TOTPDevice.objects.filter(user=person, confirmed=False).first()
    return found or TOTPDevice.objects.create(user=person, name="app", confirmed=False)


def give_code(request, code: str) -> bool:
    """Look at the code of somebody who logs in, and let them in when it is right."""
    plain = code.replace(" ", "")
    is_of_app = plain.isdecimal() and len(plain) == DIGITS
    model = TOTPDevice if is_of_app else BackupCodes
    device = model.objects.filter(user=request.user, confirmed=True).first()
    if device is None or not verify_token(request.user, device.persistent_id, plain):
        return False
    # The session is bound to the app, also where a backup code has stood in for it: without the app it ends.
    otp_login(request, device if is_of_app else app_of(request.user))
    request.session.cycle_key()
    if not is_of_app:
        log(request.user, "accounts.backup_code", user=request.user)
    return True


def wait_until(person, code: str):
    """Say until when no code of somebody is looked at, after too many wrong ones; None when one may be tried."""
    plain = code.replace(" ", "")
    model = TOTPDevice if plain.isdecimal() and len(plain) == DIGITS else BackupCodes
    device = model.objects.filter(user=person, confirmed=True).first()
    allowed, why = device.verify_is_allowed() if device else (True, None)
    return None if allowed else why["locked_until"]


@transaction.atomic
def finish(request, device: TOTPDevice, code: str) -> list[str] | None:
    """Take a new app into use with a code that it shows; give new backup codes, or None where the code is wrong."""
    if not verify_token(request.user, device.persistent_id, code.replace(" ", "")):
        return None
    TOTPDevice.objects.filter(user=request.user).exclude(pk=device.pk).delete()
    # verify_token has saved what it knows of the code, in an object of its own.
    device.refresh_from_db()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    otp_login(request, device)
    log(request.user, "accounts.second_step_on", user=request.user)
    return renew_codes(request.user)


@transaction.atomic
def renew_codes(person) -> list[str]:
    """Give somebody new backup codes; those from before work no more."""
    BackupCodes.objects.filter(user=person).delete()
    device = BackupCodes.objects.create(user=person, name="codes")
    codes = new_codes()
    BackupCode.objects.bulk_create(BackupCode(device=device, digest=digest_of_code(code)) for code in codes)
    return codes


def codes_left(person) -> int:
    return BackupCode.objects.filter(device__user=person).count()


@transaction.atomic
def take_away(person, *, by=None) -> bool:
    """Take somebody's second step away, so that they can set it up anew; tell whether they had one."""
    BackupCodes.objects.filter(user=person).delete()
    gone, _by_model = TOTPDevice.objects.filter(user=person).delete()
    if gone:
        log(person, "accounts.second_step_off", user=by, data={"at": timezone.now().isoformat()})
    return bool(gone)
