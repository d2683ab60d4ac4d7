// Reads everything from the server whose address is given, scores on a board, and prints what came of it as JSON.

import { readEverything, scoreTogether } from "./build/client.js";

const address = process.argv[2];
console.log(JSON.stringify({ ...(await readEverything(address)), scored: await scoreTogether(address) }));
