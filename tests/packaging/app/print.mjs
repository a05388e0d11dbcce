// Node, Deno and Bun: the answers on standard output.

import { decided } from "./entry.mjs";

console.log(JSON.stringify(decided()));
