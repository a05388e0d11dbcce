// The playground in Chromium, for tests and pictures.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {{ locale?: "en" | "zh-CN", theme?: "light" | "dark", width?: number, height?: number, scale?: number, before?: string, hash?: string }} Setting `before` runs in the page ahead of its own scripts; `hash` ends its address */

export async function start() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  assert.ok(existsSync(executablePath), `the tests of the playground need Chromium at ${executablePath}; CHROMIUM names another place`);
  const server = await serve();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
  /** What pages complained about: errors, and what the content policy refused. @type {string[]} */
  const complaints = [];
  return {
    complaints,
    address: server.address,

    /** A fresh visitor. @param {Setting} [setting] */
    async visit({ locale = "en", theme = "light", width = 1440, height = 900, scale = 1, before, hash = "" } = {}) {
      const context = await browser.newContext({ locale, timezoneId: "Asia/Shanghai", colorScheme: theme, viewport: { width, height }, deviceScaleFactor: scale, reducedMotion: "reduce" });
      if (before) await context.addInitScript(before);
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
      await page.goto(server.address + hash);
      await page.locator(".problems .count").filter({ hasText: /No errors|没有错误|error|错误$/ }).waitFor();
      return page;
    },

    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** Chooses an example. @param {Page} page @param {string} id */
export async function startFrom(page, id) {
  await page.locator(".files-menu select").selectOption(id);
  await settled(page);
}

/** Waits until the document has been checked. @param {Page} page */
export async function settled(page) {
  // Longer than errors are held back.
  await page.waitForTimeout(800);
  await page.locator(".problems .count").filter({ hasNotText: /Checking|正在检查/ }).waitFor();
}

/** Pastes the whole text of the open file. @param {Page} page @param {string} text */
export async function write(page, text) {
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await page.locator(".cm-content").evaluate((content, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    content.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }));
  }, text);
  await settled(page);
}
