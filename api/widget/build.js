// Bundles the widget's modules and its stylesheet into one file. The same source gives the same bytes.

import { readFile, writeFile } from "node:fs/promises";
import { build, transform } from "esbuild";

const folder = new URL(".", import.meta.url).pathname;
const output = process.argv[2] ?? `${folder}mark-scoring.js`;

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

const { outputFiles } = await build({
  entryPoints: [`${folder}source/mark-scoring.js`],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  plugins: [stylesheets],
  write: false,
});
await writeFile(output, outputFiles[0].contents);
