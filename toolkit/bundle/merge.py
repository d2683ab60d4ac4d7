"""A bundle against a site that has content: what is different, and drafts of it. Nothing here publishes anything."""

from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path

from django.db import transaction

from toolkit.bundle.describe import describe
from toolkit.bundle.fill import fill
from toolkit.bundle.format import PageFile, read_folder
from toolkit.bundle.load import add_page, check, key_of_translations, make_locales
from toolkit.bundle.naming import Names
from toolkit.bundle.references import page_class
from toolkit.bundle.selection import Chosen, all_pages, latest_words
from toolkit.bundle.uploads import Uploads
from toolkit.bundle.withdrawn import withdrawn_credits, withdrawn_quotes
from toolkit.bundle.writing import text_of
from toolkit.models import IdeaCredit

# What no draft can hold, or what is no matter of words: where a page stands, and when it was public.
NOT_COMPARED = ("order", "state", "translation", "review", "key", "published_at", "updated_at", "expire_at")

NEW, CHANGED, SAME = "new", "changed", "same"
# A draft that says just this is there already; a draft of somebody's that says something else.
DRAFTED, OVERTAKEN = "drafted", "overtaken"
WITHDRAWN = "withdrawn"


@dataclass
class Difference:
    """What a bundle would do to one page: its state, and the lines of its Markdown that are not the same."""

    path: str
    title: str
    state: str
    lines: list[str] = field(default_factory=list)


@dataclass
class Merged:
    """The differences page by page, and the addresses of the pages that only this site has."""

    differences: list[Difference]
    only_here: list[str]

    def of(self, state: str) -> list[Difference]:
        return [difference for difference in self.differences if difference.state == state]


def merge_folder(
    folder: Path,
    *,
    dry_run: bool = False,
    over_drafts: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Merged:
    """Make drafts of all pages of a folder that are new or different, and say which ones.

    A page with a draft that is not public yet is left alone, unless `over_drafts` is given. Words that somebody
    withdrew here stay withdrawn. A dry run does the same and takes it all back. All or nothing: raises
    UnreadableFile or MissingPage with the site unchanged.
    """
    files, uploads = read_folder(folder), Uploads(folder)
    is_done = False
    try:
        with transaction.atomic():
            merged = _Merge(folder, uploads, over_drafts).run(files, progress)
            transaction.set_rollback(dry_run)
        is_done = not dry_run
        return merged
    finally:
        if not is_done:
            uploads.undo()


class _Merge:
    def __init__(self, folder: Path, uploads: Uploads, over_drafts: bool):
        self.folder, self.uploads, self.over_drafts = folder, uploads, over_drafts
        self.withdrawn = withdrawn_quotes()
        self.withdrawn_credits = withdrawn_credits()

    def run(self, files: list[PageFile], progress) -> Merged:
        make_locales()
        plan = [(file, *self._page_for(file)) for file in files]
        # Read only now, with all new pages in it, for they may refer to each other.
        there = {page.id: page for page in all_pages()}
        self.names = Names(there.values(), with_drafts=True)
        differences = []
        for done, (file, page_id, state) in enumerate(plan, start=1):
            differences.append(self._difference_of(file, there.get(page_id), state))
            if progress:
                progress(done, len(plan))
        matched = {page_id for _file, page_id, _state in plan}
        return Merged(differences, [page.public_path for page in there.values() if page.id not in matched])

    def _page_for(self, file: PageFile) -> tuple[int | None, str]:
        """Give the id of the page that a file is about, made where there is none, and what is known of it so far."""
        twin = find_twin(file)
        if self._is_withdrawn(file, twin):
            return twin and twin.id, WITHDRAWN
        if twin:
            return twin.id, SAME
        return add_page(file, key=key_of_translations(file)).id, NEW

    def _difference_of(self, file: PageFile, page, state: str) -> Difference:
        if state == WITHDRAWN:
            return self._difference(file, WITHDRAWN)
        return self._draft_new(page, file) if state == NEW else self._draft_change(page, file)

    def _is_withdrawn(self, file: PageFile, twin) -> bool:
        keys = {file.code, file.fields.get("key"), twin and twin.key}
        return file.type == "quote" and not self.withdrawn.isdisjoint(keys)

    def _draft_new(self, page, file: PageFile) -> Difference:
        self._fill(page, file)
        page.save()
        page.save_revision(clean=False)
        return self._difference(file, NEW, after=self._text(page, file))

    def _draft_change(self, page, file: PageFile) -> Difference:
        before = self._text(page if page.live else latest_words(page), file)
        drafted = self._text(latest_words(page), file)
        draft = latest_words(page)
        self._fill(draft, file)
        after = self._text(draft, file)
        if after in (before, drafted):
            return self._difference(file, SAME if after == before else DRAFTED, before, after)
        if (page.has_unpublished_changes or not page.live) and not self.over_drafts:
            return self._difference(file, OVERTAKEN, drafted, after)
        draft.save_revision(clean=False)
        return self._difference(file, CHANGED, before, after)

    def _fill(self, page, file: PageFile):
        self._leave_out_withdrawn_credits(file)
        fill(page, file, self.uploads)
        check(page, file, is_draft=True)

    def _leave_out_withdrawn_credits(self, file: PageFile):
        """Take the credits that somebody took back out of a file: of this idea by name, of any idea by key."""
        if not file.fields.get("credits"):
            return
        here = IdeaCredit.objects.filter(idea__code=file.code)
        names = set(here.filter(translation_key__in=self.withdrawn_credits).values_list("name", flat=True)) - {""}
        file.fields["credits"] = [
            credit
            for credit in file.fields["credits"]
            if credit.get("key") not in self.withdrawn_credits and credit["name"] not in names
        ]

    def _text(self, page, file: PageFile) -> str:
        """Give what a page says, as Markdown, without what is not compared."""
        said = describe(Chosen(page, str(file.path), order=0, is_public=True), self.names)
        said.fields = {name: value for name, value in said.fields.items() if name not in NOT_COMPARED}
        for credit in said.fields.get("credits", []):
            credit.pop("key")
        return text_of(said)

    def _difference(self, file: PageFile, state: str, before: str = "", after: str = "") -> Difference:
        lines = list(unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[2:]
        lines = [line for line in lines if not line.startswith("@@")]
        return Difference(str(file.path.relative_to(self.folder)), file.fields["title"], state, lines)


def find_twin(file: PageFile):
    """Give the page of the site that a file is about, by the key of its translations, else by its code; or None."""
    pages = page_class(file.type).objects.filter(locale__language_code=file.locale, alias_of=None)
    by_key = pages.filter(translation_key=file.fields["key"]).first() if "key" in file.fields else None
    by_code = pages.first() if file.type == "toolkit" else pages.filter(code=file.code).first()
    return by_key or by_code
