"""What each line of an existing page is: part of a mark, somebody's words, or the furniture around them."""

from collections.abc import Sequence

from toolkit.importing.rules.footer import sort_footer
from toolkit.importing.rules.furniture import sort_furniture
from toolkit.importing.rules.lines import Classified, Line, Page
from toolkit.importing.rules.menu import sort_menu, sort_weak_links
from toolkit.importing.rules.passages import sort_passages
from toolkit.importing.rules.prompts import sort_prompts
from toolkit.importing.rules.results import results
from toolkit.importing.rules.structure import sort_structure

PASSES = (
    sort_furniture,
    sort_weak_links,
    sort_menu,
    sort_prompts,
    sort_structure,
    sort_footer,
    sort_passages,
)


def classify(lines: Sequence[Line]) -> list[Classified]:
    """One result for each line that is not empty, in order; the first rule that knows a line wins."""
    page = Page([line for line in lines if line.text.strip()])
    for sort in PASSES:
        sort(page)
    return results(page)
