// What a lead did, the slider through time, its scores along it, and the next change, in Chromium.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { root } from "../../scripts/paths.mjs";
import { violations } from "./axe.mjs";
import { start, startFrom, write } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof start>>} */
let playground;
before(async () => { playground = await start(); });
after(async () => {
  await playground?.close();
  assert.deepEqual(playground?.complaints, []);
});

const behaviours = readFileSync(join(root, "tests", "playground", "behaviours.yaml"), "utf8");

/** A visitor with the policy of behaviours and its golden lead. @param {Parameters<typeof playground.visit>[0]} [setting] */
async function visit(setting) {
  const page = await playground.visit(setting);
  await write(page, behaviours);
  const narrow = (setting?.width ?? 1440) < 800;
  if (narrow) await page.locator(".views button").nth(1).click();
  await page.locator(".segments button").nth(1).click();
  await page.locator(".golden-lead").click();
  await page.locator(".segments button").nth(0).click();
  await page.locator(".event-list li[data-at]").nth(1).waitFor();
  return page;
}

/** @param {import("playwright-core").Page} page @param {string} text */
const score = (page, text) => page.locator("[id='score-engagement']", { hasText: text }).waitFor();

/** What the line of the next change says once it says it. @param {import("playwright-core").Page} page @param {RegExp} text */
const next = (page, text) => page.locator(".next-change").filter({ hasText: text }).waitFor();

test("a golden lead brings its events; one that is added, changed or removed changes the score", async () => {
  const page = await visit();
  await score(page, "42.411");
  assert.deepEqual(await page.locator(".event-list strong").allInnerTexts(), ["page_view", "order"]);
  assert.equal(await page.locator(".origin").innerText(), "Golden lead read");

  await page.getByRole("button", { name: "Add an event…" }).click();
  await page.getByLabel("Event", { exact: true }).selectOption("order");
  await page.getByLabel("How long ago").fill("6");
  await page.getByLabel("Unit", { exact: true }).selectOption("hours");
  await page.getByLabel("amount").fill("120.5");
  await page.getByRole("textbox", { name: "partner" }).fill("<b>acme</b>");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await score(page, "67.411");
  const added = page.locator(".event-list li").first();
  assert.match(await added.innerText(), /order amount: 120\.5, partner: <b>acme<\/b>[\s\S]*6 hours before/);
  assert.match(await page.locator(".origin").innerText(), /changed/);

  await added.getByRole("button", { name: /^Change: order/ }).click();
  await page.getByLabel("Event", { exact: true }).selectOption("page_view");
  await page.getByLabel("kind").selectOption("pricing");
  await page.getByRole("button", { name: "Change", exact: true }).click();
  // 20 and 17.411 are more than the rule gives.
  await score(page, "55");
  await page.locator("tr", { hasText: "Looked at prices: the rule gives no more" }).waitFor();

  await page.locator(".event-list li").first().getByRole("button", { name: /^Remove: page_view/ }).click();
  await score(page, "42.411");
  assert.equal(await page.locator("#event-add").evaluate((button) => button === document.activeElement), true);
  await page.context().close();
});

test("the slider decides at its moment, by the keyboard too; the next change is told and followed", async () => {
  const page = await visit();
  await score(page, "42.411");
  const slider = page.getByRole("slider", { name: "Moment of the decision" });
  assert.equal(await slider.getAttribute("min"), "-40");
  assert.equal(await slider.getAttribute("max"), "90");
  await slider.press("ArrowLeft");
  await slider.press("ArrowLeft");
  await score(page, "45");
  await slider.press("ArrowLeft");
  await score(page, "25");
  assert.match((await page.locator(".event-list li").first().innerText()), /does not count yet/);
  for (let at = 0; at < 3; at += 1) await slider.press("ArrowRight");
  await score(page, "42.411");

  await next(page, /^Next change: 11 December 2026 at 09:00, outcome call → wait/);
  await page.getByRole("button", { name: "Go there" }).click();
  await page.locator(".outcome", { hasText: "wait" }).waitFor();
  assert.equal(await slider.inputValue(), "20");
  await next(page, /^Nothing changes by itself until/);
  assert.equal(await page.getByRole("button", { name: "Go there" }).isVisible(), false);

  const curve = page.getByRole("img", { name: /^engagement over time: from 0\.\d+ \(.*\) to 45 \(19 Nov 2026\)$/ });
  assert.equal(await curve.count(), 1);
  await page.getByText("The scores in numbers").click();
  assert.match(await page.locator(".course-table").innerText(), /Date\s+engagement[\s\S]*19 Nov 2026\s+45[\s\S]*21 Nov 2026\s+42\.411/);
  await page.context().close();
});

test("a stage that ends by itself: since when the lead is in it counts", async () => {
  const page = await visit();
  await page.locator("#stage-before").selectOption("warm");
  await page.getByLabel("In this stage since").fill("2026-11-01T00:00");
  await next(page, /^Next change: 1 December 2026 at 00:00, stage warm → cold/);
  // Nothing can be decided before what the state tells of.
  await page.getByLabel("Decided at").fill("2026-10-20T00:00");
  await page.locator(".moment [role='alert']", { hasText: "Decided without what the lead did" }).waitFor();
  await page.getByLabel("Decided at").fill("2026-12-02T00:00");
  await page.locator(".moment [role='alert']").waitFor({ state: "hidden" });
  await page.locator(".moves strong", { hasText: "cold" }).waitFor();
  await page.context().close();
});

test("a schedule that waits for a lead is told, without any events", async () => {
  const page = await playground.visit();
  await write(page, "leadgate: 1\npolicy: p\nversion: '1'\nfields: { seats: { type: int } }\nsops: { care: { enter: { seats: '>= 1' }, steps: [{ after: 4h, send: hello }] } }\n");
  await page.locator("#field-seats").fill("");
  await page.locator(".moment").waitFor({ state: "hidden" });
  await page.locator("#field-seats").fill("5");
  await next(page, /^Next change: .*, steps due – → care\/after4h-hello/);
  assert.equal(await page.locator(".life-events").isVisible(), false);
  await page.context().close();
});

test("a policy that knows of no time shows none of it; what was done is kept", async () => {
  const page = await visit();
  await page.reload();
  await score(page, "42.411");
  assert.equal(await page.locator(".event-list li").count(), 2);
  await startFrom(page, "starter");
  await page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
  await page.locator(".outcome", { hasText: "sales" }).waitFor();
  assert.equal(await page.locator(".life-events").isVisible(), false);
  assert.equal(await page.locator(".moment").isVisible(), false);
  await page.context().close();
});

for (const [locale, theme, width] of /** @type {const} */ ([["en", "light", 1440], ["zh-CN", "dark", 1440], ["zh-CN", "light", 390], ["en", "dark", 390]])) {
  test(`nothing for axe to name, and nothing stands out to the side: ${locale}, ${theme}, ${width}`, async () => {
    const page = await visit({ locale, theme, width });
    await page.locator("#event-add").click();
    assert.deepEqual(await violations(page), []);
    if (width < 800) await page.locator(".views button").nth(2).click();
    await page.locator(".moment summary").click();
    await page.locator(".course-table").waitFor();
    await next(page, locale === "en" ? /^Next change: .*outcome call → wait/ : /^下一次变化：.*去向 call → wait/);
    assert.deepEqual(await violations(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && [...document.querySelectorAll(".pane-body")].every((pane) => pane.scrollWidth <= pane.clientWidth)));
    await page.context().close();
  });
}
