// Without script the form is one page of questions and an ordinary post.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openSite, shown, VISITOR, answer } from "./site.mjs";

/** @type {import("./site.mjs").Site} */
let site;
before(async () => { site = await openSite(); });
after(() => site.close());

for (const [path, locale] of [["/", "en"], ["/zh/", "zh"]]) {
  test(`${path}: all questions, in groups, and a post of what was answered`, async () => {
    const { page, complaints, context } = await site.visit(path, { script: false });
    assert.deepEqual(await shown(page), ["main_need", "seats", "industry", "project", "budget", "timeline_months", "situation", "current_tool", "title", "responsibility", "vendors_met", "province", "company", "name", "mobile", "email"]);
    assert.equal(await page.locator("fieldset.part:visible").count(), 4);
    for (const [field, value] of Object.entries({ ...VISITOR, budget: "~declined", name: "", situation: "" })) {
      if (value !== "") await answer(page, field, value);
    }
    site.answerWith(() => ({ body: "<!doctype html><title>Thank you</title>" }));
    await page.locator("#send").click();
    await page.waitForURL("**/leads");
    const [{ path: to, headers, body }] = site.received;
    assert.equal(to, "/leads");
    assert.equal(headers["content-type"], "application/x-www-form-urlencoded");
    const { situation: _, ...given } = VISITOR;
    assert.deepEqual(Object.fromEntries(new URLSearchParams(body)), { ...given, budget: "~declined", name: "", locale, source: "website", hp: "" });
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("what is needed is needed without script too", async () => {
  const { page, context } = await site.visit("/", { script: false });
  site.answerWith(() => ({ body: "" }));
  await page.locator("#send").click();
  await page.waitForTimeout(200);
  assert.equal(site.received.length, 0);
  assert.equal(await page.locator("#company:invalid").count(), 1);
  await context.close();
});

for (const [path, policy, lang] of [["/", "saas-inbound", "en"], ["/zh/", "saas-inbound", "zh"], ["/p/huiju/", "huiju", "en"], ["/p/huiju/zh/", "huiju", "zh"]]) {
  test(`${path}: the foot leads to its rules in the playground, in its language, on a phone too`, async () => {
    const { page, context } = await site.visit(path, { width: 390, script: false });
    const link = page.locator(".foot a[href^='/playground/']");
    assert.ok(await link.isVisible());
    assert.equal(await link.getAttribute("href"), `/playground/#policy=${policy}&lang=${lang}`);
    await context.close();
  });
}
