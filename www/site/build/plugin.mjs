// The site as Vite sees it: its pages are made of templates and the compiled policies, whose programs become assets.

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { root } from "../../../scripts/paths.mjs";
import { parseCsv } from "../../../scripts/csv.mjs";
import { baseOf, formPolicies, MAIN } from "../../shared/policies.mjs";
import { documentMarkup } from "../templates/document.mjs";
import { policyMarkup } from "../templates/policy.mjs";
import { texts } from "../texts/texts.mjs";
import { pageOf, pagePolicy } from "./policy.mjs";

/** @typedef {import("./policy.mjs").PagePolicy} PagePolicy */

/** Names of provinces in a language's script, out of the policy's own list. @param {string} name of the policy @param {"en" | "zh"} locale */
function provinces(name, locale) {
  const path = join(root, "policies", name, "lists", "provinces.csv");
  if (!existsSync(path)) return [];
  const names = parseCsv(readFileSync(path, "utf8")).flatMap(({ name }) => name ?? []);
  const ascii = (/** @type {string} */ name) => /^[\x20-\x7e]+$/.test(name);
  return locale === "zh" ? names.filter((name) => !ascii(name)) : names.filter(ascii).map((name) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()));
}

/** The pages of the other policies: addresses of files that nobody has written. @param {string} folder of the site */
export const policyPages = (folder) => formPolicies().flatMap(({ name }) => [`p/${name}/index.html`, `p/${name}/zh/index.html`]).map((path) => join(folder, path));

/** @param {string} name @param {Uint8Array} slice */
const addressOf = (name, slice) => `assets/${name}-${createHash("sha256").update(slice).digest("hex").slice(0, 12)}.lgp`;

/** @returns {import("vite").Plugin} */
export function landingPages() {
  /** By name. @type {Map<string, PagePolicy & { address: string }>} */
  const policies = new Map();
  const add = (/** @type {string} */ name, /** @type {PagePolicy} */ policy) => policies.set(name, { ...policy, address: addressOf(name, policy.slice) });
  return {
    name: "leadgate-landing-pages",
    async buildStart() {
      add(MAIN, await pagePolicy());
      for (const { name, compiled } of formPolicies()) add(name, pageOf(compiled.slice, compiled.sliceTexts));
    },
    resolveId: (id) => (/[\\/]p[\\/][\w-]+[\\/](zh[\\/])?index\.html$/.test(id) ? id : undefined),
    load(id) {
      const [, name, chinese] = id.split(sep).join("/").match(/\/p\/([\w-]+)\/(zh\/)?index\.html$/) ?? [];
      return name === undefined ? undefined : `<!-- page: ${chinese ? "zh" : "en"} ${name} -->`;
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const found = [...policies.values()].find(({ address }) => request.url === `/${address}`);
        return found ? void response.end(found.slice) : next();
      });
    },
    transformIndexHtml: {
      order: "pre",
      handler(source) {
        const [, locale, name = MAIN] = /<!-- page: (en|zh)(?: ([\w-]+))? -->/.exec(source) ?? [];
        const policy = policies.get(name);
        if ((locale !== "en" && locale !== "zh") || !policy) return source;
        const others = formPolicies().map(({ name, title, about }) => ({ name, title: title[locale], about: about[locale], base: baseOf(name) }));
        /** @type {import("../templates/document.mjs").Page} */
        const page = {
          locale, texts: texts[locale], base: baseOf(name), others,
          questions: policy.questions(locale), perVisit: policy.perVisit, messages: policy.messages(locale), origin: policy.origin,
          provinces: provinces(name, locale), slice: `/${policy.address}`,
        };
        const about = others.find((other) => other.name === name);
        return about ? policyMarkup(page, about) : documentMarkup(page);
      },
    },
    generateBundle() {
      for (const { address, slice } of policies.values()) this.emitFile({ type: "asset", fileName: address, source: slice });
    },
  };
}
