"""What somebody hears who goes through a page with the keyboard alone: the accessibility tree, at the focus."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

# The element that has the focus, also within a shadow root.
FOCUS = """(() => {
    let e = document.activeElement;
    while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
    return e;
})()"""
LONGEST_WAY = 400


class Listener:
    """Somebody who presses keys, and hears what has the focus then: "button Join", "radio 7 …"."""

    def __init__(self, tab: Page):
        self.tab, self.tree = tab, tab.context.new_cdp_session(tab)
        self.tree.send("Accessibility.enable")
        self.heard: list[str] = []

    def hears(self) -> str:
        """Give role, name and state of what has the focus."""
        found = self.tree.send("Runtime.evaluate", {"expression": FOCUS})["result"]
        if "objectId" not in found:
            return ""
        about = {"objectId": found["objectId"], "fetchRelatives": False}
        [node, *_] = self.tree.send("Accessibility.getPartialAXTree", about)["nodes"]
        said = [node.get(part, {}).get("value", "") for part in ("role", "name")]
        states = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
        said += [name for name in ("checked", "expanded") if states.get(name) in (True, "true")]
        return " ".join(filter(None, said))

    def hears_around(self) -> list[str]:
        """Give the names of the groups that what has the focus is in."""
        found = self.tree.send("Runtime.evaluate", {"expression": FOCUS})["result"]
        about = {"objectId": found["objectId"], "fetchRelatives": True}
        nodes = self.tree.send("Accessibility.getPartialAXTree", about)["nodes"]
        return [node["name"]["value"] for node in nodes if node.get("role", {}).get("value") == "group"]

    def tab_to(self, said: str, *, is_it: Callable[[], bool] = lambda: True) -> str:
        """Press Tab until something is heard that begins so; whoever gets to the end begins at the top again."""
        way = []
        for _ in range(LONGEST_WAY):
            self.press("Tab")
            way.append(self.hears())
            if re.match(rf"{re.escape(said)}(?!\d)", way[-1]) and is_it():
                self.heard.append(way[-1])
                return way[-1]
        raise AssertionError(f"“{said}” is not to be heard; but: {' | '.join(dict.fromkeys(way))}")

    def press(self, *keys: str):
        for key in keys:
            self.tab.keyboard.press(key)

    def does(self, said: str, key: str = "Enter"):
        """Go to something, and press a key on it."""
        self.tab_to(said)
        self.press(key)

    def types(self, said: str, text: str):
        """Go to a field, and write into it."""
        self.tab_to(f"textbox {said}")
        self.tab.keyboard.type(text)
