"""The pages of the documentation, as Markdown."""

from django.conf import settings

README = settings.BASE_DIR / "README.md"
FORMAT = settings.BASE_DIR / "toolkit" / "starter" / "README.md"
PAGES = [README, *sorted((settings.BASE_DIR / "docs").glob("*.md")), FORMAT]


def name_of(page) -> str:
    """Give a page's name, as seen from the top of the repository."""
    return page.relative_to(settings.BASE_DIR).as_posix()
