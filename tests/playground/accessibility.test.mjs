// axe-core over both languages, both themes, wide and narrow, with errors and without.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { start, startFrom, write } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof start>>} */
let playground;
before(async () => { playground = await start(); });
after(() => playground?.close());

for (const locale of /** @type {const} */ (["en", "zh-CN"])) {
  for (const theme of /** @type {const} */ (["light", "dark"])) {
    test(`nothing for axe to name: ${locale}, ${theme}`, async () => {
      const page = await playground.visit({ locale, theme });
      await page.locator(".outcome", { hasText: "sales_east" }).waitFor();
      await page.getByRole("switch").check();
      await page.locator(".possible").waitFor();
      assert.deepEqual(await violations(page), []);

      await startFrom(page, "starter");
      await page.locator(".segments button").nth(1).click();
      await write(page, "agreed: [{ by: us, date: 2026-11-20, logic: ab12 }]\nleadgate: 1\npolicy: p\nversion: '1'\nfields: { seats: { type: int } }\nscores: { fit: { range: [0, 10], rules: { a: { when: { seats: '>= 1' }, points: 5 } } } }\ntests: { one: { lead: { seats: 1 }, expect: { fit: 6 } } }\n");
      await page.locator(".golden-summary[data-failed='true']").waitFor();
      await page.locator(".problem-list li").nth(1).waitFor();
      assert.deepEqual(await violations(page), []);
      await page.context().close();
    });
  }
}

// What is narrow is the same in both languages and themes; each is looked at once.
for (const [locale, theme] of /** @type {const} */ ([["en", "light"], ["zh-CN", "dark"]])) {
  test(`nothing for axe to name on a phone: ${locale}, ${theme}`, async () => {
    const page = await playground.visit({ locale, theme, width: 390, height: 844 });
    await page.locator(".views small", { hasText: "sales_east" }).waitFor();
    for (const at of [0, 1, 2]) {
      await page.locator(".views button").nth(at).click();
      assert.deepEqual(await violations(page), []);
    }
    await page.context().close();
  });
}
