"""What a document would become, in words."""

from django.utils.translation import gettext, ngettext

from cms.imports.drafting import Sorted
from cms.imports.kinds import EXAMPLE, EXPLANATION, NOTE, QUOTE, SUBHEADING, TIP


def counted(found: Sorted) -> list[str]:
    """Say how many there are of each thing, leaving out what there is none of."""
    counts = found.counts
    marks = sum(bool(title) for title, _counts in found.marks)
    sentences = [
        (marks, ngettext("{count} mark", "{count} marks", marks)),
        (
            counts[QUOTE],
            ngettext("{count} quote that waits for consent", "{count} quotes that wait for consent", counts[QUOTE]),
        ),
        (
            counts[EXAMPLE],
            ngettext(
                "{count} example for the Lake of ideas", "{count} examples for the Lake of ideas", counts[EXAMPLE]
            ),
        ),
        *_texts(counts),
        (
            len(found.left_out),
            ngettext("{count} paragraph left out", "{count} paragraphs left out", len(found.left_out)),
        ),
    ]
    return [sentence.format(count=count) for count, sentence in sentences if count]


def _texts(counts) -> list[tuple[int, str]]:
    text = counts[EXPLANATION] + counts[SUBHEADING]
    return [
        (text, ngettext("{count} paragraph of explanation", "{count} paragraphs of explanation", text)),
        (counts[TIP], ngettext("{count} tip", "{count} tips", counts[TIP])),
        (counts[NOTE], ngettext("{count} note", "{count} notes", counts[NOTE])),
    ]


def about_marks(found: Sorted) -> list[tuple[str, int, int]]:
    """Give each mark with how many paragraphs of text and how many quotes are in it, the stage itself as first."""
    return [
        (mark or gettext("The stage itself"), counts[EXPLANATION] + counts[TIP] + counts[NOTE], counts[QUOTE])
        for mark, counts in found.marks
        if mark or counts
    ]
