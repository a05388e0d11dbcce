// The site as Vite sees it: its pages are made of templates and the compiled policy, whose program becomes an asset.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/paths.mjs";
import { parseCsv } from "../../../scripts/csv.mjs";
import { documentMarkup } from "../templates/document.mjs";
import { texts } from "../texts/texts.mjs";
import { pagePolicy } from "./policy.mjs";

const PROVINCES = join(root, "policies", "saas-inbound", "lists", "provinces.csv");

/** Names of provinces in a language's script, out of the policy's own list. @param {"en" | "zh"} locale */
function provinces(locale) {
  const names = parseCsv(readFileSync(PROVINCES, "utf8")).map(({ name }) => name);
  const ascii = (/** @type {string} */ name) => /^[\x20-\x7e]+$/.test(name);
  return locale === "zh" ? names.filter((name) => !ascii(name)) : names.filter(ascii).map((name) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()));
}

/** @returns {import("vite").Plugin} */
export function landingPages() {
  /** @type {import("./policy.mjs").PagePolicy} */
  let policy;
  let slice = "";
  return {
    name: "leadgate-landing-pages",
    async buildStart() {
      policy = await pagePolicy();
      slice = `assets/saas-inbound-${createHash("sha256").update(policy.slice).digest("hex").slice(0, 12)}.lgp`;
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => (request.url === `/${slice}` ? void response.end(policy.slice) : next()));
    },
    transformIndexHtml: {
      order: "pre",
      handler(source) {
        const locale = /<!-- page: (en|zh) -->/.exec(source)?.[1];
        if (locale !== "en" && locale !== "zh") return source;
        return documentMarkup({
          locale,
          texts: texts[locale],
          questions: policy.questions(locale),
          perVisit: policy.perVisit,
          messages: policy.messages(locale),
          provinces: provinces(locale),
          slice: `/${slice}`,
          digest: policy.digest,
        });
      },
    },
    generateBundle() {
      this.emitFile({ type: "asset", fileName: slice, source: policy.slice });
    },
  };
}
