"""Pictures and files as people have them, made on the spot: with a place in them, with something behind their end."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms

# What must not come through: a camera, a remark, a script.
NEEDLES = (b"NeedleCamera", b"needle-remark", b"alert(1)", b"NeedlePlace")
SCRIPT = b"/*needle-remark*/;alert(1)//"
SOUND = b"ID3\x04\x00 and no more of a song"
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + b"\x00" * 64
OGG = b"OggS\x00\x02" + b"\x00" * 64
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x84webm" + b"\x00" * 64
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"


def drawing(mode: str = "RGB", size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Draw a picture whose left half is red, and whose right half is blue."""
    width, height = size
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (width // 2, 0, width, height))
    return picture.convert(mode)


def picture(kind: str = "PNG", mode: str = "RGB", **options) -> bytes:
    """Give the file of a picture."""
    file = BytesIO()
    drawing(mode).save(file, kind, **options)
    return file.getvalue()


def telling(kind: str) -> bytes:
    """Give the file of a picture that tells where, when and with what it was taken, and holds a script at its end."""
    exif = Image.Exif()
    exif[0x010F] = "NeedleCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 28.0, 38.0), 3: "W", 4: (3.0, 10.0, 37.0), 29: "NeedlePlace"})
    options = {"exif": exif, "icc_profile": profile(), "xmp": b"<x:xmpmeta>needle-remark</x:xmpmeta>"}
    return picture(kind, **options, **({"comment": SCRIPT} if kind in ("JPEG", "GIF") else {})) + SCRIPT


def profile(name: str = "sRGB") -> bytes:
    """Give a colour profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()


def moving(kind: str) -> bytes:
    """Give the file of a picture that moves."""
    file = BytesIO()
    drawing().save(file, kind, save_all=True, append_images=[drawing().rotate(180)], duration=100)
    return file.getvalue()


def bomb(width: int, height: int) -> bytes:
    """Give a PNG file of a few kilobytes that would take gigabytes of memory once it is decoded."""
    rows = zlib.compress(bytes(1 + min(width, 20_000) * 3) * 8)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def with_script_in_head() -> bytes:
    """Give a GIF file that is a script, too: its width begins a remark, which ends before the script."""
    file = picture("GIF")
    return file[:6] + b"/*" + file[8:] + b"*/=1;alert(1);//needle-remark"
