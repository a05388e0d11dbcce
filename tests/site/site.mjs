// What the tests of the landing page share: the built site with a stand-in for the edge, in a real browser.

import { chromium } from "playwright-core";
import { serve } from "../../scripts/www/serve.mjs";

/** What the edge says when all is well. */
export const AGREED = { message: "soon", text: "We call you tomorrow.", receipt: "receipt.of.this", verified: true, differences: [] };

/** Answers of a visitor who has a project, as choices and texts; the order is the policy's. @type {Record<string, string>} */
export const VISITOR = {
  main_need: "replace", seats: "large", industry: "manufacturing", project: "approved",
  budget: "good", timeline_months: "half", situation: "vendor_system", title: "CIO",
  current_tool: "旧版 ERP", responsibility: "decides", vendors_met: "3", province: "Shanghai",
  company: "Donghai Machines", name: "Wang Min", mobile: "154 0013 8000", email: "wang@donghai.example",
};

/**
 * Opens the site for a file of tests.
 * @returns {Promise<Site>}
 */
export async function openSite() {
  /** @type {(received: import("../../scripts/www/serve.mjs").Received) => import("../../scripts/www/serve.mjs").Answer} */
  let edge = () => ({ body: AGREED });
  const server = await serve((received) => edge(received));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  return {
    address: server.address,
    received: server.received,
    answerWith(answer) {
      server.received.length = 0;
      edge = answer;
    },
    async visit(path, { width = 1280, script = true, scheme = "light", ready = true } = {}) {
      const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, javaScriptEnabled: script, colorScheme: scheme, reducedMotion: "reduce" });
      const page = await context.newPage();
      /** @type {string[]} */
      const complaints = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      page.on("request", (request) => {
        if (!request.url().startsWith(server.address)) complaints.push(`asks ${request.url()}`);
      });
      await page.goto(server.address + path);
      if (script && ready) await page.locator("leadgate-form[status=ready]").waitFor();
      return { page, complaints, context };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * @typedef {object} Site
 * @property {string} address
 * @property {import("../../scripts/www/serve.mjs").Received[]} received
 * @property {(answer: (received: import("../../scripts/www/serve.mjs").Received) => import("../../scripts/www/serve.mjs").Answer) => void} answerWith forgets what was received
 * @property {(path: string, options?: { width?: number, script?: boolean, scheme?: "light" | "dark", ready?: boolean }) => Promise<{ page: import("playwright-core").Page, complaints: string[], context: import("playwright-core").BrowserContext }>} visit
 * @property {() => Promise<void>} close
 */

/** Gives one answer. @param {import("playwright-core").Page} page @param {string} field @param {string} value */
export async function answer(page, field, value) {
  const radio = page.locator(`input[type=radio][name="${field}"][value="${value}"]`);
  if (await radio.count()) await radio.check();
  else await page.locator(`input[name="${field}"]`).fill(value);
}

/** Fields of the questions that are shown. @param {import("playwright-core").Page} page */
export const shown = (page) => page.locator(".question:visible").evaluateAll((questions) => questions.map((question) => /** @type {HTMLElement} */ (question).dataset.field));

/** Goes on, or sends. @param {import("playwright-core").Page} page */
export const proceed = (page) => page.locator("#send").click();

/** Answers the questions of this step. @param {import("playwright-core").Page} page @param {Record<string, string>} [visitor] */
export async function answerStep(page, visitor = VISITOR) {
  for (const field of await shown(page)) {
    if (field && visitor[field] !== undefined) await answer(page, field, visitor[field]);
  }
}

/** Answers everything and stands before the last button. @param {import("playwright-core").Page} page @param {Record<string, string>} [visitor] */
export async function toTheEnd(page, visitor = VISITOR) {
  for (let step = 0; step < 8; step += 1) {
    await answerStep(page, visitor);
    if (await page.locator("leadgate-form[last]").count()) return;
    await proceed(page);
  }
  throw new Error("the form does not come to an end");
}
