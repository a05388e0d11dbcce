// The same application where it brings the wasm itself.

import * as author from "leadgate/author/slim";
import * as page from "leadgate/page/slim";
import * as plain from "leadgate/plain";
import * as full from "leadgate/slim";
import { input } from "./input.mjs";
import * as policies from "./policies.mjs";
import { report } from "./report.mjs";

/** @param {Record<"full" | "page" | "author", Parameters<typeof full.init>[0]>} wasm */
export async function decidedWith(wasm) {
  await Promise.all([full.init(wasm.full), page.init(wasm.page), author.init(wasm.author)]);
  return report({ full, page, plain, author }, { ...input, policies });
}
