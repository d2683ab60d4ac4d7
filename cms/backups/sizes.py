"""How much is in a backup, in words."""

from cms.backups.backup import Facts


def in_words(facts: Facts) -> str:
    """Say how much it holds."""
    release = f"release {facts.release}" if facts.release else "no release"
    return f"{facts.files:,} files, {megabytes(facts.size)}, {release}"


def megabytes(size: int) -> str:
    """Give a size in megabytes."""
    return f"{size / 10**6:,.0f} MB" if size >= 10**6 else "less than 1 MB"
