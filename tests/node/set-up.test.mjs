// Set-up's parts that can be looked at without installing anything.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "../../scripts/run.mjs";
import { builds } from "../../scripts/wasm/builds.mjs";
import { fingerprint } from "../../scripts/wasm/fingerprint.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "leadgate-set-up-"));
after(() => rmSync(home, { recursive: true, force: true }));

/** A folder of programs that stand for others, each a shell script. @param {string} name @param {Record<string, string>} programs */
function programs(name, programs) {
  const folder = join(home, name);
  mkdirSync(folder);
  symlinkSync(process.execPath, join(folder, "node"));
  for (const [program, script] of Object.entries(programs)) {
    writeFileSync(join(folder, program), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, program), 0o755);
  }
  return folder;
}

/** Runs a few lines of JavaScript beside the scripts. @param {string} code @param {NodeJS.ProcessEnv} env */
function evaluate(code, env) {
  return spawnSync(process.execPath, ["--input-type=module", "--eval", code], { cwd: root, env: { ...process.env, ...env }, encoding: "utf8" });
}

const bindgen = 'const { setUpWasmBindgen } = await import("./scripts/setup/wasm-bindgen.mjs"); console.log(await setUpWasmBindgen());';
const version = /name = "wasm-bindgen"\nversion = "(.+)"/.exec(readFileSync(join(root, "Cargo.lock"), "utf8"))?.[1];

test("a machine without Rust is told what to install", () => {
  const code = 'const { requireRust } = await import("./scripts/setup/rust.mjs"); const { runMain } = await import("./scripts/failure.mjs"); await runMain(async () => requireRust());';
  const without = evaluate(code, { PATH: programs("no-rust", {}) });
  assert.equal(without.status, 1);
  assert.match(without.stderr, /Rust is not installed\n.*install Rust \d+\.\d+ or later/);
  const old = evaluate(code, { PATH: programs("old-rust", { cargo: "echo cargo 1.60.0", rustc: "echo rustc 1.60.0" }) });
  assert.equal(old.status, 1);
  assert.match(old.stderr, /and this is rustc 1\.60\.0\n.*rustup update/);
  assert.equal(evaluate(code, { PATH: programs("new-rust", { cargo: "echo cargo 2.0.0", rustc: "echo rustc 2.0.0" }) }).status, 0);
});

test("a wasm-bindgen of the right version on the path is used, another one is not", () => {
  const cache = join(home, "cache");
  const right = evaluate(bindgen, { XDG_CACHE_HOME: cache, PATH: programs("right-bindgen", { "wasm-bindgen": `echo wasm-bindgen ${version}` }) });
  assert.equal(right.stdout, "wasm-bindgen\n");
  const install = `while [ "$1" != --root ]; do shift; done; mkdir -p "$2/bin"; printf '#!/bin/sh\\necho wasm-bindgen ${version}\\n' > "$2/bin/wasm-bindgen"; chmod +x "$2/bin/wasm-bindgen"`;
  const path = [programs("wrong-bindgen", { "wasm-bindgen": "echo wasm-bindgen 0.0.1", cargo: install }), "/usr/bin", "/bin"].join(delimiter);
  const place = join(cache, "leadgate", "tools", `wasm-bindgen-${version}`);
  const built = evaluate(bindgen, { XDG_CACHE_HOME: cache, PATH: path });
  assert.equal(built.stdout.trim().split("\n").at(-1), join(place, "bin", "wasm-bindgen"), built.stderr);
  assert.deepEqual(readdirSync(join(cache, "leadgate", "tools")), [`wasm-bindgen-${version}`]);
});

test("an installation that breaks off leaves nothing behind", () => {
  const cache = join(home, "broken-cache");
  const install = `while [ "$1" != --root ]; do shift; done; mkdir -p "$2/bin"; echo half > "$2/bin/wasm-bindgen"; exit 101`;
  const path = [programs("breaking-cargo", { cargo: install }), "/usr/bin", "/bin"].join(delimiter);
  const broken = evaluate(bindgen, { XDG_CACHE_HOME: cache, PATH: path });
  assert.notEqual(broken.status, 0);
  assert.deepEqual(readdirSync(join(cache, "leadgate", "tools")), []);
});

test("a program that hangs is ended at its limit, with what it started", async () => {
  const marker = join(home, "still-there");
  const started = Date.now();
  const { timedOut } = await run("sh", ["-c", `(sleep 2; touch ${marker}) & wait`], { limit: 200 });
  assert.equal(timedOut, true);
  assert.ok(Date.now() - started < 1900);
  await new Promise((resolve) => setTimeout(resolve, 2200));
  assert.equal(existsSync(marker), false);
});

test("builds differ in their fingerprints, and each is the same twice", () => {
  const prints = builds.map(fingerprint);
  assert.equal(new Set(prints).size, builds.length);
  assert.deepEqual(builds.map(fingerprint), prints);
});
