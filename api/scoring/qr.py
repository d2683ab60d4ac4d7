"""QR codes as pictures that stand in the page itself, drawn by `scoring/qr.html`."""

from dataclasses import dataclass

import segno

# Cameras need so much empty space around it, in squares.
QUIET = 4


@dataclass(frozen=True)
class Qr:
    """A QR code: how many squares wide it is, and the outline of all that are dark, as the path of an SVG."""

    size: int
    path: str


def qr_code(text: str) -> Qr:
    """Give the QR code of an address."""
    rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=QUIET))
    dark = [(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return Qr(len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
