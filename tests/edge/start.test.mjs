// `npm start`, as one starts it: it serves everything, and ends when it is told to.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const start = fileURLToPath(new URL("../../scripts/start.mjs", import.meta.url));

/** Starts it, and waits for the line that says how to end it. @param {string} folder @param {string[]} options */
function started(folder, ...options) {
  const child = spawn(process.execPath, [start, "--port", "0", "--data", folder, ...options], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, LANG: "en_US.UTF-8", NO_COLOR: "1" } });
  let output = "";
  const ended = new Promise((/** @type {(value: number | null) => void} */ resolve) => child.once("close", resolve));
  const ready = new Promise((/** @type {(value: string) => void} */ resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        const address = /(http:\/\/127\.0\.0\.1:\d+)\/ /.exec(output)?.[1];
        if (address && output.includes("Ctrl-C")) resolve(address);
      });
    }
    ended.then((status) => reject(new Error(`it ended with ${status}:\n${output}`)));
  });
  return { child, ready, ended, output: () => output };
}

for (const [by, ...options] of [["workerd"], ["node", "--node"]]) {
  test(`it serves landing page, playground and edge by ${by}, and ends`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "leadgate-start-"));
    const { child, ready, ended, output } = started(folder, ...options);
    try {
      const address = await ready;
      for (const [path, what] of [["/", /id="lead-form"/], ["/zh/", /lang="zh/], ["/playground/", /<script/], ["/api/policy", /"slice"/]]) {
        const response = await fetch(`${address}${path}`);
        assert.equal(response.status, 200, `${path}`);
        assert.match(await response.text(), /** @type {RegExp} */ (what));
        assert.match(response.headers.get("content-security-policy") ?? "", /default-src 'none'/);
      }
      const sent = await fetch(`${address}/leads`, { method: "POST", redirect: "manual", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "company=Donghai&email=wang%40donghai.example&locale=en" });
      assert.equal(sent.status, 303);
      assert.match(output(), by === "workerd" ? /workerd/ : /SQLite/);
      assert.ok(JSON.parse(readFileSync(join(folder, "keys.json"), "utf8")).receipts.current);
      child.kill("SIGINT");
      assert.equal(await ended, 0);
      await assert.rejects(fetch(`${address}/`), "nothing is left running");
    } finally {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

test("once, it looks whether everything answers, and ends by itself", async () => {
  const folder = mkdtempSync(join(tmpdir(), "leadgate-start-"));
  try {
    const { ended, output } = started(folder, "--once", "--node");
    assert.equal(await ended, 0, output());
    assert.match(output(), /200 \/playground\//);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
