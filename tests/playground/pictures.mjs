// `node tests/playground/pictures.mjs`: the pictures of the playground in docs/images.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/paths.mjs";
import { start, write } from "./browser.mjs";

const folder = join(root, "docs", "images");
const policy = readFileSync(join(root, "policies", "saas-inbound", "policy.yaml"), "utf8");
const playground = await start();

/** @param {import("playwright-core").Page} page @param {string} name */
async function take(page, name) {
  await page.waitForTimeout(1200);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.context().close();
}

const wide = await playground.visit({ width: 1320, height: 740 });
await wide.getByRole("button", { name: /Golden leads/ }).click();
await write(wide, policy.replace("replace: 14,", "replace: 4,"));
await wide.locator(".golden-lead", { hasText: "west" }).first().click();
await wide.locator(".problem-list button").first().click();
await take(wide, "playground");

const columns = "localStorage.setItem('leadgate-playground-columns', '[24,24]');";
const ahead = await playground.visit({ width: 1320, height: 980, hash: "#policy=huiju&lead=from_mal_to_sql", before: columns });
await ahead.getByRole("button", { name: /Golden leads/ }).click();
await ahead.locator("#story-end").click();
await ahead.locator(".story li[aria-current='step']").last().waitFor();
await ahead.locator("#reading-next").click();
await ahead.locator(".queue").waitFor();
await ahead.locator(".golden-lead[aria-current='true']").scrollIntoViewIfNeeded();
await ahead.locator(".result .pane-body").evaluate((body) => {
  const readings = body.querySelector(".readings");
  if (readings instanceof HTMLElement) body.scrollTop = readings.offsetTop - 16;
});
await take(ahead, "playground-next");

const other = await playground.visit({ locale: "zh-CN", width: 390, height: 844, scale: 1.5, hash: "#policy=fxiaoke" });
await other.locator(".views button").nth(2).click();
await other.locator("#reading-whatIf").click();
await other.locator(".what-if li").first().waitFor();
await other.locator("#reading-whatIf").evaluate((button) => button.scrollIntoView({ block: "start" }));
await take(other, "playground-what-if-zh");

const phone = await playground.visit({ locale: "zh-CN", theme: "dark", width: 390, height: 844, scale: 1.5 });
await phone.locator(".views button").nth(2).click();
await phone.locator(".outcome", { hasText: "sales_east" }).waitFor();
await take(phone, "playground-phone-zh");

await playground.close();
