"""A folder that several servers share (NFS or the like) as a storage in which a name never stands for half a file."""

import os
import shutil
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from api.releases.files import flush_file, replacing


class SharedFolder(FileSystemStorage):
    """Django's storage in a folder that somebody has to have made: one that is away is not an empty one."""

    def path(self, name: str) -> str:
        if not Path(self.location).is_dir():
            raise NotADirectoryError(f"there is no folder {self.location}")
        return super().path(name)

    def get_available_name(self, name, max_length=None):
        return name

    def _save(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            shutil.copyfileobj(content, file)
            file.flush()
            os.fsync(file.fileno())
        flush_file(path.parent)
        return name
