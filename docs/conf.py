"""How Sphinx makes HTML of the README, these pages and the format of bundles: Markdown that GitHub shows as well."""

import re

from sphinx.application import Sphinx

project = "The mark of co-production"
author = project
language = "en"

extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = ["README.md", "docs/*.md", "toolkit/starter/README.md"]
# Where nobody needs to look for pages: some of it is large.
exclude_patterns = [".*", "data", "node_modules", "docs/_build", "tests", "locale"]

nitpicky = True
# As GitHub makes them, so that a link to a heading leads there in both.
myst_heading_anchors = 4
smartquotes = False
highlight_language = "none"

html_theme = "theme"
html_theme_path = ["."]
html_title = project
html_additional_pages = {"index": "begin.html"}
html_copy_source = html_show_sphinx = html_permalinks = html_use_index = False

PAGE = re.compile(r"\[([^]]+)\]\(([\w./-]+)\.md\)")
# What HTML needs no more: the checker of HTML says so of each.
SLASH = re.compile(r"<(br|hr|img|col|input)\b([^>]*?)\s*/>")


def add_contents(app: Sphinx, name: str, source: list[str]):
    """Take the list of contents from the links of the first page, so that nothing but Markdown has to stand there."""
    if name == root_doc:
        pages = "\n".join(f"{title} <{path}>" for title, path in PAGE.findall(source[0]))
        source[0] += f"\n```{{toctree}}\n:hidden:\n\n{pages}\n```\n"


def tidy(app: Sphinx, name: str, template: str, context: dict, tree):
    """Write elements that have no end as HTML does."""
    context["body"] = SLASH.sub(r"<\1\2>", context.get("body", ""))


def setup(app: Sphinx):
    app.connect("source-read", add_contents)
    app.connect("html-page-context", tidy)
