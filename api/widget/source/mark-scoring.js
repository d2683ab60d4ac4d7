// What a page loads: it makes <mark-scoring> known, and frames of the toolkit as high as what is in them.

import { HOME, MarkScoring } from "./element.js";
import { listen } from "./frame.js";

const NAME = "mark-scoring";

// Some libraries change how lists become JSON: nothing that is sent would arrive as it was meant.
const isSound = JSON.stringify({ list: [1] }) === '{"list":[1]}';

// Where the browser knows no custom elements, what is inside the element is all there is.
if (isSound && window.customElements && !customElements.get(NAME)) {
  customElements.define(NAME, MarkScoring);
  listen(HOME);
}
