// The command line as a process: the cases of tests/fixtures/cli/cases, each in a copy of tests/fixtures/cli/work.
//
// A case has `args`, and where it needs them `stdin` and `env`. It expects `status`; `stdout` and `stderr` are "" for nothing, or patterns
// that each match; `files` are patterns by file, and `absent` are files that must not be there.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createWriteStream, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../pkg/cli/main.mjs", import.meta.url));
const fixtures = fileURLToPath(new URL("../fixtures/cli/", import.meta.url));
const hasEngine = existsSync(new URL("../../pkg/src/engine.mjs", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "leadgate-cli-"));
after(() => rmSync(home, { recursive: true, force: true }));

/** A fresh copy of the working folder. @param {string} name */
function workFolder(name) {
  const folder = join(home, name);
  cpSync(join(fixtures, "work"), folder, { recursive: true });
  return folder;
}

/** @param {string} text @param {"" | string[] | undefined} expected @param {string} where */
function expectText(text, expected, where) {
  if (expected === "") assert.equal(text, "", where);
  for (const pattern of expected || []) assert.match(text, new RegExp(pattern, "mu"), where);
}

const environment = { ...process.env, LANG: "C.UTF-8", LC_ALL: "", LC_MESSAGES: "" };

for (const file of readdirSync(join(fixtures, "cases")).sort()) {
  const { args, stdin = "", env = {}, status, stdout, stderr, files = {}, absent = [], needs } = JSON.parse(readFileSync(join(fixtures, "cases", file), "utf8"));
  if (needs === "engine" && !hasEngine) continue;
  test(`leadgate ${args.join(" ")} (${file})`, () => {
    const cwd = workFolder(file);
    const result = spawnSync(process.execPath, [main, ...args], { cwd, input: stdin, env: { ...environment, ...env }, encoding: "utf8" });
    const said = `status ${result.status}\n${result.stdout}\n${result.stderr}`;
    assert.equal(result.status, status, said);
    expectText(result.stdout, stdout, "standard output");
    expectText(result.stderr, stderr, "standard error");
    for (const [path, patterns] of Object.entries(files)) expectText(readFileSync(join(cwd, path), "utf8"), patterns, path);
    for (const path of absent) assert.equal(existsSync(join(cwd, path)), false, path);
  });
}

/** Writes rows until told to stop. @param {string} path @param {number} rows */
async function manyLeads(path, rows) {
  const stream = createWriteStream(path);
  stream.write("name,seats\n");
  for (let row = 0; row < rows; row += 1000) {
    stream.write(Array.from({ length: 1000 }, (_, index) => `n${row + index},${((row + index) % 300) + 1}\n`).join(""));
  }
  await new Promise((resolve) => stream.end(resolve));
}

/** @param {import("node:child_process").ChildProcess} child */
const ended = (child) => new Promise((resolve) => child.on("close", (status, signal) => resolve({ status, signal })));

if (hasEngine) {
  test("a reader that goes away ends the run without a word", async () => {
    const cwd = workFolder("pipe");
    await manyLeads(join(cwd, "many.csv"), 100_000);
    const child = spawn(process.execPath, [main, "decide", "policy.yaml", "many.csv", "-q"], { cwd, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk) => { said += chunk; });
    child.stdout.once("data", () => child.stdout.destroy());
    const { status } = await ended(child);
    assert.equal(said, "");
    assert.equal(status, 141);
  });

  test("an interruption leaves whole lines and says how far it came", async () => {
    const cwd = workFolder("interrupted");
    const child = spawn(process.execPath, [main, "decide", "policy.yaml", "-", "-o", "out.csv", "--locale", "en"], { cwd, env: environment, stdio: ["pipe", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk) => { said += chunk; });
    // The command may be gone before it has read everything.
    child.stdin.on("error", () => {});
    child.stdin.write(`name,seats\n${Array.from({ length: 50_000 }, (_, index) => `n${index},30\n`).join("")}`);
    // The rest never comes: what ends the run is the signal, once something is written.
    while (!existsSync(join(cwd, "out.csv")) || readFileSync(join(cwd, "out.csv")).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGINT");
    const { status } = await ended(child);
    assert.equal(status, 130, said);
    const line = Number(/interrupted after line ([\d,]+)/.exec(said)?.[1].replaceAll(",", ""));
    const lines = readFileSync(join(cwd, "out.csv"), "utf8").split("\n");
    assert.equal(lines.pop(), "", "the last line is whole");
    assert.equal(lines.length, line, said);
    assert.ok(lines.at(-1)?.startsWith(`${line},n${line - 2},30,`));
  });

  test("a long file is decided in bounded memory", async () => {
    const cwd = workFolder("long");
    await manyLeads(join(cwd, "many.csv"), 200_000);
    const { status, stderr } = spawnSync(process.execPath, ["--max-old-space-size=64", main, "decide", "policy.yaml", "many.csv", "-o", "out.csv", "--locale", "en"], { cwd, env: environment, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    assert.match(stderr, /200,000 leads decided/);
  });
}
