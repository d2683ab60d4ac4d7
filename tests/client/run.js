// Reads everything from the server whose address is given, and prints what it found as JSON.

import { readEverything } from "./build/client.js";

console.log(JSON.stringify(await readEverything(process.argv[2])));
