// When an engine does not come: every part says so, nothing waits for ever, and it can be asked for again.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { root } from "../../scripts/paths.mjs";
import { start, write } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof start>>} */
let playground;
before(async () => { playground = await start(); });
after(() => playground?.close());

/** The address of the wasm that decides is one that only its worker knows. */
const deciding = () => {
  const assets = join(root, "www", "dist", "playground", "assets");
  const worker = readFileSync(join(assets, readdirSync(assets).find((name) => name.startsWith("decider.worker")) ?? ""), "utf8");
  const [address] = /leadgate_full-[\w-]+\.wasm/.exec(worker) ?? assert.fail("the worker that decides names no wasm");
  return new RegExp(`${address}$`);
};

for (const [what, pattern] of /** @type {[string, RegExp][]} */ ([["wasm", /\.wasm$/], ["workers", /worker[^/]*\.js$/], ["the wasm that decides", deciding()], ["the worker that decides", /decider[^/]*\.js$/]])) {
  const all = !what.startsWith("the");
  test(`without ${what}: said everywhere, and there after trying again`, async () => {
    const page = await playground.visit();
    playground.complaints.length = 0;
    await page.context().route(pattern, (route) => route.abort());
    await page.reload();
    const notice = page.locator(".notice", { hasText: "The engine could not be loaded." });
    await notice.waitFor();
    if (all) {
      await page.locator(".problems .count", { hasText: "Not checked: the engine could not be loaded." }).waitFor();
      await page.locator(".lead-form", { hasText: "The engine could not be loaded." }).waitFor();
    }
    assert.doesNotMatch(await page.locator("body").innerText(), /Checking|is loading|stopped/);
    assert.deepEqual(playground.complaints.filter((complaint) => /uncaught|TypeError/i.test(complaint)), []);

    // As long as it does not come, trying says the same again.
    await notice.getByRole("button", { name: "Try again" }).click();
    await notice.waitFor();
    await page.context().unroute(pattern);
    await notice.getByRole("button", { name: "Try again" }).click();
    await page.locator(".outcome", { hasText: "sales_east" }).waitFor();
    await page.locator(".problems .count", { hasText: "No errors." }).waitFor();
    await notice.waitFor({ state: "hidden" });
    await write(page, "nonsense: 1\n");
    await page.locator(".problem-list li").first().waitFor();
    await page.context().close();
  });
}
