"""Whether things are told apart where a device has its own few colours, and whether anything moves by itself."""

from playwright.sync_api import Page

# With colours of their own, some things are boxes: they are remembered, to be looked for without those colours.
REMEMBER = """() => {
    const ground = (e) => {
        for (; e; e = e.parentElement) {
            const {backgroundColor} = getComputedStyle(e);
            if (!/^rgba.*, 0\\)$/.test(backgroundColor)) return backgroundColor;
        }
        return 'rgba(0, 0, 0, 0)';
    };
    window.boxes = [...document.querySelectorAll('body *')].filter((e) =>
        e.checkVisibility() && !e.closest('svg, .unseen, .skip') && e.textContent.trim()
        && ground(e) !== ground(e.parentElement));
}"""

MERGED = """() => {
    const name = (e) => e.localName + [...e.classList].map((c) => '.' + c).join('');
    const sides = ['Top', 'Right', 'Bottom', 'Left'];
    const line = (style, which) => style[`${which}Style`] !== 'none' && parseFloat(style[`${which}Width`]) > 0;
    const edged = (style) => [...sides.map((side) => `border${side}`), 'outline'].some((which) => line(style, which));
    const merges = (e) => {
        const [style, {backgroundColor: around}] = [e, e.parentElement].map((one) => getComputedStyle(one));
        const own = style.backgroundColor;
        return !edged(style) && (own === around || /^rgba.*, 0\\)$/.test(own));
    };
    return [...new Set(window.boxes.filter(merges).map(name))];
}"""

RINGS = """() => {
    const name = (e) => `${e.localName}.${[...e.classList].join('.')} ${e.textContent.trim().slice(0, 30)}`;
    const found = [];
    for (const e of document.querySelectorAll('a[href], button, summary, input, select, textarea')) {
        if (!e.checkVisibility() || e.tabIndex < 0) continue;
        e.focus({focusVisible: true, preventScroll: true});
        // A choice that is drawn by its label has its ring there.
        const drawn = parseFloat(getComputedStyle(e).opacity) ? e : e.nextElementSibling;
        const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(drawn);
        if (document.activeElement !== e || outlineStyle === 'none' || parseFloat(outlineWidth) < 2
            || /^rgba.*, 0\\)$/.test(outlineColor)) found.push(name(e));
    }
    document.activeElement.blur();
    return found;
}"""

MOVING = """() => {
    const name = (e) => e.localName + [...e.classList].map((c) => '.' + c).join('');
    const long = (times) => times.split(',').some((time) => parseFloat(time) > 0);
    const moves = (e) => ['', '::before', '::after'].some((part) => {
        const style = getComputedStyle(e, part);
        return long(style.transitionDuration) || style.animationName !== 'none';
    });
    const all = [...document.querySelectorAll('*')].filter(moves).map(name);
    const running = document.getAnimations().map((one) => `runs on ${name(one.effect.target)}`);
    const smooth = getComputedStyle(document.documentElement).scrollBehavior === 'smooth' ? ['scrolls smoothly'] : [];
    return [...new Set([...all, ...running, ...smooth])];
}"""

PLAYING = """() => [...document.getAnimations().filter((one) => one.playState === 'running'),
    ...document.querySelectorAll('[autoplay], marquee, blink')].map(String)"""


def merged_in_forced_colours(tab: Page) -> list[str]:
    """What is a box by its colour alone, and controls without a ring around them when they have the focus."""
    tab.evaluate(REMEMBER)
    tab.emulate_media(forced_colors="active")
    found = [f"is no box any more: {one}" for one in tab.evaluate(MERGED)]
    found += [f"has no ring: {one}" for one in tab.evaluate(RINGS)]
    tab.emulate_media(forced_colors="none")
    return found


def moving(tab: Page) -> list[str]:
    """What would move although somebody has asked for less motion; whether or not it does so now."""
    tab.emulate_media(reduced_motion="reduce")
    return tab.evaluate(MOVING)


def moving_by_itself(tab: Page) -> list[str]:
    """What moves without anybody having done anything, where nobody has asked for less motion."""
    tab.emulate_media(reduced_motion="no-preference")
    found = tab.evaluate(PLAYING)
    tab.emulate_media(reduced_motion="reduce")
    return found
