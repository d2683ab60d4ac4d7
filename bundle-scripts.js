// Bundles the modules of the widget and those of the site into a file each. The same source gives the same bytes.
// `node bundle-scripts.js [folder]` writes them into a folder instead of into their places.

import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { build, transform } from "esbuild";

const BUNDLES = {
  "api/widget/source/mark-scoring.js": "api/widget/mark-scoring.js",
  "templates/script/first.js": "templates/parts/first.js",
  "templates/script/read-aloud.js": "templates/assets/read-aloud.js",
  "templates/script/films.js": "templates/assets/films.js",
  "templates/script/site.js": "templates/assets/site.js",
  "templates/script/offline.js": "templates/assets/offline.js",
  "templates/script/worker.js": "templates/assets/worker.js",
};
// No module: it stands in the page, and the browser runs it before it shows anything.
const CLASSIC = ["templates/script/first.js"];
const folder = process.argv[2];

/** Makes a stylesheet a string without what only people need. */
const stylesheets = {
  name: "stylesheets",
  setup(builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code, loader: "text" };
    });
  },
};

for (const [source, output] of Object.entries(BUNDLES)) {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    minify: true,
    format: CLASSIC.includes(source) ? "iife" : "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    plugins: [stylesheets],
    write: false,
  });
  await writeFile(folder ? `${folder}/${basename(output)}` : output, outputFiles[0].contents);
}
