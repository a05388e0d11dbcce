// Nobody is kept out: axe-core in every state of the page, and a visit with the keyboard alone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { AGREED, answer, answerStep, openSite, proceed, shown, toTheEnd, VISITOR } from "./site.mjs";

/** @type {import("./site.mjs").Site} */
let site;
before(async () => { site = await openSite(); });
after(() => site.close());

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** What changes from step to step. */
const FORM = [".contact"];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** @param {import("playwright-core").Page} page @param {string} state @param {string[]} [within] all of the page where none is given */
async function clean(page, state, within = ["html"]) {
  const violations = await page.evaluate(async ({ rules, within }) => {
    // @ts-expect-error axe is put into the page.
    const { violations } = await globalThis.axe.run({ include: within.map((selector) => [selector]) }, { runOnly: rules });
    return violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ node) => `${node.target} ${node.any.map((/** @type {any} */ check) => check.message).join("; ")}`).join(" | ")}`);
  }, { rules: RULES, within });
  assert.deepEqual(violations, [], state);
}

for (const path of ["/", "/zh/"]) {
  for (const width of [1280, 390]) {
    for (const scheme of /** @type {const} */ (["light", "dark"])) {
      test(`axe: ${path} at ${width}, ${scheme}, from the first question to the answer`, async () => {
        site.answerWith(() => ({ body: AGREED }));
        const { page, context } = await site.visit(path, { width, scheme });
        await page.evaluate(axe);
        await page.locator("details").first().locator("summary").click();
        for (let step = 1; ; step += 1) {
          await clean(page, `step ${step}`, step === 1 ? undefined : FORM);
          await answerStep(page, { ...VISITOR, email: "", mobile: "" });
          if (await page.locator("leadgate-form[last]").count()) break;
          await proceed(page);
        }
        await proceed(page);
        await page.locator(".error:visible").first().waitFor();
        await clean(page, "with an error", FORM);
        await page.locator(".inspect").click();
        await page.locator("#inspector table").waitFor();
        await clean(page, "with the inspector", ["#inspector"]);
        await page.locator("#inspector .close").click();
        // Whichever way to reach them the form asks for here.
        const contact = (await shown(page)).includes("email") ? "email" : "mobile";
        await answer(page, contact, VISITOR[contact]);
        // Who can be reached may be asked more.
        await toTheEnd(page);
        await proceed(page);
        await page.locator(".sent").waitFor();
        await clean(page, "sent", FORM);
        await context.close();
      });
    }
  }
}

test("axe: all questions at once, as without script", async () => {
  const { page, context } = await site.visit("/zh/", { ready: false });
  await page.route("**/*.js", (route) => route.abort());
  await page.reload();
  assert.equal(await page.locator(".question:visible").count(), Object.keys(VISITOR).length);
  await page.evaluate(axe);
  await clean(page, "all questions");
  await context.close();
});

/** Presses Tab until a control of the field has the focus. @param {import("playwright-core").Page} page @param {string} selector */
async function tabTo(page, selector) {
  for (let press = 0; press < 60; press += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}

test("the keyboard alone: from the skip link to the answer", async () => {
  site.answerWith(() => ({ body: AGREED }));
  const { page, context } = await site.visit("/");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "skip");
  await page.keyboard.press("Enter");
  for (let last = false; !last;) {
    for (const field of await shown(page)) {
      if (!field) continue;
      await tabTo(page, `[name="${field}"]`);
      if (await page.locator(`input[type=radio][name="${field}"]`).count()) await page.keyboard.press("Space");
      else await page.keyboard.type(VISITOR[field]);
      const focus = await page.evaluate(() => {
        const { activeElement } = document;
        const shownBy = activeElement?.matches("[type=radio]") ? activeElement.parentElement : activeElement;
        return shownBy ? getComputedStyle(shownBy).outlineWidth : "";
      });
      assert.equal(focus, "3px", `the focus on ${field} is seen`);
    }
    last = await page.locator("leadgate-form[last]").count() > 0;
    await page.keyboard.press("Enter");
    if (!last) assert.equal(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute("part")), "head", "a new step begins at its head");
  }
  await page.locator(".sent").waitFor();
  const { answers } = JSON.parse(site.received[0].body);
  assert.deepEqual([answers.main_need, answers.vendors_met, answers.company], [{ choice: "replace" }, 3, VISITOR.company]);
  await context.close();
});

test("the inspector opens and closes with the keyboard, and gives the focus back", async () => {
  const { page, context } = await site.visit("/");
  await page.locator(".inspect").focus();
  await page.keyboard.press("Enter");
  await page.locator("#inspector table").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "inspector");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#inspector:visible").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement?.className), "inspect");
  await context.close();
});

test("controls are large enough to be hit", async () => {
  const { page, context } = await site.visit("/", { width: 390 });
  await toTheEnd(page);
  const small = await page.locator("a:visible, button:visible, label:visible, summary:visible, input:visible:not([type=radio], #hp)").evaluateAll((controls) =>
    controls.map((control) => ({ text: control.textContent?.trim(), box: control.getBoundingClientRect(), inline: getComputedStyle(control).display === "inline" }))
      .filter(({ box, inline }) => !inline && (box.width < 24 || box.height < 24)).map(({ text, box }) => `${text} ${box.width}×${box.height}`));
  assert.deepEqual(small, []);
  await context.close();
});
