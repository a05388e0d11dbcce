// <leadgate-form> as people use it: their own form or one of the policy's, keyboard, trouble, both languages, a phone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { EMPTY, listen, openPages, OWN, shown, violations } from "./pages.mjs";

/** @type {Awaited<ReturnType<typeof openPages>>} */
let pages;
before(async () => {
  pages = await openPages({ "/plain": OWN("").replace(/honeypot="website" elapsed="seconds" /, ""), "/later": OWN("").replace('program="/card.lgp" ', ""), "/own": OWN(""), "/known": OWN("", 'value="Donghai"'), "/broken": OWN("").replace("/card.lgp", "/none.lgp"), "/empty": EMPTY(), "/zh/empty": EMPTY() });
});
after(() => pages.close());

const send = (/** @type {import("playwright-core").Page} */ page) => page.locator("[type=submit]").click();
const last = () => Object.fromEntries(new URLSearchParams(pages.posts.at(-1)));

/** Answers what is shown until the form is sent. @param {import("playwright-core").Page} page @param {Record<string, string>} answers @param {(step: number) => Promise<void>} [each] */
async function throughout(page, answers, each) {
  for (let step = 1; step < 12; step += 1) {
    for (const field of await shown(page)) {
      const value = answers[field];
      if (value === undefined) continue;
      const radio = page.locator(`input[type=radio][name=${field}][value="${value}"]`);
      if (await radio.count()) await radio.check();
      else if (await page.locator(`select[name=${field}]`).count()) await page.locator(`select[name=${field}]`).selectOption(value);
      else await page.locator(`input[name=${field}]`).fill(value);
    }
    await each?.(step);
    const ends = await page.locator("leadgate-form[last]").count();
    if (ends) await Promise.all([page.waitForURL("**/leads"), send(page)]);
    else await send(page);
    if (ends) return;
  }
  throw new Error("the form does not come to an end");
}

/** Goes on until a question is shown. @param {import("playwright-core").Page} page @param {string} field */
async function until(page, field) {
  for (let step = 0; step < 12 && !(await shown(page)).includes(field); step += 1) {
    for (const name of await shown(page)) if (name === "company" || name === "email") await page.locator(`[name=${name}]`).fill("a@b.example");
    await send(page);
  }
}

const VISITOR = { project: "true", seats: "team", budget: "much", vendors: "3", company: "Donghai Machines", email: "wang@donghai.example" };

test("without script it is the page's form", async () => {
  const { page, context } = await pages.visit("/own", { script: false });
  assert.deepEqual(await shown(page), ["project", "seats", "budget", "vendors", "company", "email"]);
  await page.locator("#company").fill("Donghai");
  await page.locator("#email").fill("a@b.example");
  await Promise.all([page.waitForURL("**/leads"), send(page)]);
  assert.equal(last().company, "Donghai");
  await context.close();
});

test("where the program cannot be loaded it is the page's form as well, and says so to the host", async () => {
  const { page, context } = await pages.visit("/broken", { ready: false });
  await page.locator("leadgate-form[status=failed]").waitFor();
  assert.equal((await shown(page)).length, 6);
  await page.locator("#company").fill("Donghai");
  await send(page);
  assert.equal(await page.locator("#email:invalid").count(), 1, "the browser checks it");
  await context.close();
});

for (const [path, width, scheme] of /** @type {[string, number, "light" | "dark"][]} */ ([["/own", 1280, "light"], ["/own", 390, "dark"], ["/empty", 1280, "dark"], ["/zh/empty", 390, "light"], ["/empty", 390, "light"], ["/zh/empty", 1280, "dark"]])) {
  test(`${path} at ${width}, ${scheme}: page by page to the end, axe-clean at every step, and an ordinary post`, async () => {
    const { page, context, complaints } = await pages.visit(path, { width, scheme });
    await throughout(page, VISITOR, async (step) => {
      assert.deepEqual(await violations(page), [], `step ${step}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing stands out to the side");
    });
    const { seconds, website, ...answers } = last();
    assert.deepEqual(Object.keys(answers).filter((field) => !(field in VISITOR)), []);
    assert.deepEqual([answers.company, answers.email, answers.seats], [VISITOR.company, VISITOR.email, VISITOR.seats]);
    assert.equal(website, "");
    if (path === "/own") assert.match(seconds, /^\d+$/);
    assert.deepEqual(complaints, [], "it does nothing that a strict content security policy forbids");
    await context.close();
  });
}

test("what is hidden and what was left is not posted; what comes back brings its answer along", async () => {
  const { page, context } = await pages.visit("/own");
  const visitor = { ...VISITOR };
  await throughout(page, visitor, async () => {
    if (!(await shown(page)).includes("budget")) return;
    await page.locator("input[name=budget][value=much]").check();
    while (!(await shown(page)).includes("project")) await page.locator("leadgate-form [part=back]").click();
    await page.locator("input[name=project][value=false]").check();
    visitor.project = "false";
  });
  assert.equal("budget" in last(), false);
  await context.close();
});

test("the keyboard alone, with a mistake on the way", async () => {
  const { page, context } = await pages.visit("/empty");
  const reach = async (/** @type {string} */ selector) => {
    for (let press = 0; press < 40; press += 1) {
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not reach ${selector}`);
  };
  let mistaken = false;
  for (let step = 0; step < 12; step += 1) {
    for (const field of await shown(page)) {
      await reach(`[name=${field}]`);
      if (await page.locator(`input[type=radio][name=${field}]`).count()) await page.keyboard.press("Space");
      else await page.keyboard.type(field === "email" ? "wang@" : field === "company" ? "Donghai" : "3");
    }
    const withMail = (await shown(page)).includes("email");
    await page.keyboard.press("Enter");
    if (withMail) {
      mistaken = true;
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("name")), "email");
      assert.equal(await page.locator("[name=email]").getAttribute("aria-invalid"), "true");
      const id = await page.locator("[data-field=email] [data-error]").getAttribute("id");
      assert.ok((await page.locator("[name=email]").getAttribute("aria-describedby"))?.split(" ").includes(id ?? ""));
      assert.match(await page.locator("leadgate-form [part=summary]").innerText(), /E-mail This does not look like/);
      assert.deepEqual(await violations(page), []);
      await page.keyboard.type("donghai.example");
      assert.equal(await page.locator("[name=email]").getAttribute("aria-invalid"), null, "put right");
      await page.keyboard.press("Enter");
    }
    // A page begins at its head; after the last one comes another address.
    await page.waitForFunction(() => location.pathname === "/leads" || document.activeElement?.shadowRoot?.activeElement?.getAttribute("part") === "head");
    if (page.url().endsWith("/leads")) break;
  }
  await page.waitForURL("**/leads");
  assert.ok(mistaken);
  assert.equal(last().email, "wang@donghai.example");
  await context.close();
});

test("what it says to the host: pages, answers without what they are, errors, and the lead to be sent", async () => {
  const { page, context } = await pages.visit("/own");
  const heard = await listen(page);
  await page.evaluate(() => document.addEventListener("leadgate:submit", (event) => event.preventDefault()));
  await page.locator("input[name=website]").evaluate((input) => { /** @type {HTMLInputElement} */ (input).value = "http://spam.example"; });
  let wrong = true;
  for (let step = 0; step < 12; step += 1) {
    for (const field of await shown(page)) {
      if (field === "company") await page.locator("#company").fill(wrong ? "" : "Donghai");
      if (field === "email") await page.locator("#email").fill("a@b.example");
      if (field === "seats") await page.locator("#seats").selectOption("large");
    }
    const ends = await page.locator("leadgate-form[last]").count();
    await send(page);
    if (await page.locator("[data-wrong]:visible").count()) wrong = false;
    else if (ends) break;
  }
  const events = await heard();
  const [{ detail: { lead, origins } }] = events.filter(({ type }) => type === "leadgate:submit");
  assert.deepEqual({ ...lead, seconds: 0 }, { seats: { choice: "large" }, company: "Donghai", email: "a@b.example", website: "http://spam.example", seconds: 0 });
  assert.deepEqual(origins.company, { source: "typed" });
  assert.deepEqual(events.find(({ type }) => type === "leadgate:error")?.detail, { errors: [{ field: "company", code: "required" }] });
  assert.ok(events.some(({ type, detail }) => type === "leadgate:answer" && detail.field === "seats" && detail.standing === "answered"));
  assert.ok(events.some(({ type }) => type === "leadgate:page"));
  const told = JSON.stringify(events.filter(({ type }) => type !== "leadgate:submit"));
  assert.doesNotMatch(told, /Donghai|a@b|spam/, "nothing of what visitors write");
  await context.close();
});

test("what the page has filled in is not asked again, is shown on demand, and can be changed", async () => {
  const { page, context } = await pages.visit("/known");
  assert.ok(!(await shown(page)).includes("company"));
  await page.locator("leadgate-form [part=back]").click();
  assert.deepEqual(await shown(page), ["company"]);
  assert.equal(await page.locator("#company").inputValue(), "Donghai");
  assert.deepEqual(await violations(page), []);
  await page.locator("#company").fill("Donghai Machines");
  await send(page);
  await throughout(page, { ...VISITOR, company: "Donghai Machines" });
  assert.equal(last().company, "Donghai Machines");
  await context.close();
});

test("it says when nothing asked can change anything any more, and why", async () => {
  const { page, context } = await pages.visit("/plain");
  const heard = await listen(page);
  await until(page, "seats");
  await page.locator("#seats").selectOption("large");
  await throughout(page, { company: "Donghai", email: "a@b.example" }, async () => {
    if (!(await page.locator("leadgate-form[last]").count())) return;
    const settled = (await heard()).filter(({ type }) => type === "leadgate:settled");
    assert.equal(settled.length, 1);
  });
  assert.equal(last().seats, "large");
  await context.close();
});

test("the language changes, the answers stay", async () => {
  const { page, context } = await pages.visit("/empty");
  await until(page, "seats");
  await page.locator("input[name=seats][value=team]").check();
  await page.locator("leadgate-form").evaluate((form) => form.setAttribute("locale", "zh"));
  assert.match(await page.locator("[data-field=seats] legend").innerText(), /需要多少端口/);
  assert.ok(await page.locator("input[name=seats][value=team]").isChecked());
  assert.match(await page.locator("[type=submit]").innerText(), /^(继续|提交)$/);
  await context.close();
});

test("a question that appears and disappears on its page is announced, and the focus stays where it is", async () => {
  const { page, context } = await pages.visit("/own", { ready: false, before: async (page) => {
    await page.route("**/card.lgp", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue();
    });
  } });
  // Begun before the policy is there: all that was shown stays the first page.
  await page.locator("#vendors").fill("2");
  await page.locator("leadgate-form[status=ready]").waitFor();
  assert.deepEqual(await shown(page), ["project", "seats", "vendors", "company", "email"]);
  await page.locator("input[name=project][value=true]").focus();
  await page.keyboard.press("Space");
  assert.ok((await shown(page)).includes("budget"));
  assert.equal(await page.locator("leadgate-form [part=status]").innerText(), "One more question: What is the budget for it?");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("name")), "project");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator("leadgate-form [part=status]").innerText(), "No longer asked: What is the budget for it?");
  await context.close();
});

test("a form that was saved goes on where it was", async () => {
  const { page, context } = await pages.visit("/own");
  await page.locator("#seats").selectOption("team").catch(() => {});
  const saved = await page.locator("leadgate-form").evaluate((form) => {
    /** @type {any} */ (form).state.answer("seats", { choice: "team" });
    return /** @type {any} */ (form).state.save();
  });
  await page.addInitScript((saved) => document.addEventListener("DOMContentLoaded", () => Object.assign(/** @type {any} */ (document.querySelector("leadgate-form")), { saved })), saved);
  await page.reload();
  await page.locator("leadgate-form[status=ready]").waitFor();
  assert.equal(await page.locator("#seats").inputValue(), "team");
  await context.close();
});

test("a host that brings the policy itself, and what its server says of an answer", async () => {
  const { page, context } = await pages.visit("/later", { ready: false });
  await page.waitForTimeout(100);
  assert.equal((await shown(page)).length, 6, "until then it is the page's form");
  await page.evaluate(async () => {
    const form = /** @type {any} */ (document.querySelector("leadgate-form"));
    form.texts = { en: { "form.next": "Go on", "form.email.taken": "Somebody else has this address." } };
    form.policy = await form.constructor.load(new Uint8Array(await (await fetch("/card.lgp")).arrayBuffer()));
  });
  await page.locator("leadgate-form[status=ready]").waitFor();
  assert.equal(await page.locator("[type=submit]").innerText(), "Go on");
  await page.evaluate(() => document.addEventListener("leadgate:submit", (event) => {
    event.preventDefault();
    /** @type {any} */ (event.target).complain([{ field: "email", code: "taken" }]);
  }));
  for (let step = 0; step < 8 && !(await page.locator("[data-field=email] [data-error]:visible").count()); step += 1) {
    if ((await shown(page)).includes("company")) await page.locator("#company").fill("Donghai");
    if ((await shown(page)).includes("email")) await page.locator("#email").fill("a@b.example");
    await send(page);
  }
  assert.equal(await page.locator("[data-field=email] [data-error]").innerText(), "Somebody else has this address.");
  await context.close();
});
