// Pages with the form element, served as a strict host would serve them, and a browser to use them in.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { build } from "esbuild";
import { compile } from "leadgate/author";
import { root } from "../../scripts/paths.mjs";
import { inline } from "../../scripts/wasm/inline.mjs";
import { SECURITY_HEADERS } from "../../www/edge/headers.mjs";

/** A card with what the element has to do with: gates, a required text, a number, a refusal, what bots do. */
export const DOCUMENT = `
leadgate: 1
policy: card
version: "1"
fields:
  project: { type: bool }
  budget:  { type: int, min: 0, max: 10000000 }
  seats:   { type: int, min: 1, max: 100000 }
  vendors: { type: int, min: 0, max: 50 }
  email:   { type: string, normalize: [trim, lowercase], format: email }
  company: { type: string, normalize: [trim] }
  website: { type: string }
  seconds: { type: int, min: 0, max: 100000 }
screen:
  bot: { when: "known(website) || (known(seconds) && seconds < 0)", because: { en: A bot, zh: 机器人 } }
scores:
  fit:
    rules:
      size: { by: seats, points: { "20..99": 30, ">= 100": 60 } }
      money: { when: { budget: ">= 20000" }, points: 20 }
      looks: { when: { vendors: ">= 2" }, points: 10 }
route:
  outcomes: [sales, nurture]
  rows: [{ id: good, when: { fit: ">= 60" }, to: sales }]
  default: nurture
ask:
  settle: route
  per_visit: 2
  questions:
    - { field: project, label: { en: "Is there a project?", zh: "是否已立项？" }, help: { en: "Planned counts as well.", zh: "计划中的也算。" } }
    - { field: seats, label: { en: "How many people will use it?", zh: "需要多少端口？" }, choices: { small: { is: 1..19, label: { en: Fewer than 20, zh: 20 以下 } }, team: { is: 20..99, label: { en: 20 to 99, zh: 20 到 99 } }, large: { is: ">= 100", label: { en: 100 or more, zh: 100 及以上 } } } }
    - { field: budget, label: { en: "What is the budget for it?", zh: "预算大约多少？" }, when: { project: "true" }, cost: 3, choices: { little: { is: 0..19999, label: { en: Below 20 thousand, zh: 2 万以下 } }, much: { is: ">= 20000", label: { en: More, zh: 2 万及以上 } } } }
    - { field: vendors, label: { en: "How many vendors have you met?", zh: "已经接触了几家厂商？" } }
    - { field: company, label: { en: "Which company are you with?", zh: "您的公司？" }, required: true }
    - { field: email, label: { en: E-mail, zh: 邮箱 }, required: true }
page:
  fields: [project, budget, seats, vendors, email, company, website, seconds]
  scores: [fit]
  messages: { soon: { for: [sales], en: We will call you., zh: 我们会致电您。 }, thanks: { en: Thank you., zh: 谢谢。 } }
`;

const compiled = compile("policy.yaml", { "policy.yaml": DOCUMENT });
if (!compiled.slice) throw new Error(compiled.diagnostics.map(({ rendered }) => rendered).join("\n"));

/** What pages are made of. @param {"en" | "zh"} lang @param {string} body @param {string} [script] */
const documentOf = (lang, body, script = "define.js") => `<!doctype html><html lang="${lang === "zh" ? "zh-CN" : "en"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Form</title>
<link rel="stylesheet" href="/page.css"><link rel="stylesheet" href="/form.css"><script type="module" src="/${script}"></script></head><body><main><h1>${lang === "zh" ? "联系我们" : "Talk to us"}</h1>${body}</main></body></html>`;

/** A form as a page's author would write it. @param {string} attributes of the element @param {string} [more] of the first text input */
export const OWN = (attributes, more = "") => `
<leadgate-form program="/card.lgp" honeypot="website" elapsed="seconds" ${attributes}>
  <form method="post" action="/leads">
    <fieldset data-field="project"><legend>Is there a project?</legend><label><input type="radio" name="project" value="true"> Yes</label> <label><input type="radio" name="project" value="false"> No</label></fieldset>
    <div data-field="seats"><label for="seats">How many people will use it?</label><select id="seats" name="seats"><option value="">Please choose</option><option value="small">Fewer than 20</option><option value="team">20 to 99</option><option value="large">100 or more</option></select></div>
    <fieldset data-field="budget"><legend>What is the budget for it?</legend><label><input type="radio" name="budget" value="little"> Below 20 thousand</label> <label><input type="radio" name="budget" value="much"> More</label></fieldset>
    <div data-field="vendors"><label for="vendors">How many vendors have you met?</label><input id="vendors" name="vendors" inputmode="numeric"></div>
    <div data-field="company"><label for="company">Which company are you with?</label><input id="company" name="company" autocomplete="organization" required ${more}></div>
    <div data-field="email"><label for="email">E-mail</label><input id="email" name="email" type="email" autocomplete="email" required></div>
    <div data-trap aria-hidden="true"><input name="website" tabindex="-1" autocomplete="off"></div>
    <div data-actions><button type="submit">Send it</button></div>
  </form>
</leadgate-form>`;

/** What a page without questions has. @param {string} attributes */
export const EMPTY = (attributes = "") => `<leadgate-form program="/card.lgp" texts="/texts.json" action="/leads" honeypot="website" ${attributes}></leadgate-form>`;

const PAGE_CSS = "body{margin:0;font:400 1.0625rem/1.5 system-ui,'Noto Sans CJK SC',sans-serif;background:#fbfaf6;color:#1a201d}main{max-width:40rem;margin:2rem auto;padding:0 1.25rem}@media(prefers-color-scheme:dark){body{background:#121614;color:#eceee9}}";

/** @param {Record<string, string>} bodies by path */
export async function openPages(bodies) {
  inline("page");
  const bundle = await build({
    entryPoints: { define: join(root, "pkg/src/form/define.mjs") }, outdir: "/", bundle: true, splitting: true, format: "esm", minify: true, write: false, target: "es2022", logLevel: "error",
  });
  /** @type {Map<string, [type: string, content: string | Uint8Array]>} */
  const files = new Map(/** @type {[string, [string, string | Uint8Array]][]} */ ([
    ...bundle.outputFiles.map(({ path, contents }) => /** @type {[string, [string, Uint8Array]]} */ ([path, ["text/javascript", contents]])),
    ["/card.lgp", ["application/octet-stream", /** @type {Uint8Array} */ (compiled.slice)]],
    ["/texts.json", ["application/json", JSON.stringify(compiled.sliceTexts)]],
    ["/page.css", ["text/css", PAGE_CSS]],
    ["/form.css", ["text/css", readFileSync(join(root, "pkg/src/form/form.css"))]],
    ...Object.entries(bodies).map(([path, body]) => /** @type {[string, [string, string]]} */ ([path, ["text/html; charset=utf-8", documentOf(path.startsWith("/zh") ? "zh" : "en", body)]])),
  ]));
  /** @type {string[]} */
  const posts = [];
  const server = createServer((request, response) => {
    if (request.method === "POST") {
      let body = "";
      request.on("data", (chunk) => { body += chunk; });
      request.on("end", () => {
        posts.push(body);
        response.writeHead(200, { "content-type": "text/html", ...SECURITY_HEADERS }).end("<!doctype html><title>Thanks</title>");
      });
      return;
    }
    const file = files.get(new URL(request.url ?? "/", "http://page").pathname);
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": file[0], ...SECURITY_HEADERS }).end(file[1]);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  return {
    posts,
    /** @param {string} path @param {{ width?: number, scheme?: "light" | "dark", script?: boolean, ready?: boolean, before?: (page: import("playwright-core").Page) => Promise<void> }} [options] */
    async visit(path, { width = 1280, scheme = "light", script = true, ready = true, before } = {}) {
      const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme: scheme, javaScriptEnabled: script, reducedMotion: "reduce" });
      const page = await context.newPage();
      /** @type {string[]} */
      const complaints = [];
      page.on("pageerror", ({ message }) => complaints.push(message));
      page.on("console", (message) => { if (message.type() === "error" && !message.text().includes("favicon")) complaints.push(message.text()); });
      await before?.(page);
      await page.goto(address + path);
      if (script && ready) await page.locator("leadgate-form[status=ready]").waitFor();
      return { page, context, complaints };
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds, in words. @param {import("playwright-core").Page} page @returns {Promise<string[]>} */
export async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    // @ts-expect-error axe is put into the page.
    const { violations } = await globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ node) => `${node.target} ${node.any.map((/** @type {any} */ check) => check.message).join("; ")}`).join(" | ")}`);
  });
}

/** Fields whose questions are shown. @param {import("playwright-core").Page} page */
export const shown = (page) => page.locator("[data-field]:visible").evaluateAll((groups) => groups.map((group) => /** @type {HTMLElement} */ (group).dataset.field ?? ""));

/** Collects what the element says. @param {import("playwright-core").Page} page @returns {Promise<() => Promise<{ type: string, detail: any }[]>>} */
export async function listen(page) {
  await page.evaluate(() => {
    /** @type {any[]} */
    const heard = [];
    Object.assign(globalThis, { heard });
    for (const name of ["ready", "failed", "page", "answer", "settled", "error", "submit"]) document.addEventListener(`leadgate:${name}`, (event) => heard.push({ type: event.type, detail: JSON.parse(JSON.stringify(/** @type {CustomEvent} */ (event).detail ?? null)) }));
  });
  // @ts-expect-error it is put into the page.
  return () => page.evaluate(() => globalThis.heard);
}
