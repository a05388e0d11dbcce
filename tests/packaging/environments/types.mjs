import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { spawnSync } from "node:child_process";

const USE = `
import { load, LeadgateError, type Policy } from "leadgate";
import * as page from "leadgate/page";
import * as plain from "leadgate/plain";
import { needs } from "leadgate/needs";
import { compile } from "leadgate/author";
import { init } from "leadgate/slim";
import * as pageSlim from "leadgate/page/slim";
import * as authorSlim from "leadgate/author/slim";
import wasm from "leadgate/full.wasm";
import { policies } from "leadgate/policies";
import { files, main } from "leadgate/policies/saas-inbound";
const { program } = compile("policy.yaml", {});
const policy: Policy = load(program ?? new Uint8Array());
const chosen = needs(program ?? new Uint8Array()) === "plain" ? plain : page;
chosen.load(new Uint8Array()).decide({ seats: 1 }).outcome satisfies string | null;
const started: Promise<void>[] = [init(wasm), pageSlim.init(fetch("page.wasm")), authorSlim.init(new Uint8Array())];
const broken = (error: unknown) => error instanceof LeadgateError && error.code;
policies[0].open().then(({ main, files }) => compile(main, files).program?.length satisfies number | undefined);
compile(main, files);
export { broken, policy, started };
`;

const REQUIRE = `
import leadgate = require("leadgate");
import author = require("leadgate/author");
export const decided = leadgate.load(author.compile("policy.yaml", {}).program!).decide({});
`;

/** What the TypeScript compiler says about programs that use the installed package, its declarations checked as well. @param {string} folder */
export function typeErrors(folder) {
  writeFileSync(join(folder, "use.mts"), USE);
  writeFileSync(join(folder, "use.cts"), REQUIRE);
  const tsc = createRequire(import.meta.url).resolve("../../../node_modules/typescript/bin/tsc");
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, "--ignoreConfig", "--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom", "use.mts", "use.cts"], { cwd: folder, encoding: "utf8" });
  return stdout + stderr;
}

/** What `attw` finds wrong with the tarball. The package is ESM alone: resolution as before there were exports is left out, and `require` is tried in Node. @param {string} tarball */
export function wrongTypes(tarball) {
  const attw = fileURLToPath(new URL("../node_modules/@arethetypeswrong/cli/dist/index.js", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [attw, "--profile", "esm-only", "--format", "ascii", "--no-emoji", tarball], { encoding: "utf8" });
  return status === 0 ? "" : stdout + stderr;
}
