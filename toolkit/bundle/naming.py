"""The names that a bundle has for what pages refer to: other pages, pictures, files."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from toolkit.bundle.format import MEDIA
from toolkit.bundle.prose import outside_link
from toolkit.bundle.references import NAMED_BY_TYPE, file_type
from toolkit.bundle.withdrawn import withdrawn_credits
from toolkit.consent import Consent
from toolkit.documents.canonical import digest
from toolkit.private_files import is_private, private_collections


class Names:
    """Knows pages by their ids, and names pictures and files when somebody asks for them.

    `packed` holds what was asked for, by its name; `missing` the titles of those whose bytes are gone. Credits that
    are not public are named only `with_drafts`, and those that were withdrawn never.
    """

    def __init__(self, pages: Iterable, *, with_drafts: bool):
        self.with_drafts = with_drafts
        self.withdrawn_credits = withdrawn_credits()
        self.pages = {page.id: (file_type(type(page)), page.code) for page in pages}
        self.packed = {}
        self.missing = set()
        self._names = {}
        self._said = {}
        self._private = private_collections()
        self._twice = _codes_of_two_types(self.pages.values())

    def link(self, attributes: dict) -> str | None:
        """Give the address that Markdown has for a link, None when it leads to nothing that is in the bundle."""
        if attributes.get("linktype") != "page":
            return None if "linktype" in attributes else outside_link(attributes)
        page_id = str(attributes.get("id"))
        named = self.pages.get(int(page_id)) if page_id.isdecimal() else None
        return named and f"{self._link_type(*named)}:{named[1]}"

    def _link_type(self, page_type: str, code: str) -> str:
        return page_type if page_type in NAMED_BY_TYPE or code in self._twice else "page"

    def code(self, page_type: str, page_id) -> str | None:
        """Give the code of a page by its id, None when it is not in the bundle or of another type."""
        found = self.pages.get(page_id)
        return found[1] if found and found[0] == page_type else None

    def may_travel(self, credit) -> bool:
        """Tell whether a credit of an idea may stand in the bundle."""
        if credit.consent == Consent.WITHDRAWN or str(credit.translation_key) in self.withdrawn_credits:
            return False
        return credit.may_be_public or self.with_drafts

    def picture(self, picture_id) -> str:
        """Give the name of a picture, "" when there is none."""
        return self._name(get_image_model(), "images", picture_id)

    def document(self, document_id) -> str:
        """Give the name of an uploaded file, "" when there is none."""
        return self._name(get_document_model(), "documents", document_id)

    def _name(self, model, folder: str, item_id) -> str:
        if not item_id:
            return ""
        if (model, item_id) not in self._names:
            self._names[model, item_id] = self._pack(model.objects.filter(pk=item_id).first(), folder)
        return self._names[model, item_id]

    def _pack(self, item, folder: str) -> str:
        if item is None or is_private(item, self._private) or not item.file.storage.exists(item.file.name):
            self.missing.add(item.title if item else "a file that was deleted")
            return ""
        with item.file.open("rb") as file:
            said = (folder, item.title, getattr(item, "description", ""), digest(file.read()))
        if said not in self._said:
            name = PurePosixPath(item.file.name)
            path = f"{MEDIA}/{folder}/{name.name}"
            if path.casefold() in map(str.casefold, self.packed):
                path = f"{MEDIA}/{folder}/{name.stem}-{digest(repr(said).encode())[:8]}{name.suffix}"
            self._said[said] = path
            self.packed[path] = item
        return self._said[said]


def _codes_of_two_types(named: Iterable[tuple[str, str]]) -> set[str]:
    """Give the codes of which `page:code` would not say enough."""
    types = defaultdict(set)
    for page_type, code in named:
        if page_type not in NAMED_BY_TYPE:
            types[code].add(page_type)
    return {code for code, found in types.items() if len(found) > 1}
