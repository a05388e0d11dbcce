// A function on Vercel's edge runtime.

import { decided } from "./entry.mjs";

addEventListener("fetch", (event) => event.respondWith(Response.json(decided())));
