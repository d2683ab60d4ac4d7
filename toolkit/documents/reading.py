"""A reading: one document's view of the library, which writes down everything that it looked at."""

from functools import cached_property

from toolkit import locales
from toolkit.documents.library import STEP, Library
from toolkit.documents.shapes import SUMMARIES, shaped


class Reading:
    """Resolves what a document mentions, in one locale, and keeps the read-set.

    `read_set` holds strings such as `page:KEY`, `children:KEY`, `type:mark`, `quoted:KEY`, `serving:KEY`: a
    change to any of them can change the document. What was looked for and not found is written down too.
    """

    def __init__(self, library: Library, locale: str):
        self.library = library
        self.locale = locale
        self.read_set: set[str] = set()
        self.files: dict = {}

    def page(self, key: str):
        """Give the public page with this key in the reading's locale, else in the source locale, else None."""
        self.read_set.add(f"page:{key}")
        return self.library.find(key, self.locale)

    def page_with_id(self, page_id):
        """Give the public page that a stored database id points to, in the reading's locale.

        Choosers keep the id of the source's page in every translation, so the id only leads to the key.
        """
        if not str(page_id).isdecimal():
            return None
        self.read_set.add(f"id:{page_id}")
        key = self.library.key_of(int(page_id))
        return key and self.page(key)

    def children(self, page, document_type: str) -> list:
        """Give the public children of one type, in the source's order."""
        self.read_set.add(f"children:{page.key}")
        pages = map(self.page, self.library.child_keys[page.key])
        children = [child for child in pages if child and self.library.parent_key(child) == page.key]
        return [child for child in children if child.document_type == document_type]

    def all_of(self, *document_types: str) -> list:
        """Give every public page of these types, in the order of the tree."""
        found = []
        for document_type in document_types:
            self.read_set.add(f"type:{document_type}")
            found += map(self.page, self.library.keys_of_type[document_type])
        return [page for page in found if page]

    def quoting(self, page, document_type: str) -> list:
        """Give the public pages of one type whose body holds this quote or idea."""
        self.read_set.add(f"quoted:{page.key}")
        found = [self.page(key) for key in self.library.quoted_in[page.key]]
        quoting = [other for other in found if other and self._points_to(page, other.quoted_ids())]
        return [other for other in quoting if other.document_type == document_type]

    def ideas_for(self, page) -> list:
        """Give the public ideas that say they serve this stage or mark."""
        self.read_set.add(f"serving:{page.key}")
        found = [self.page(key) for key in self.library.serving[page.key]]
        return [idea for idea in found if idea and self._points_to(page, idea.served_ids())]

    def _points_to(self, page, page_ids) -> bool:
        """Tell whether one of these ids is the page's: the library's indexes speak of all locales together."""
        return page.key in map(self.library.key_of, page_ids)

    def ancestors(self, page) -> list:
        """Give the pages above this one, from the home page down."""
        paths = [page.path[:end] for end in range(STEP, len(page.path), STEP)]
        found = [above for path in paths if (above := self.library.by_path.get(path))]
        self.read_set.update(f"page:{above.key}" for above in found)
        return found

    def alternates(self, page) -> list:
        """Give the public versions of this page in all locales, its own among them."""
        self.read_set.add(f"page:{page.key}")
        found = (self.library.by_key.get((page.key, code)) for code in locales.codes())
        return [page for page in found if page]

    @cached_property
    def home(self):
        """The home page of the reading's locale (else of the source locale), None when neither is public."""
        return next(iter(self.all_of("toolkit")), None)

    def file(self, address: str, file):
        """Note that the document shows a file, so that the release takes its bytes along."""
        self.files[address] = file

    def mention(self, page) -> dict | None:
        """Give the summary of a page as others show it."""
        if page is None:
            return None
        self.read_set.add(f"page:{page.key}")
        return shaped(SUMMARIES[page.document_type], page.mention(self))

    def mentions(self, pages) -> list[dict]:
        """Give the summaries of several pages."""
        return [self.mention(page) for page in pages]
