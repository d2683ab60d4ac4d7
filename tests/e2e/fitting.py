"""Whether all of a page is seen: what is cut off, what covers something else, what nobody can get to."""

from playwright.sync_api import Page

from tests.gates.browser import overflow

NAMED = """const named = (e) => e.localName + (e.id && '#' + e.id) + [...e.classList].map((c) => '.' + c).join('')
    + ' “' + e.textContent.trim().replace(/\\s+/g, ' ').slice(0, 30) + '”';"""

# What is for screen readers alone is cut off on purpose.
CLIPPED = f"""() => {{
    {NAMED}
    const cuts = (way) => way === 'hidden' || way === 'clip';
    const found = [];
    for (const e of document.body.querySelectorAll('*')) {{
        if (!e.checkVisibility() || e.closest('.unseen, svg') || !e.textContent.trim()) continue;
        const {{overflowX, overflowY}} = getComputedStyle(e);
        const wide = cuts(overflowX) && e.scrollWidth > e.clientWidth + 1;
        const high = cuts(overflowY) && e.scrollHeight > e.clientHeight + 1;
        // Letters of a control that are wider than it are cut off by it, whatever the stylesheet says.
        const control = e.matches('button, select') && e.scrollWidth > e.clientWidth + 1;
        if (wide || high || control) found.push('is cut off: ' + named(e));
    }}
    return found;
}}"""

# Each line of each text as a box, less the room that a face leaves above and below its letters.
COVERED = f"""() => {{
    {NAMED}
    const boxes = [], found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = {{contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true}};
    while (walker.nextNode()) {{
        const text = walker.currentNode, parent = text.parentElement;
        const hidden = '.unseen, .skip, script, style, option, textarea, noscript, svg';
        if (!text.data.trim() || parent.closest(hidden) || !parent.checkVisibility(seen)) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const {{left, right, top, bottom}} of range.getClientRects()) {{
            const less = (bottom - top) / 4;
            if (right - left > 2) boxes.push({{left, right, top: top + less, bottom: bottom - less, text, parent}});
        }}
    }}
    boxes.sort((a, b) => a.top - b.top);
    boxes.forEach((a, place) => {{
        for (const b of boxes.slice(place + 1)) {{
            if (b.top >= a.bottom) break;
            const shared = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            if (a.text === b.text || shared <= 2) continue;
            found.add(`lie over each other: ${{named(a.parent)}} and ${{named(b.parent)}}`);
        }}
    }});
    return [...found];
}}"""

# A control has a size, and what is seen at some place of it is the control, its label or something in it.
OUT_OF_REACH = f"""() => {{
    {NAMED}
    const found = [];
    for (const e of document.querySelectorAll('a[href], button, summary, input, select, textarea')) {{
        if (!e.checkVisibility() || e.matches('.skip, [type=hidden]') || e.tabIndex < 0) continue;
        e.scrollIntoView({{block: 'center', behavior: 'instant'}});
        const hits = [...e.getClientRects()].some(({{left, right, top, bottom}}) => {{
            const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
            const label = at?.closest('label');
            return at && (e.contains(at) || label?.control === e || at.contains(e) && at.closest('a'));
        }});
        if (!hits) found.push('cannot be pressed: ' + named(e));
    }}
    window.scrollTo(0, 0);
    return found;
}}"""

# A word of ordinary length stands on one line.
BROKEN = f"""() => {{
    {NAMED}
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {{
        const text = walker.currentNode, parent = text.parentElement;
        const hidden = '.unseen, .address, .code, script, style, option, textarea, noscript, svg, pre, code';
        if (!text.data.trim() || parent.closest(hidden) || !parent.checkVisibility()) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        if (range.getClientRects().length < 2) continue;
        for (const {{0: word, index}} of text.data.matchAll(/[\\p{{L}}\\p{{M}}\\p{{N}}]+/gu)) {{
            if (word.length > 12) continue;
            range.setStart(text, index);
            range.setEnd(text, index + word.length);
            const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
            const tops = new Set(boxes.map((box) => Math.round(box.top)));
            if (tops.size > 1) found.add(`breaks “${{word}}”: ` + named(parent));
        }}
    }}
    return [...found];
}}"""


def misfits(tab: Page) -> list[str]:
    """What does not fit on the page as it is now, one line for each; [] where all of it is seen."""
    return [*overflow(tab), *tab.evaluate(CLIPPED), *tab.evaluate(COVERED), *tab.evaluate(OUT_OF_REACH)]


def broken_words(tab: Page) -> list[str]:
    """Words that go on in the next line in their middle, as they do where there is too little room for them."""
    return tab.evaluate(BROKEN)
