// What lies before a lead, in Chromium: stories, moves, schedules, queues, other answers, and the policies that the page offers.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { root } from "../../scripts/paths.mjs";
import { violations } from "./axe.mjs";
import { settled, start, startFrom, write } from "./browser.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** @type {Awaited<ReturnType<typeof start>>} */
let playground;
before(async () => { playground = await start(); });
after(async () => {
  await playground?.close();
  assert.deepEqual(playground?.complaints, []);
});

const wholeLife = readFileSync(join(root, "tests", "playground", "whole-life.yaml"), "utf8");

/** A visitor with one of the policy's golden leads and a part of the decision. @param {string} golden @param {"why" | "next" | "whatIf"} reading @param {Parameters<typeof playground.visit>[0]} [setting] */
async function visit(golden, reading, setting) {
  const page = await playground.visit(setting);
  await write(page, wholeLife);
  const narrow = (setting?.width ?? 1440) < 800;
  if (narrow) await page.locator(".views button").nth(1).click();
  await page.locator(".lead-pane .segments button").nth(1).click();
  await page.locator(`.golden-lead[data-id="${golden}"]`).click();
  if (narrow) await page.locator(".views button").nth(2).click();
  await page.locator(`#reading-${reading}`).click();
  return page;
}

/** Waits until there is such a thing with such a text. @param {Page} page @param {string} selector @param {string | RegExp} text */
const shows = (page, selector, text) => page.locator(selector).filter({ hasText: text }).first().waitFor();

test("a story is walked forth and back, and every step says what came of it and what was expected", async () => {
  const page = await visit("returned", "next");
  await shows(page, ".story-block", "Before the first of 4 steps");
  assert.equal(await page.locator("#story-back").isDisabled(), true);
  await page.locator("#story-next").click();
  await shows(page, ".story-block", "After step 1 of 4");
  await shows(page, ".story li[aria-current='step']", /somebody looks[\s\S]*Good enough for sales: now mql[\s\S]*✓ stage mql/);
  await shows(page, ".outcome", "team_east");
  await page.locator("#story-next").click();
  await shows(page, ".story li[aria-current='step']", /“returned” happens[\s\S]*refused: not from this stage[\s\S]*✓ refused illegal-move/);
  await page.locator("#story-end").click();
  await shows(page, ".story li[aria-current='step']", /Returned within a week: now mrl/);
  await shows(page, ".history > li", "mrl");
  assert.equal(await page.locator(".expected[data-holds='false']").count(), 0);
  assert.equal(await page.locator(".history > li").count(), 3);
  assert.match(await page.locator(".history > li").nth(1).innerText(), /30 September 2026 at 17:00\s+mql → sql Sales accepts · by wang · after 2 hours/);
  assert.match(await page.locator(".history > li").nth(2).innerText(), /sql → mrl Returned within a week · “no budget” · after 7 days/);
  assert.equal(await page.locator(".origin").innerText(), "Golden lead returned");
  await page.locator("#story-back").click();
  await shows(page, ".story-block", "After step 3 of 4");
  await shows(page, ".result", "The lead is in sql.");
  await page.context().close();
});

test("legal moves are buttons, with their reasons; others say why they cannot be made", async () => {
  const page = await visit("returned", "next");
  await page.locator("[data-key='commit']").click();
  await shows(page, ".result", "The lead is in mql.");
  assert.match(await page.locator("[data-move='recall']").innerText(), /Nobody answered\s+to pool · by itself, 8 October 2026 at 10:00/);
  assert.equal(await page.locator("[data-move='recall'] button").count(), 0);
  await page.locator("[data-key='elsewhere'] summary").click();
  await shows(page, "[data-key='elsewhere'] li", /Returned within a week\s*only from sql/);
  await page.locator("[data-key='move-accept']").focus();
  await page.keyboard.press("Enter");
  await shows(page, ".result", "The lead is in sql.");
  // A reason has to be given; without one nothing happens.
  await page.locator("[data-key='move-return']").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Go on" }).click();
  await dialog.getByRole("alert").filter({ hasText: "A reason has to be given." }).waitFor();
  await dialog.getByRole("textbox").fill("<b>no budget</b>");
  await dialog.getByRole("button", { name: "Go on" }).click();
  await shows(page, ".result", "The lead is in mrl.");
  await shows(page, ".history > li", "“<b>no budget</b>”");
  // By hand, whatever the moves say.
  await page.locator("[data-key='pin'] summary").click();
  await page.locator("#pin-stage").selectOption("lead");
  await page.locator("#pin-by").fill("li");
  await page.locator("[data-key='pin-do']").click();
  await shows(page, ".pinned", "li has fixed the stage at lead.");
  assert.match(await page.locator("[data-move='qualify']").innerText(), /a person has fixed the stage/);
  await page.locator("[data-key='unpin']").click();
  await page.locator(".pinned").waitFor({ state: "detached" });
  await page.locator("[data-key='forget']").click();
  await shows(page, ".block", "Nothing has changed yet.");
  await page.context().close();
});

test("a reason out of a list is chosen", async () => {
  const page = await visit("returned", "next");
  await page.locator("[data-key='commit']").click();
  await page.locator("[data-key='move-refuse']").click();
  await page.getByRole("dialog").getByRole("combobox").selectOption("no_need");
  await page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
  await shows(page, ".history > li", /mql → pool Sales refuses · “no_need”/);
  await page.context().close();
});

test("what is due is told in words with its time, ticked off, and listed as sent", async () => {
  const page = await visit("in_pool", "next");
  await shows(page, "[data-step='nurture.day1-welcome']", /welcome\s*nurture · day 1 at 09:00\s*due now/);
  assert.match(await page.locator(".schedules .history").first().innerText(), /22 November 2026 at 09:00 · in 45 hours\s+cases nurture · day 3 at 09:00\s+27 November 2026 at 09:00 · in 7 days\s+webinar nurture · week 2 at 09:00, if Seats >= 20/);
  await page.locator("[data-key='sent-nurture.day1-welcome']").click();
  await shows(page, ".schedules", "Nothing is due now.");
  await shows(page, ".sent-list", /20 November 2026 at 12:00\s*welcome nurture · day 1/);
  await page.locator("[data-key='sop-nurture'] summary").click();
  await shows(page, "[data-key='sop-nurture'] li[data-mark='sent']", "welcome");
  await shows(page, "[data-key='sop-nurture'] li[data-mark='ahead']", "cases");
  // Three days on, what is due has been waiting.
  await page.getByRole("slider", { name: "Moment of the decision" }).press("ArrowRight");
  await page.getByRole("slider", { name: "Moment of the decision" }).press("ArrowRight");
  await shows(page, "[data-step='nurture.day3-cases']", /due since 22 November 2026 at 09:00, 3 hours late/);
  // What was sent is kept.
  await page.waitForTimeout(600);
  await page.reload();
  await page.locator("#reading-next").click();
  await shows(page, ".sent-list", "welcome");
  await page.context().close();
});

test("a queue says who takes this lead and the next ten; who is absent takes none, and a lead comes back", async () => {
  const page = await visit("returned", "next");
  const turns = () => page.locator(".turns li").allInnerTexts();
  await shows(page, ".takes", "li takes this lead");
  await page.locator("[data-key='commit']").click();
  await shows(page, ".takes", /li takes this lead · it is their turn · to be answered by 30 September 2026 at 17:00/);
  assert.deepEqual(await turns(), ["wang", "li", "li", "wang", "li", "li", "wang", "li", "li", "wang"]);
  assert.match(await page.locator(".members").innerText(), /li\s+66\.7 %\s+0[\s\S]*wang at most 5 a day\s+33\.3 %\s+0/);
  await page.getByRole("checkbox", { name: "li is there" }).press("Space");
  await shows(page, ".takes", "wang takes this lead");
  assert.deepEqual(await turns(), ["wang", "wang", "wang", "wang", "nobody", "nobody", "nobody", "nobody", "nobody", "nobody"]);
  assert.equal(await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).dataset.key), "there-li");
  await page.getByRole("checkbox", { name: "li is there" }).press("Space");
  await shows(page, ".takes", "li takes this lead");
  await page.locator("[data-key='queue-give']").click();
  await shows(page, ".members tr[data-member='li']", /66\.7 %\s*1/);
  await shows(page, ".takes", "wang takes this lead");
  await page.getByRole("button", { name: "Take it back from li" }).click();
  await shows(page, ".takes", "li takes this lead");
  await page.locator("#queue-name").selectOption("team_west");
  await shows(page, ".queue", "This lead does not go to team_west; if it did:");
  await shows(page, ".takes", "zhao takes this lead");
  await page.context().close();
});

test("every other answer that changes the route is told in words, the easiest first, and can be tried", async () => {
  const page = await visit("small", "whatIf");
  await shows(page, ".what-if", "Now: nurture.");
  const changes = await page.locator(".what-if .move-list li").allInnerTexts();
  assert.equal(changes.length, 1);
  assert.match(changes[0], /Seats\s+from 20 instead of Up to 19|Seats\s+from 20 instead of 5/);
  assert.match(changes[0], /→ team_east · effort 1/);
  await page.locator("#settle").selectOption("stage");
  await shows(page, ".what-if", "Now: lead.");
  await page.getByRole("button", { name: /^Try it: Seats/ }).click();
  await shows(page, ".outcome", "team_east");
  assert.equal(await page.locator("#reading-whatIf").getAttribute("aria-pressed"), "true");
  await page.locator("#settle").selectOption("route");
  // Both the seats and the region now carry the route.
  await shows(page, ".what-if .move-list li", /Region\s*West instead of East/);
  await page.context().close();
});

test("every policy of the repository is offered with its title and sentence, and the address names it", async () => {
  const page = await playground.visit();
  const names = readdirSync(join(root, "policies"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const options = await page.locator(".files-menu option").evaluateAll((items) => items.map((item) => [/** @type {HTMLOptionElement} */ (item).value, item.textContent]));
  for (const name of names) {
    const about = JSON.parse(readFileSync(join(root, "policies", name, "about.json"), "utf8"));
    assert.deepEqual(options.find(([id]) => id === name), [name, about.title.en]);
  }
  await startFrom(page, "crm-opportunities");
  assert.equal(new URL(page.url()).hash, "#policy=crm-opportunities");
  await shows(page, ".page-head .lead", /Open opportunities from a CRM/);
  // A link within a tab, and back to a golden lead.
  await page.evaluate(() => { location.hash = "#policy=saas-inbound&lead=cold_call_recalls"; });
  await settled(page);
  await shows(page, ".origin", "Golden lead cold_call_recalls");
  await page.getByRole("button", { name: "中文" }).click();
  await shows(page, ".files-menu", "SaaS 官网留资");
  // Work that was changed stays until its owner lets go of it.
  await write(page, wholeLife);
  await page.evaluate(() => { location.hash = "#policy=crm-opportunities"; });
  await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  assert.equal(await page.locator(".files-menu select").inputValue(), "saas-inbound");
  assert.equal(new URL(page.url()).hash, "#policy=saas-inbound");
  await page.context().close();
});

test("an address brings its language along, over the one that was kept; the address says no other than what is shown", async () => {
  const page = await playground.visit({ hash: "#policy=loan-precheck&lang=zh" });
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
  await page.getByRole("button", { name: "English" }).click();
  assert.equal(new URL(page.url()).hash, "#policy=loan-precheck");
  // Longer than changes wait to be kept.
  await page.waitForTimeout(600);
  await page.goto("about:blank");
  await page.goto(`${playground.address}#policy=saas-inbound&lang=zh`);
  await settled(page);
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
  assert.equal(await page.locator(".files-menu select").inputValue(), "saas-inbound");
  await page.evaluate(() => { location.hash = "#policy=saas-inbound&lang=en"; });
  await page.locator("html[lang=en]").waitFor();
  await page.context().close();
});

test("changed work stays, and the address says so once its owner keeps it", async () => {
  const page = await playground.visit();
  await write(page, wholeLife);
  await page.waitForTimeout(600);
  await page.goto("about:blank");
  await page.goto(`${playground.address}#policy=crm-opportunities`);
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.waitForFunction(() => location.hash === "#policy=saas-inbound");
  await page.context().close();
});

test("an address opens a policy with a golden lead; one that names nothing opens the first", async () => {
  const page = await playground.visit({ hash: "#policy=crm-opportunities" });
  assert.equal(await page.locator(".files-menu select").inputValue(), "crm-opportunities");
  await page.context().close();
  const golden = await playground.visit({ hash: "#policy=saas-inbound&lead=cold_call_recalls" });
  await shows(golden, ".origin", "Golden lead cold_call_recalls");
  await golden.context().close();
  const unknown = await playground.visit({ hash: "#policy=nothing-such" });
  await shows(unknown, ".outcome", "sales_east");
  assert.equal(new URL(unknown.url()).hash, "#policy=saas-inbound");
  await unknown.context().close();
});

for (const [locale, theme, width] of /** @type {const} */ ([["en", "light", 1280], ["zh-CN", "dark", 1280], ["zh-CN", "light", 390], ["en", "dark", 390]])) {
  test(`nothing for axe to name, and nothing stands out to the side: ${locale}, ${theme}, ${width}`, async () => {
    const page = await visit("returned", "next", { locale, theme, width });
    await page.locator("#story-next").click();
    await shows(page, ".story li[aria-current='step']", "mql");
    await page.locator("[data-key='elsewhere'] summary").click();
    await page.locator("[data-key='pin'] summary").click();
    assert.deepEqual(await violations(page), []);
    await page.locator("#story-end").click();
    await shows(page, ".history > li", "mrl");
    if (width < 800) await page.locator(".views button").nth(1).click();
    await page.locator(".golden-lead[data-id='in_pool']").click();
    if (width < 800) await page.locator(".views button").nth(2).click();
    await page.locator("[data-key='sent-nurture.day1-welcome']").click();
    await page.locator(".sent-list").waitFor();
    await page.locator("[data-key='sop-nurture'] summary").click();
    assert.deepEqual(await violations(page), []);
    await page.locator("#reading-whatIf").click();
    await page.locator(".what-if").waitFor();
    assert.deepEqual(await violations(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && [...document.querySelectorAll(".pane-body")].every((pane) => pane.scrollWidth <= pane.clientWidth)));
    await page.context().close();
  });
}

test("what the form asks next, and what it costs on average, with some answers known beforehand", async () => {
  const page = await playground.visit();
  await write(page, readFileSync(join(root, "tests", "fixtures", "cli", "work", "form.yaml"), "utf8"));
  await page.locator("#reading-questions").click();
  await shows(page, ".asking", "Not settled yet");
  assert.equal(await page.locator(".asking [data-ask]").count(), 1);
  await shows(page, ".forecasts [data-way='plan']", /The plan/);
  const [everything, plan] = await Promise.all(["everything", "plan"].map(async (way) => Number(await page.locator(`.forecasts [data-way='${way}'] td`).nth(1).innerText())));
  assert.ok(plan < everything, `${plan} ${everything}`);
  await page.locator("[data-key='foreknown-summary']").click();
  await page.locator("#foreknown-seats").check();
  await shows(page, "[data-key='foreknown-summary']", "1 answer known beforehand");
  await shows(page, ".forecasts [data-way='plan']", /The plan/);
  assert.equal(await page.locator(".forecasts tbody tr", { hasText: "Seats" }).count(), 0);
  assert.deepEqual(await violations(page), []);
  await page.context().close();
});
