// What the site's pages do beyond what they can do without script. Each part finds its own place in the page, and
// does nothing where that is missing. All words stand in the page: a script has none of its own.

import { listen } from "./listen.js";
import { followScroll } from "./quick-links.js";
import { readingSettings } from "./settings.js";
import { shareLinks } from "./share.js";
import { explainTerms } from "./terms.js";

followScroll();
readingSettings();
explainTerms();
listen();
shareLinks();
