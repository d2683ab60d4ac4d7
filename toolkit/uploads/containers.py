"""What the file of a picture holds beside its pixels, found by walking through its parts without decoding any."""

from collections.abc import Iterator

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_PIXELS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
WEBP_PIXELS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
# Of those that stand alone, without a length: the beginning and the end.
JPEG_START, JPEG_END, JPEG_SCAN = 0xD8, 0xD9, 0xDA
# Frame headers, tables, restart interval, scan; and JFIF, which says how many pixels an inch has.
JPEG_PIXELS = {0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, JPEG_SCAN}
JFIF, JFIF_LENGTH = 0xE0, 16


class Unreadable(Exception):
    """A file whose parts do not fit together."""


def holds_only_pixels(content: bytes) -> bool:
    """Tell whether a JPEG, PNG or WebP file has nothing but what its pixels are drawn from, to its last byte."""
    try:
        if content.startswith(PNG_SIGNATURE):
            return PNG_PIXELS.issuperset(chunks_of_png(content))
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return WEBP_PIXELS.issuperset(chunks_of_webp(content))
        return content.startswith(b"\xff\xd8") and all(map(_draws, segments_of_jpeg(content)))
    except (Unreadable, IndexError):
        return False


def is_lossless_webp(content: bytes) -> bool:
    """Tell whether a WebP file keeps every pixel as it was drawn."""
    try:
        return content[8:12] == b"WEBP" and b"VP8L" in chunks_of_webp(content)
    except Unreadable:
        return False


def chunks_of_png(content: bytes) -> Iterator[bytes]:
    """Give the names of the chunks of a PNG file. Raises Unreadable unless the last one ends with the file."""
    place, name = len(PNG_SIGNATURE), b""
    while name != b"IEND":
        length, name = int.from_bytes(content[place : place + 4]), content[place + 4 : place + 8]
        if len(name) < 4:
            raise Unreadable
        yield name
        place += length + 12
    if place != len(content):
        raise Unreadable


def chunks_of_webp(content: bytes) -> Iterator[bytes]:
    """Give the names of the chunks of a WebP file. Raises Unreadable unless the last one ends with the file."""
    if int.from_bytes(content[4:8], "little") + 8 != len(content):
        raise Unreadable
    place = 12
    while place < len(content):
        yield content[place : place + 4]
        length = int.from_bytes(content[place + 4 : place + 8], "little")
        place += 8 + length + length % 2
    if place != len(content):
        raise Unreadable


def segments_of_jpeg(content: bytes) -> Iterator[tuple[int, int]]:
    """Give marker and length of the segments of a JPEG file. Raises Unreadable unless it ends where it says."""
    place = 2
    while content[place + 1] != JPEG_END:
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4])
        if content[place] != 0xFF:
            raise Unreadable
        yield marker, length
        place += length + 2
        if marker == JPEG_SCAN:
            place = _end_of_scan(content, place)
    if content[place] != 0xFF or place + 2 != len(content):
        raise Unreadable


def _end_of_scan(content: bytes, place: int) -> int:
    """Give where the next segment begins: within a scan, 0xFF is followed by 0, or by the number of a restart."""
    while True:
        place = content.find(b"\xff", place)
        if place == -1:
            raise Unreadable
        if content[place + 1] != 0 and not 0xD0 <= content[place + 1] <= 0xD7:
            return place
        place += 2


def _draws(segment: tuple[int, int]) -> bool:
    marker, length = segment
    return marker in JPEG_PIXELS or (marker == JFIF and length == JFIF_LENGTH)
