"""Building: from what may have changed to just those parts of a release that did.

A release remembers, in its tree of nodes, the digest of every fact and what each fact and target read; in its tree of
readers, who read what. A fact that may have changed is found out again. Where its digest is not what it was, its
readers follow. (A build system with verifying traces: Mokhov and others, Build Systems à la Carte, 2018.)
"""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field

from django.db import InterfaceError, OperationalError

from api.releases.manifest import TREES, Entry
from api.releases.tree import Pieces, Tree, names_of, with_names
from cms.models import Change
from cms.publishing import asking, discovery, offline, pages, printing, tested, widget
from cms.publishing.reads import follow_reads
from cms.publishing.suspects import (
    Suspects,
    all_codes,
    deployed,
    suspects_of,
    suspects_of_failures,
    suspects_of_place,
    suspects_of_references,
)
from cms.publishing.targets import JSON, Built, Resource, build_target, media_type, name_of_page, names_of_site
from cms.publishing.writer import BlobWriter
from toolkit import locales
from toolkit.documents.canonical import digest
from toolkit.documents.facts import Fact, fact_name, parts_of, shown_file
from toolkit.documents.library import RELATIONS, Library
from toolkit.documents.reading import fact, find_out
from toolkit.withdrawal.tombstones import is_withdrawn

logger = logging.getLogger(__name__)

# Small facts that pages read, and that take many queries, or long ones, to find out.
REMEMBERED = (
    "booklet-made:",
    "booklet-offer:",
    "choices:",
    "frame:",
    "languages:",
    "neighbours:",
    "number:",
    "print-path:",
    "serving:",
    "vocabulary:",
)

# This says nothing about the page that was being built: all of it is tried again.
DATABASE_AWAY = (InterfaceError, OperationalError)
# Importing these rooms registers their targets.
ROOMS = (asking, discovery, offline, pages, printing, tested, widget)


@dataclass
class Outcome:
    """What a build came to: the three trees as they are now, the pages that changed, and what could not be built.

    `failures` holds, by the name of a target, the exception that kept it from being built.
    """

    trees: dict[str, Tree]
    changes: list[dict] = field(default_factory=list)
    failures: dict[str, Exception] = field(default_factory=dict)


class Build:
    """One build: of what suspects lead to, or (`everything`) of all there is, with nothing taken as known."""

    def __init__(
        self,
        library: Library,
        trees: dict[str, Tree],
        blobs: BlobWriter,
        *,
        shown: dict[str, Tree] | None = None,
        everything: bool = False,
        thorough: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ):
        self.library = library
        self.pieces: Pieces = trees["nodes"].pieces
        self.before = trees
        # What readers see now: after a rollback that is older than what is built upon.
        self.shown = shown or trees
        self.blobs = blobs
        self.everything = everything
        self.thorough = thorough
        self.progress = progress or (lambda done, total: None)
        self.nodes: dict[str, dict | None] = {}
        self.resources: dict[str, Future[Entry] | dict] = {}
        self.changes: list[dict] = []
        self.failures: dict[str, Exception] = {}
        self.library.remembered = self._remembered
        self._from_memory: set[str] = set()
        self._may_remember = False
        self._facts: list[str] = []
        self._targets: dict[str, None] = {}
        self._checked: set[str] = set()
        self._made: set[str] = set()
        self._known: set[str] = set()
        # Compressing bytes again would give the same, as long as the software is the same.
        self._may_keep_files = not thorough and self._is_same_software()

    def run(self, changes: Iterable[Change], retry: Iterable[str] = ()) -> Outcome:
        """Build what changes lead to, and the targets that failed the last time; give what came of it.

        Raises OSError when bytes cannot be written, OperationalError or InterfaceError when the database is away.
        """
        suspects = self._everything() if self.everything else self._suspects(changes)
        suspects |= suspects_of_failures(retry)
        self._load_at_once(suspects)
        self._suspect(suspects)
        while self._facts or self._targets:
            while self._facts:
                self._check(self._facts.pop())
            if self._targets:
                self._make(self._targets.popitem()[0])
                self.progress(len(self._made), len(self._made) + len(self._targets))
        return self._outcome()

    def _is_same_software(self) -> bool:
        node = self.before["nodes"].get("code:@") or {}
        return node.get("value") == fact(self.library, "code:@").digest

    # --- What to build -------------------------------------------------------------------------------------------

    def _everything(self) -> Suspects:
        pages = {name_of_page(page.key, page.locale.language_code) for page in self.library.pages}
        before = {name for name, node in self.before["nodes"].items() if "value" not in node}
        return Suspects(targets=names_of_site(self._public_locales()) | pages | before)

    def _suspects(self, changes: Iterable[Change]) -> Suspects:
        found = Suspects(facts=deployed())
        for change in changes:
            found |= suspects_of(change, self._read_before(change.key))
        return found

    def _public_locales(self) -> list[str]:
        return [one["locale"] for one in fact(self.library, "languages:@").value]

    def _load_at_once(self, suspects: Suspects):
        """Look up together what the last builds of the targets read: it is what they will read now."""
        names = [name for target in suspects.targets for name in self._reads_before(target)]
        parts = [parts_of(name) for name in [*names, *suspects.facts]]
        self.library.load_ids({int(argument) for kind, argument, _locale in parts if kind == "id"})
        self.library.load({argument for kind, argument, _locale in parts if kind in ("link", "mention")})

    def _reads_before(self, name: str) -> set[str]:
        node = self.before["nodes"].get(name)
        return names_of(self.pieces, node) if node else set()

    def _read_before(self, key: str) -> set[str]:
        """Give what the targets of a page read when they were built last, in whatever locale."""
        return {name for code in all_codes() for name in self._reads_before(name_of_page(key, code))}

    # --- Facts ---------------------------------------------------------------------------------------------------

    def _check(self, name: str):
        """See whether a fact is what it was; where it is not, follow those who read it."""
        if name in self._checked:
            return
        self._checked.add(name)
        node = None if self.everything else self.before["nodes"].get(name)
        if node is None:
            self._notice_new(name)
            return
        was_remembered = name in self._from_memory
        try:
            now = self._found_out(name)
        except DATABASE_AWAY:
            raise
        except Exception:
            # Whoever reads it will fail as well, be kept as it was, and be named.
            logger.exception("%s cannot be found out", name)
            self._follow(name)
            return
        self._keep_fact(name)
        if now.digest != node["value"]:
            if was_remembered:
                # Whoever was built in the meantime was built with what it was.
                self._made -= names_of(self.pieces, self.before["readers"].get(name) or {})
            self._follow(name)
            kind, key, locale = parts_of(name)
            if kind == "link":
                self._suspect(suspects_of_place(key, self._read_before(key)))
            if kind in ("languages", "codes", "code"):
                # A locale has come or gone, its lists, feed and notices with it; or new code makes other targets.
                self._suspect(Suspects(targets=names_of_site(self._public_locales())))
            if kind in printing.DECIDES:
                self._suspect(Suspects(targets={fact_name(printing.DECIDES[kind], "", locale)}))

    def _notice_new(self, name: str):
        """See whether a page has become public: none that was public goes without anybody who read where it is."""
        kind, key, locale = parts_of(name)
        if kind == "link" and not self.everything and locale in self.library.versions(key):
            self._suspect(suspects_of_place(key, set()))

    def _follow(self, name: str):
        for reader in names_of(self.pieces, self.before["readers"].get(name) or {}):
            self._enqueue(reader)

    def _enqueue(self, name: str):
        is_fact = "value" in (self.before["nodes"].get(name) or {})
        if is_fact:
            self._facts.append(name)
        elif name not in self._made:
            self._targets[name] = None

    def _suspect(self, suspects: Suspects):
        self._facts += suspects.facts
        self._targets.update(dict.fromkeys(name for name in suspects.targets if name not in self._made))

    def _remembered(self, name: str) -> Fact | None:
        """Give a fact that the last release knows, of a kind that costs much to find out."""
        if not self._may_remember or not name.startswith(REMEMBERED):
            return None
        node = self.before["nodes"].get(name)
        if node is None:
            return None
        self._from_memory.add(name)
        return Fact(node["known"], frozenset(names_of(self.pieces, node)))

    def _found_out(self, name: str) -> Fact:
        """Give a fact as it is now, also where it was remembered so far."""
        if name in self._from_memory or name not in self.library.facts:
            self._from_memory.discard(name)
            self.library.facts[name] = find_out(self.library, name)
        return self.library.facts[name]

    def _keep_fact(self, name: str):
        """Write a fact down in the nodes, with all the facts that it rests on."""
        if name in self._known:
            return
        self._known.add(name)
        found = self.library.facts[name]
        node = {"value": found.digest} | ({"known": found.value} if name.startswith(REMEMBERED) else {})
        if address := shown_file(name, found.value):
            node["paths"] = [address]
            with self.library.files[address].open("rb") as opened:
                self.resources[address] = self.blobs.keep(opened.read(), media_type(address))
        self.nodes[name] = with_names(self.pieces, node, add=set(found.reads))
        self._keep_reads(found.reads)

    def _keep_reads(self, names: Iterable[str]):
        for name in names:
            if self.everything or self.before["nodes"].get(name) is None:
                self._keep_fact(name)
            elif name not in self._checked and name not in self._from_memory:
                # What is known about it may be out of date in a way that nobody suspected.
                self._check(name)

    # --- Targets -------------------------------------------------------------------------------------------------

    def _make(self, name: str):
        self._made.add(name)
        node = self.before["nodes"].get(name) or {}
        memory = node.get("memory", {})
        try:
            built = self._built(name, _without_shortcuts(memory) if self.thorough else memory)
        except DATABASE_AWAY:
            raise
        except Exception as error:
            logger.exception("%s cannot be built: its last good version stays", name)
            self.failures[name] = error
            self._stay(name, node)
            return
        self.failures.pop(name, None)
        paths = sorted([resource.path for resource in built.resources] + built.kept)
        for resource in built.resources:
            self.resources[resource.path] = self._entry(resource)
        self.nodes[name] = None
        if paths:
            self.nodes[name] = with_names(self.pieces, {"paths": paths, "memory": built.memory}, add=built.reads)
            self._keep_reads(built.reads)
        self._note_change(name, (self.shown["nodes"].get(name) or {}).get("memory", {}), built.memory)
        if not self.everything:
            self._suspect(Suspects(_suspects_of_build(name, memory, built.memory, self._source_memory(name))))

    def _built(self, name: str, memory: dict) -> Built:
        """Build a target. What is remembered may hold no more: that a page has gone is seen when it is built."""
        self._may_remember = not self.everything
        try:
            return build_target(self.library, name, memory)
        except DATABASE_AWAY:
            raise
        except Exception:
            if not self._from_memory:
                raise
            for remembered in list(self._from_memory):
                self._check(remembered)
        finally:
            self._may_remember = False
        return build_target(self.library, name, memory)

    def _source_memory(self, name: str) -> dict:
        """Give what the last build of a page's source knew: it stands in where there is no translation."""
        kind, key, _locale = parts_of(name)
        node = self.before["nodes"].get(name_of_page(key, locales.source())) if kind == "page" else None
        return (node or {}).get("memory", {})

    def _stay(self, name: str, node: dict):
        """Keep a target as its last good build left it, but for addresses at which another page stands now.

        Where a page has moved since, others link to its new address already: that leads to the old one.
        """
        if not node:
            return
        kind, key, locale = parts_of(name)
        standing = {path: fact(self.library, fact_name("at", path, locale)).value for path in node["paths"]}
        paths = [path for path, found in standing.items() if found in (None, key)]
        if kind == "page" and (shown := shown_path(node)) in paths:
            link = fact(self.library, fact_name("link", key, locale)).value
            if link and link[1] == locale and link[2] not in paths:
                self.resources[link[2]] = Entry(status=301, location=shown).value
                paths.append(link[2])
        self.nodes[name] = {**node, "paths": sorted(paths)}
        if self.everything:
            self._keep_known_reads(name)

    def _keep_known_reads(self, name: str):
        """Take over from the last release what a target that stays read, as far as it is not found out anew."""
        for read in self._reads_before(name):
            if read not in self._known and read not in self.nodes:
                self.nodes[read] = self.before["nodes"].get(read)
                self._keep_known_reads(read)

    def _entry(self, resource: Resource):
        before = self.before["resources"].get(resource.path) or {}
        if self._may_keep_files and (before.get("type"), before.get("sha256")) == (
            resource.type,
            digest(resource.content),
        ):
            return before
        if resource.content:
            return self.blobs.keep(resource.content, resource.type, smallest=resource.smallest)
        return Entry(status=resource.status, location=resource.location).value

    def _note_change(self, name: str, memory: dict, now: dict):
        about = now.get("about") or memory.get("about")
        if not about:
            return
        was, is_now = bool(memory) and not memory.get("gone"), bool(now) and not now.get("gone")
        if was or is_now:
            change = "changed" if was and is_now else "added" if is_now else "gone"
            shown = now["about"] if is_now else memory["about"]
            if change == "gone" and is_withdrawn(parts_of(name)[1]):
                shown = {**shown, "title": ""}
            self.changes.append({"change": change, "locale": parts_of(name)[2], **shown})

    # --- The trees -------------------------------------------------------------------------------------------------

    def _outcome(self) -> Outcome:
        if self.everything:
            trees = {name: Tree(self.pieces) for name in TREES}
            nodes = {name: node for name, node in self.nodes.items() if node}
        else:
            trees, nodes = self.before, self.nodes
        readers, nodes = follow_reads(self.pieces, trees, nodes)
        after = {
            "resources": trees["resources"].changed(self._resources(trees, nodes)),
            "nodes": trees["nodes"].changed(nodes),
            "readers": trees["readers"].changed(readers),
        }
        lists = offline.lists(self.blobs.folder, trees, nodes, after)
        kept = {path: self.blobs.keep(content, JSON) for path, content in lists}
        after["resources"] = after["resources"].changed({path: _settled(entry) for path, entry in kept.items()})
        return Outcome(after, self._real_changes(after["resources"]), self.failures)

    def _resources(self, trees: dict[str, Tree], nodes: dict[str, dict | None]) -> dict[str, dict | None]:
        """Give what is at the addresses of nodes: what was made now, else what was there; None where none is now."""
        before = {path for name in nodes for path in _paths(trees["nodes"].get(name))}
        now = {path for node in nodes.values() for path in _paths(node)}
        made = {path: self.resources.get(path) or self.before["resources"].get(path) for path in now}
        return {**dict.fromkeys(before), **{path: _settled(entry) for path, entry in made.items()}}

    def _real_changes(self, resources: Tree) -> list[dict]:
        """Leave out the pages whose documents came out as they were."""
        old = self.shown["resources"]
        real = [
            one
            for one in self.changes
            if one["change"] != "changed" or old.get(one["api"]) != resources.get(one["api"])
        ]
        return sorted(real, key=lambda one: (one["locale"], one["path"]))


def shown_path(node: dict | None) -> str | None:
    """Give the address of the site at which a node shows its page, None where it shows none."""
    memory = (node or {}).get("memory", {})
    about = memory.get("about", {})
    return None if memory.get("gone") or about.get("path") not in _paths(node) else about["path"]


def _paths(node: dict | None) -> list[str]:
    """Give the addresses at which a node has something."""
    return (node or {}).get("paths", [])


def _settled(entry) -> dict | None:
    return entry.result().value if isinstance(entry, Future) else entry


def _suspects_of_build(name: str, before: dict, now: dict, source: dict) -> set[str]:
    """Give the facts that a page's new build may have touched: who quotes whom, and what stands at its address.

    Where a translation comes or goes, so does what its source quotes.
    """
    about, was = (memory.get("about", {}) for memory in (now, before))
    found = {fact_name("prompts", "", code) for code in locales.codes()} if about.get("type") == "toolkit" else set()
    same = [(memory.get("gone"), memory.get("about"), *map(memory.get, RELATIONS)) for memory in (before, now)]
    if same[0] != same[1]:
        locale = parts_of(name)[2]
        found |= {fact_name("at", one["path"], locale) for one in (about, was) if one}
        found |= {fact_name("named", memory["named"], locale) for memory in (before, now) if memory.get("named")}
        found |= suspects_of_references(before, now, source)
    return found


def _without_shortcuts(memory: dict) -> dict:
    """Give what a target has to know from its last build: where it was, but not what it was made from."""
    return {name: kept for name, kept in memory.items() if name not in ("made_from", "drawn_from")}
