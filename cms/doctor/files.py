"""Whether the release can be read, uploads can be written, static files are there, and the shared storage answers."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings

from api.releases.manifest import read_pointer
from api.releases.shared import shared_storage
from api.releases.tree import DamagedRelease
from api.releases.verify import pointed_to, pointer_faults, whole
from cms.doctor.findings import Finding, broken, ok, reason, warning
from cms.health import check_release

VERIFY = "See what is wrong, and mend it: manage.py verify_release --repair"


def look() -> Iterator[Finding]:
    yield from _release(settings.RELEASES_DIR)
    yield _writable("releases", "The folder of releases", settings.RELEASES_DIR)
    yield _writable("media", "The folder of uploads", Path(settings.MEDIA_ROOT))
    yield _static(Path(settings.STATIC_ROOT))
    yield from _shared()


def _release(folder: Path) -> Iterator[Finding]:
    faults = pointer_faults(folder)
    if faults and not folder.exists():
        yield broken("release", "Nothing was published yet: readers see nothing.", "Start the site once: make run")
        return
    if faults:
        yield broken("release", f"The release folder is damaged: {faults[0]}.", VERIFY)
        return
    current = pointed_to(folder)
    if whole(folder, current) is None:
        yield broken("release", f"Release {current}, which readers see, is damaged.", VERIFY)
        return
    shown = check_release()
    if not shown.is_well:
        yield broken("release", shown.says, VERIFY)
        return
    yield ok("release", f"Release {current} can be read. Every file of it is looked at by: manage.py verify_release")


def _writable(name: str, what: str, folder: Path) -> Finding:
    # One that is not there yet is made with the first file.
    there = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        TemporaryFile(dir=there).close()
    except OSError as error:
        mend = f"Give it to the user who runs the server: chown -R USER {folder}. See that its disk is not read-only."
        return broken(name, f"{what} cannot be written: {reason(error)}.", mend)
    return ok(name, f"{what} can be written.")


def _static(folder: Path) -> Finding:
    if (folder / "staticfiles.json").exists():
        return ok("static", "The admin's stylesheets and scripts are there.")
    says = f"The admin's stylesheets and scripts are not in {folder}: the admin answers with an error."
    return broken("static", says, "Gather them: make prepare")


def _shared() -> Iterator[Finding]:
    shared = shared_storage()
    if shared is None:
        return
    mend = "Mend RELEASES_URL, S3_ENDPOINT_URL and the keys (AWS_…), or the storage. This server shows what it has."
    try:
        pointer = shared.pointer()
        release = pointer and read_pointer(pointer)[0]
    except (OSError, DamagedRelease) as error:
        yield broken("shared", f"The shared storage does not work: {reason(error)}.", mend)
        return
    here = pointed_to(settings.RELEASES_DIR)
    if release == here:
        yield ok("shared", f"The shared storage answers, and has release {release}, as this server does.")
    else:
        says = f"The shared storage has release {release or 'none'}, this server {here or 'none'}."
        yield warning("shared", says, "Wait for a minute. Then: manage.py pull_release, and see what it says.")
