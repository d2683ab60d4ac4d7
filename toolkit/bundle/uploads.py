"""Pictures and files on their way in: from the media folder of a bundle to the site's own store."""

from io import BytesIO
from pathlib import Path

import yaml
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from toolkit.bundle.format import MEDIA, UnreadableFile, read_text
from toolkit.uploads.files import check_file
from toolkit.uploads.pictures import kept_or_drawn_anew

TITLES = "titles.yaml"


class Uploads:
    """Takes files of one folder into the site, each once; a file that is there already is found again."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.titles = self._read_titles()
        self.taken = {}
        self.stored = []

    def picture(self, name: str):
        """Give the picture for a name such as `media/images/tea.png`. Raises UnreadableFile."""
        return self._take(get_image_model(), name, kept_or_drawn_anew, self._new_picture)

    def document(self, name: str):
        """Give the uploaded file for a name such as `media/documents/song.mp3`. Raises UnreadableFile."""
        return self._take(get_document_model(), name, _checked, self._new_document)

    def undo(self):
        """Delete the files that were stored: the rows in the database go with its transaction."""
        for file in self.stored:
            file.storage.delete(file.name)

    def _take(self, model, name: str, let_in, make):
        if (model, name) not in self.taken:
            content = self._read(name)
            words = {"title": Path(name).stem, **self.titles.get(name.removeprefix(f"{MEDIA}/"), {})}
            try:
                named, content = let_in(content, Path(name).name)
                self.taken[model, name] = _same(model, words, content) or self._store(make(named, words, content))
            except ValidationError as error:
                raise UnreadableFile(f"{self.folder / name}: {' '.join(error.messages)}") from error
        return self.taken[model, name]

    def _store(self, item):
        item.full_clean(exclude=["collection"])
        item.save()
        self.stored.append(item.file)
        return item

    def _new_picture(self, name: str, words: dict, content: bytes):
        return get_image_model()(file=ImageFile(BytesIO(content), name=name), **words)

    def _new_document(self, name: str, words: dict, content: bytes):
        title = {"title": words["title"]}
        return get_document_model()(file=SimpleUploadedFile(name, content), file_size=len(content), **title)

    def _read(self, name: str) -> bytes:
        path = self.folder / name
        if not path.resolve().is_relative_to((self.folder / MEDIA).resolve()):
            raise UnreadableFile(f"{path}: it leads out of the folder {MEDIA}. Put the file itself there.")
        if not path.is_file():
            raise UnreadableFile(f"{path}: the file is not there. Add it, or take the block that shows it out.")
        if path.stat().st_size > settings.LARGEST_UPLOAD:
            most = f"{settings.LARGEST_UPLOAD:,} bytes"
            raise UnreadableFile(f"{path}: the file is larger than {most}. Make a smaller one.")
        return path.read_bytes()

    def _read_titles(self) -> dict[str, dict]:
        path = self.folder / MEDIA / TITLES
        if not path.exists():
            return {}
        try:
            titles = yaml.safe_load(read_text(path))
            return {
                name: {field: str(words.get(field) or "") for field in ("title", "description") if field in words}
                for name, words in (titles or {}).items()
            }
        except (ValueError, AttributeError, yaml.YAMLError) as error:
            raise UnreadableFile(f"{path}: it must have the title of each file, as an export writes it.") from error


def _checked(content: bytes, name: str) -> tuple[str, bytes]:
    check_file(content, name, len(content))
    return name, content


def _same(model, words: dict, content: bytes):
    """Give what the site has already: the same bytes under the same title."""
    for item in model.objects.filter(title=words["title"]).order_by("pk"):
        if getattr(item, "description", words.get("description", "")) != words.get("description", ""):
            continue
        if item.file.storage.exists(item.file.name) and item.file.size == len(content):
            with item.file.open("rb") as file:
                if file.read() == content:
                    return item
    return None
