"""Uploads in a folder that several servers share (NFS or the like)."""

from pathlib import Path

from django.core.files.storage import FileSystemStorage


class SharedUploads(FileSystemStorage):
    """Django's storage in a folder that somebody has to have made: one that is away is not an empty one."""

    def path(self, name: str) -> str:
        if not Path(self.location).is_dir():
            raise NotADirectoryError(f"there is no folder {self.location}")
        return super().path(name)
