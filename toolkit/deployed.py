"""What was deployed: digests of the code, the templates and the catalogues that documents and pages are made with."""

import re
from functools import cache
from importlib.metadata import version
from pathlib import Path
from zlib import ZLIB_RUNTIME_VERSION

from django.conf import settings
from django.utils.translation import to_locale

from toolkit.catalogues import words_over
from toolkit.documents.canonical import digest

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# Everything that has a part in what documents say.
CODE = ("toolkit", "api/content", "api/widget", "cms/publishing", "templates/assets")
SOURCES = {".py", ".css", ".js", ".svg", ".typ", ".ttf", ".woff2", ".txt"}
LIBRARIES = ("Django", "wagtail", "djangorestframework", "nh3", "brotli", "typst", "pillow")
NAMED = re.compile(r'{%\s*(?:extends|include)\s+"([^"]+\.html)"')
# A template that is chosen by the type of a block: any of its folder.
CHOSEN = re.compile(r'"(\w+/)"\s*\|\s*add:')


@cache
def code_digest() -> str:
    """Give the digest of the code that makes documents, and of the versions of the libraries it uses."""
    files = [file for room in CODE for file in sorted((Path(settings.BASE_DIR) / room).rglob("*.*"))]
    sources = [file.read_bytes() for file in files if file.suffix in SOURCES and "migrations" not in file.parts]
    return digest(b"".join(sources) + " ".join([*map(version, LIBRARIES), ZLIB_RUNTIME_VERSION]).encode())


@cache
def template_digest(name: str) -> str:
    """Give the digest of a template with all that it extends and includes."""
    return digest(b"".join((TEMPLATES / part).read_bytes() for part in sorted(parts_of_template(name))))


def parts_of_template(name: str) -> set[str]:
    """Give the names of a template and of all that it extends and includes."""
    found, waiting = set(), {name}
    while waiting:
        part = waiting.pop()
        found.add(part)
        text = (TEMPLATES / part).read_text(encoding="utf-8")
        chosen = {
            f"{folder}{file.name}" for folder in CHOSEN.findall(text) for file in (TEMPLATES / folder).iterdir()
        }
        waiting |= {*NAMED.findall(text), *chosen} - found
    return found


def catalogue_digest(locale: str) -> str:
    """Give the digest of the words of a locale, with what translators put over them."""
    return digest(f"{_files_digest(locale)}{words_over(locale)}".encode())


@cache
def _files_digest(locale: str) -> str:
    name = to_locale(locale)
    files = [file for folder in settings.LOCALE_PATHS for file in Path(folder).glob(f"{name}/LC_MESSAGES/*.po")]
    return digest(b"".join(file.read_bytes() for file in sorted(files)))
