"""A sound, film or PDF on its way in: told from its bytes, which have to be what its name says."""

from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from toolkit.uploads.pictures import too_large

# Enough of a file to tell what it is.
HEAD = 4096
# By the suffix: its name for people.
KINDS = {"mp3": "MP3", "mp4": "MP4", "ogg": "Ogg", "pdf": "PDF", "webm": "WebM"}
# MP4 shares its container with pictures and with QuickTime. These, after "ftyp", are films and sounds.
MP4_BRANDS = (b"isom", *(b"iso%d" % number for number in range(2, 10)), b"mp41", b"mp42", b"avc1", b"dash", b"M4")
# The two bytes that begin a piece of MPEG sound, layer III: eleven bits set, then the version, then the layer.
MP3_SYNC = (b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xe3", b"\xff\xe2")


def check_file(head: bytes, name: str, size: int):
    """Raise ValidationError, which says what to do, unless a file is of a kind that is let in, and named so.

    `head` is its beginning, of `HEAD` bytes or more; `size` is in bytes.
    """
    if size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        raise too_large(size, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    kind, suffix = kind_of(head), PurePath(name).suffix[1:].lower()
    if kind is None:
        says = _("This is not a sound, a film or a PDF that browsers can show. Save it as one of: %(kinds)s.")
        raise ValidationError(says, code="unknown_kind", params={"kinds": ", ".join(KINDS.values())})
    if kind != suffix:
        says = _("This is a %(kind)s file, but its name does not say so. Let its name end with .%(suffix)s.")
        raise ValidationError(says, code="other_kind", params={"kind": KINDS[kind], "suffix": kind})


def kind_of(head: bytes) -> str | None:
    """Give the suffix that a file should have by its first bytes, None when it is of no kind that is let in."""
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"OggS"):
        return "ogg"
    if head.startswith((b"ID3", *MP3_SYNC)):
        return "mp3"
    if head[4:8] == b"ftyp" and head[8:12].startswith(MP4_BRANDS):
        return "mp4"
    # EBML, whose header says within its first bytes that it is WebM and not some other Matroska.
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]:
        return "webm"
    return None
