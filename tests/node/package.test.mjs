// The package as it is published: packed, unpacked elsewhere, and used from there.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { pack } from "../../scripts/pack.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "leadgate-package-"));
after(() => rmSync(home, { recursive: true, force: true }));

const { tarball, files } = await pack(home);
const installed = join(home, "node_modules", "leadgate");
mkdirSync(installed, { recursive: true });
spawnSync("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);

test("it holds the engine, the API with its types and the command line, and nothing of the workshop", () => {
  for (const path of ["package.json", "README.md", "LICENSE", "src/full/node.mjs", "src/index.d.ts", "src/author/node.mjs", "src/author.d.ts", "cli/main.mjs",
    "wasm/full/leadgate_bg.wasm", "wasm/page/leadgate_bg.wasm", "wasm/plain/leadgate_bg.wasm", "wasm/plain/leadgate_plain.wasm", "wasm/author/leadgate_bg.wasm",
    "wasm/full/leadgate_full.wasm", "wasm/author/leadgate_author.wasm"]) {
    assert.ok(files.includes(path), path);
  }
  assert.deepEqual(files.filter((path) => /test|fingerprint|\.tmp|modules\.d|wasm\/.*\.d\.ts/.test(path)), []);
});

test("every file that its package.json names is in it", () => {
  const { bin, exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const named = [...Object.values(bin), ...Object.values(exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry)))];
  // Of a pattern at least one file is there.
  const there = (/** @type {string} */ path) => (path.includes("*") ? readdirSync(join(installed, dirname(path))).some((name) => name.endsWith(extname(path))) : existsSync(join(installed, path)));
  for (const path of named) assert.ok(there(path), path);
});

test("its JavaScript is one file per build", () => {
  for (const build of ["full", "page", "author"]) {
    const imported = Array.from(readFileSync(join(installed, "src", build, "build.mjs"), "utf8").matchAll(/from\s*"([^"]+)"/g), ([, path]) => path);
    assert.deepEqual([...new Set(imported)], ["../error.mjs"], build);
  }
});

test("it has no dependencies", () => {
  const { dependencies, peerDependencies, optionalDependencies } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  assert.deepEqual([dependencies, peerDependencies, optionalDependencies], [undefined, undefined, undefined]);
});

test("its command runs from where it was unpacked", () => {
  const { status, stdout } = spawnSync(process.execPath, [join(installed, "cli", "main.mjs"), "version"], { cwd: home, encoding: "utf8" });
  assert.equal(status, 0);
  assert.match(stdout, /^leadgate \d/);
});

if (existsSync(join(root, "pkg", "src", "engine.mjs"))) {
  test("a program imports it by name, compiles a policy and decides a lead", () => {
    const policy = readFileSync(join(root, "tests", "fixtures", "cli", "work", "policy.yaml"), "utf8");
    writeFileSync(join(home, "use.mjs"), `
      import { load, LeadgateError } from "leadgate";
      import { compile } from "leadgate/author";
      const { program } = compile("policy.yaml", { "policy.yaml": ${JSON.stringify(policy)}, "lists/east.txt": "上海\\n" });
      const { outcome, scores } = load(program).decide({ name: "王敏", email: "min@example.cn", region: "上海", seats: 120, has_project: true });
      let code;
      try { load(program.subarray(1)); } catch (error) { code = error instanceof LeadgateError && typeof error.code; }
      console.log(JSON.stringify([outcome, scores.fit, code]));
    `);
    const { stdout, stderr } = spawnSync(process.execPath, ["use.mjs"], { cwd: home, encoding: "utf8" });
    assert.equal(stdout, '["east",30,"string"]\n', stderr);
  });
}
