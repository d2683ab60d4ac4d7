// What has to be done before anything of a page is seen, so that nothing jumps or flashes. It stands in the page
// itself: whoever changes it adds its hash to those of FIRST_SCRIPTS in toolkit/assets.py.

import { SETTINGS, chosen, show } from "./reading.js";

const root = document.documentElement;
root.dataset.script = "";
if ("speechSynthesis" in window) root.dataset.speech = "";
for (const name of SETTINGS) show(name, chosen(name));
