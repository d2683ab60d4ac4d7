// What has to be done before anything of a page is seen, so that nothing jumps or flashes: a small file of its own
// that the browser waits for. Everything else of the site's script comes when the page is there.

import { SETTINGS, chosen, show } from "./reading.js";

const root = document.documentElement;
root.dataset.script = "";
if ("speechSynthesis" in window) root.dataset.speech = "";
for (const name of SETTINGS) show(name, chosen(name));
