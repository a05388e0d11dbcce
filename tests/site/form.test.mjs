// The form with script: steps, gates, what is kept, what is sent.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AGREED, answer, answerStep, openSite, proceed, shown, toTheEnd, VISITOR } from "./site.mjs";

/** @type {import("./site.mjs").Site} */
let site;
before(async () => { site = await openSite(); });
after(() => site.close());

/** What was sent. */
const sent = () => JSON.parse(site.received[0].body);

for (const [path, locale, width] of /** @type {[string, string, number][]} */ ([["/", "en", 1280], ["/zh/", "zh", 390]])) {
  test(`${path} at ${width}: four questions a step, and a lead for the edge`, async () => {
    site.answerWith(() => ({ body: AGREED }));
    const { page, complaints, context } = await site.visit(path, { width });
    const steps = [];
    for (let last = 0; last === 0;) {
      steps.push(await shown(page));
      await answerStep(page);
      last = await page.locator("leadgate-form[last]").count();
      await proceed(page);
    }
    await page.locator(".sent").waitFor();
    assert.deepEqual(steps, [
      ["main_need", "seats", "industry", "project"],
      ["budget", "timeline_months", "situation", "title"],
      ["current_tool", "responsibility", "vendors_met", "province"],
      ["company", "name", "mobile", "email"],
    ]);
    const { id, answers, claim, hp, locale: said } = sent();
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(answers, {
      main_need: { choice: "replace" }, seats: { choice: "large" }, industry: { choice: "manufacturing" }, project: { choice: "approved" },
      budget: { choice: "good" }, timeline_months: { choice: "half" }, situation: { choice: "vendor_system" }, current_tool: "旧版 ERP",
      title: "CIO", responsibility: { choice: "decides" }, vendors_met: 3, province: "Shanghai", company: "Donghai Machines",
      name: "Wang Min", mobile: "154 0013 8000", email: "wang@donghai.example", source: "website",
    });
    assert.equal(claim.v, 1);
    assert.match(claim.slice, /^[0-9a-f]{64}$/);
    assert.ok(!Number.isNaN(Date.parse(claim.now)));
    assert.ok(claim.possible.length > 0);
    assert.deepEqual([hp, said], ["", locale]);
    assert.match(await page.locator(".sent").innerText(), /We call you tomorrow\./);
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H3");
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("a question that does not apply is skipped, and its answer is kept", async () => {
  const { page, context } = await site.visit("/");
  await answerStep(page);
  await proceed(page);
  await answer(page, "budget", "good");
  await page.locator("#back").click();
  await answer(page, "project", "none");
  await proceed(page);
  assert.deepEqual(await shown(page), ["situation", "title", "responsibility", "vendors_met"]);
  await page.locator("#back").click();
  await answer(page, "project", "planned");
  await proceed(page);
  assert.deepEqual(await shown(page), ["budget", "timeline_months", "situation", "title"]);
  assert.ok(await page.locator("input[name=budget][value=good]").isChecked());
  await context.close();
});

test("a question that begins to apply later is asked then", async () => {
  const { page, context } = await site.visit("/");
  await answer(page, "project", "none");
  await proceed(page);
  assert.deepEqual(await shown(page), ["situation", "title", "responsibility", "vendors_met"]);
  await answer(page, "situation", "own_system");
  await proceed(page);
  assert.deepEqual(await shown(page), ["current_tool", "province", "company", "name"]);
  await context.close();
});

test("answers and place in the form outlive a change of language and a reload", async () => {
  const { page, context } = await site.visit("/?utm_source=baidu&utm_medium=cpc");
  await answerStep(page);
  await proceed(page);
  await answer(page, "title", "信息中心主任");
  await answer(page, "budget", "~declined");
  await page.locator("header .language").click();
  await page.waitForURL("**/zh/?utm_source=baidu&utm_medium=cpc");
  await page.locator("leadgate-form[status=ready]").waitFor();
  assert.deepEqual(await shown(page), ["budget", "timeline_months", "situation", "title"]);
  assert.equal(await page.locator("#title").inputValue(), "信息中心主任");
  assert.ok(await page.locator("input[name=budget][value='~declined']").isChecked());
  await page.locator("#back").click();
  assert.ok(await page.locator("input[name=seats][value=large]").isChecked());
  await page.reload();
  await page.locator("leadgate-form[status=ready]").waitFor();
  assert.ok(await page.locator("input[name=seats][value=large]").isChecked());
  await context.close();
});

test("what was sent is forgotten", async () => {
  site.answerWith(() => ({ body: AGREED }));
  const { page, context } = await site.visit("/");
  await toTheEnd(page);
  await proceed(page);
  await page.locator(".sent").waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  await page.locator(".sent button").click();
  await page.locator("leadgate-form[status=ready]").waitFor();
  assert.equal(await page.locator("input:checked").count(), 0);
  await context.close();
});

test("declined, taken back, and where the visitor came from", async () => {
  site.answerWith(() => ({ body: AGREED }));
  const { page, context } = await site.visit("/?utm_source=baidu&utm_medium=cpc");
  await toTheEnd(page, { ...VISITOR, budget: "~declined" });
  for (let step = 0; step < 3; step += 1) await page.locator("#back").click();
  await page.locator("#q-seats [data-clear]").click();
  for (let step = 0; step < 3; step += 1) await proceed(page);
  await proceed(page);
  await page.locator(".sent").waitFor();
  const { answers } = sent();
  assert.deepEqual(answers.budget, { declined: true });
  assert.equal("seats" in answers, false);
  assert.deepEqual([answers.source, answers.utm_source, answers.utm_medium], [undefined, "baidu", "cpc"]);
  await context.close();
});

test("what is wrong is said beside the question, in the page's language", async () => {
  const { page, context } = await site.visit("/zh/");
  await toTheEnd(page, { ...VISITOR, vendors_met: "" });
  await page.locator("#back").click();
  for (const [value, pattern] of /** @type {[string, RegExp][]} */ ([["几家", /数字/], ["51", /0 到 50/], ["2.5", /整数/]])) {
    await answer(page, "vendors_met", value);
    await proceed(page);
    assert.match(await page.locator("#vendors_met-error").innerText(), pattern, value);
    assert.equal(await page.locator("#vendors_met").getAttribute("aria-invalid"), "true");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "vendors_met");
    assert.match(await page.locator("leadgate-form [part=summary]").innerText(), /再看一下/);
  }
  await answer(page, "vendors_met", "３");
  assert.equal(await page.locator("#vendors_met-error:visible").count(), 0);
  await proceed(page);
  await answer(page, "company", "");
  await answer(page, "mobile", "");
  await answer(page, "email", "wang@");
  await proceed(page);
  assert.match(await page.locator("#company-error").innerText(), /请填写/);
  assert.match(await page.locator("#email-error").innerText(), /邮箱/);
  await answer(page, "email", "");
  await answer(page, "company", "东海机械");
  await proceed(page);
  assert.match(await page.locator("#mobile-error").innerText(), /留一个/);
  await context.close();
});

test("the decision in the page says what can still come out", async () => {
  const { page, context } = await site.visit("/");
  assert.match(await page.locator("#decision").innerText(), /Answer the first questions/);
  await answerStep(page);
  assert.ok(await page.locator("#decision .message").count() > 0);
  await context.close();
});
