// Pictures of the landing page for the README: `npm run build:www && node scripts/www/screenshots.mjs`.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { runMain } from "../failure.mjs";
import { root } from "../paths.mjs";
import { setUpChromium } from "../setup/chromium.mjs";
import { serve } from "./serve.mjs";

const OUTPUT = join(root, "docs", "images");

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {{ name: string, path: string, width: number, height: number, scheme: "light" | "dark", before?: (page: Page) => Promise<void> }} Picture
 */

/** Answers what the page asks now, as far as there is an answer. @param {Page} page @param {Record<string, string>} answers */
async function answer(page, answers) {
  for (const [field, value] of Object.entries(answers)) {
    const question = page.locator(`[data-field="${field}"]`);
    if (!(await question.isVisible())) continue;
    const radio = question.locator(`input[type=radio][value="${value}"]`);
    if (await radio.count()) await radio.check();
    else await question.locator("input").fill(value);
  }
}

/** So many pages on: which questions they have is the policy's to say. @param {Page} page @param {Record<string, string>} answers @param {number} pages */
async function forward(page, answers, pages) {
  for (let at = 0; at < pages; at += 1) {
    await answer(page, answers);
    await page.locator("#send").click();
  }
  await answer(page, answers);
}

/** @param {Page} page @param {string} selector */
const toTop = (page, selector) => page.locator(selector).evaluate((element) => window.scrollTo({ top: element.getBoundingClientRect().top + window.scrollY - 40, behavior: "instant" }));

const EN = {
  company: "Donghai Machines", mobile: "154 0013 8000", email: "wang.min@donghai.example", industry: "manufacturing", province: "Shanghai", main_need: "replace", seats: "large", project: "approved",
  budget: "good", timeline_months: "half", situation: "vendor_system", title: "CIO", current_tool: "Spreadsheets and a DMS", responsibility: "decides", vendors_met: "2",
};
const ZH = { ...EN, company: "东海精密制造", province: "上海", title: "信息中心主任", current_tool: "表格" };

/** @type {Picture[]} */
const PICTURES = [
  { name: "site-en", path: "/", width: 1280, height: 800, scheme: "light" },
  {
    name: "site-form-zh", path: "/zh/", width: 390, height: 844, scheme: "light",
    before: async (page) => {
      await forward(page, ZH, 1);
      await toTop(page, ".card");
    },
  },
  {
    name: "site-inspector-en", path: "/?inspect", width: 1600, height: 900, scheme: "light",
    before: async (page) => {
      await forward(page, EN, 1);
      await toTop(page, ".card");
    },
  },
  {
    name: "site-zh-dark", path: "/zh/", width: 1280, height: 800, scheme: "dark",
  },
];

await runMain(async () => {
  const { browser: executablePath } = await setUpChromium();
  mkdirSync(OUTPUT, { recursive: true });
  const site = await serve(() => ({ status: 503, body: {} }));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"] });
  try {
    for (const { name, path, width, height, scheme, before } of PICTURES) {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce" });
      await page.goto(site.address + path);
      await page.locator("leadgate-form[status=ready]").waitFor();
      await before?.(page);
      await page.screenshot({ path: join(OUTPUT, `${name}.png`) });
      await page.close();
    }
  } finally {
    await browser.close();
    await site.close();
  }
});
