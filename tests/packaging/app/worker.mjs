// A Cloudflare worker.

import author from "leadgate/author.wasm";
import full from "leadgate/full.wasm";
import page from "leadgate/page.wasm";
import { decided } from "./entry.mjs";
import { decidedWith } from "./slim.mjs";

export default {
  /** @param {Request} request */
  async fetch(request) {
    return Response.json(new URL(request.url).pathname === "/slim" ? await decidedWith({ full, page, author }) : decided());
  },
};
