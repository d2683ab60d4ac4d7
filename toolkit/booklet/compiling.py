"""The compiler of PDFs, as a program: it takes a folder with booklet.typ, the folder of the fonts, and a moment."""

import sys
from datetime import datetime
from pathlib import Path

import typst

STANDARD = "ua-1"


def main(folder: str, fonts: str, moment: str) -> int:
    """Write the PDF to stdout and give 0; or say on stderr what the compiler refused, and give 1."""
    at = datetime.fromisoformat(moment)
    try:
        content = typst.compile(
            Path(folder) / "booklet.typ",
            root=folder,
            font_paths=[fonts],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=[STANDARD],
            timestamp=at,
            sys_inputs={"day": at.strftime("%Y-%m-%d")},
        )
    except RuntimeError as error:
        sys.stderr.write(str(error))
        return 1
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
