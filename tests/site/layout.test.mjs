// How the page is laid out: nothing is cut off, runs together or needs to be scrolled sideways, down to the narrowest phones.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answerStep, openSite, proceed, shown } from "./site.mjs";

/** @type {import("./site.mjs").Site} */
let site;
before(async () => { site = await openSite(); });
after(() => site.close());

/** What is wider than the place it has. @param {import("playwright-core").Page} page */
const cut = (page) => page.evaluate(() => {
  const wide = document.documentElement.scrollWidth > innerWidth ? [`the page: ${document.documentElement.scrollWidth}`] : [];
  const running = [...document.querySelectorAll(".choice, .button, .duty > *, .months span, .clause")].filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0);
  return [...wide, ...running.map((element) => `${element.className}: ${element.textContent?.trim()}`)];
});

/** Texts of the illustration that touch each other. @param {import("playwright-core").Page} page */
const touching = (page) => page.evaluate(() => {
  const boxOf = (/** @type {Element} */ element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return { text: element.textContent, box: range.getBoundingClientRect() };
  };
  const groups = [[...document.querySelectorAll(".months span")], ...[...document.querySelectorAll(".duty")].map((duty) => [...duty.querySelectorAll(".what, .who, .amount")]), [...document.querySelectorAll(".top :is(.brand, .language, .talk)")]];
  const found = [];
  for (const group of groups) {
    const shown = group.map(boxOf).filter(({ box }) => box.width > 0);
    for (const [at, one] of shown.entries()) {
      for (const other of shown.slice(at + 1)) {
        const sideways = Math.max(one.box.left, other.box.left) - Math.min(one.box.right, other.box.right);
        const down = Math.max(one.box.top, other.box.top) - Math.min(one.box.bottom, other.box.bottom);
        if (sideways < 4 && down < -1) found.push(`${one.text} / ${other.text}`);
      }
    }
  }
  return found;
});

for (const path of ["/", "/zh/"]) {
  for (const width of [320, 360, 375, 390, 640, 1280]) {
    test(`${path} at ${width}: without scrolling sideways, nothing cut off, nothing touching`, async () => {
      const { page, context } = await site.visit(path, { width });
      assert.deepEqual(await touching(page), []);
      for (let step = 0; step < 16; step += 1) {
        assert.deepEqual(await cut(page), []);
        if (await page.locator("leadgate-form[last]").count()) break;
        await answerStep(page);
        await proceed(page);
      }
      for (const part of [".language", ".talk"]) assert.ok(((await page.locator(part).boundingBox())?.height ?? 99) < 48, `${part} is one line`);
      await context.close();
    });
  }
  test(`${path} at 320 without script: no choice is cut off`, async () => {
    const { page, context } = await site.visit(path, { width: 320, ready: false });
    await page.route("**/*.js", (route) => route.abort());
    await page.reload();
    assert.deepEqual(await cut(page), []);
    await context.close();
  });
}

test("questions stand equally far apart, whatever is hidden between them", async () => {
  const { page, context } = await site.visit("/");
  for (let step = 0; step < 16; step += 1) {
    const { first, between } = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll(".question")].filter((question) => question.checkVisibility()).map((question) => question.getBoundingClientRect());
      return { first: boxes[0].top - (document.querySelector("#questions")?.getBoundingClientRect().top ?? 0), between: boxes.slice(1).map((box, at) => Math.round(box.top - boxes[at].bottom)) };
    });
    assert.ok(Math.abs(first) < 1, `the first of step ${step + 1} stands ${first} px lower: ${await shown(page)}`);
    assert.deepEqual([...new Set(between)].length <= 1, true, `step ${step + 1}: ${between}`);
    if (await page.locator("leadgate-form[last]").count()) break;
    await answerStep(page);
    await proceed(page);
  }
  await context.close();
});

for (const width of [320, 390]) test(`a line of Chinese ends between phrases, at ${width}`, async () => {
  const { page, context } = await site.visit("/zh/", { width });
  const split = await page.evaluate(() => [["#does h2", "一串"], ["#does h2", "承诺"], [".quote p", "合同"]].filter(([selector, word]) => {
    const text = /** @type {Text} */ (document.querySelector(selector)?.firstChild);
    const range = document.createRange();
    range.setStart(text, text.data.indexOf(word));
    range.setEnd(text, text.data.indexOf(word) + word.length);
    return range.getClientRects().length > 1;
  }).map(([, word]) => word));
  assert.deepEqual(split, []);
  await context.close();
});

test("the last line of a policy's page is no single word", async () => {
  const { page, context } = await site.visit("/p/huiju/zh/");
  const widths = await page.locator(".intro .lead").evaluate((lead) => {
    const range = document.createRange();
    range.selectNodeContents(lead);
    return [...range.getClientRects()].map(({ width }) => width);
  });
  assert.ok((widths.at(-1) ?? 0) > (widths[0] ?? 0) / 3, `${widths}`);
  await context.close();
});
