// A folder of an application that has installed the packed package.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pack } from "../../scripts/pack.mjs";
import { readPolicies } from "../../scripts/policies.mjs";
import { parseCsv } from "../../scripts/csv.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const policy = join(root, "policies", "saas-inbound");
const LEADS = 1000;

/** @param {string} folder @param {string[]} args */
function npm(folder, ...args) {
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm ${args.join(" ")}: ${stderr}`);
  return stdout;
}

/** The shipped policy and the first of its leads, as texts and values that any environment can be given. @returns {Omit<import("./app/report.mjs").Input, "policies">} */
function input() {
  const paths = ["policy.yaml", ...readdirSync(join(policy, "lists")).map((name) => `lists/${name}`)];
  const rows = parseCsv(readFileSync(join(policy, "leads.csv"), "utf8")).slice(0, LEADS);
  const value = (/** @type {string} */ text) => (/^-?\d{1,9}$/.test(text) ? Number(text) : text === "true" || text === "false" ? text === "true" : text);
  return {
    files: Object.fromEntries(paths.map((path) => [path, readFileSync(join(policy, path), "utf8")])),
    leads: rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, text]) => text !== "").map(([name, text]) => [name, value(text)]))),
  };
}

/** A module that takes in every policy of the package, for applications that are one file. */
const everyPolicy = () => readPolicies().map(({ name }) => `export * as ${JSON.stringify(name)} from "leadgate/policies/${name}";\n`).join("");

/** Packs the package, installs the tarball, and lays the application beside it. The caller removes the folder. */
export async function makeHome() {
  const home = mkdtempSync(join(tmpdir(), "leadgate-packaging-"));
  try {
    const { tarball } = await pack(home);
    writeFileSync(join(home, "package.json"), JSON.stringify({ name: "application", private: true, type: "module" }));
    npm(home, "install", "--offline", "--no-audit", "--no-fund", tarball);
    cpSync(fileURLToPath(new URL("app", import.meta.url)), home, { recursive: true });
    writeFileSync(join(home, "input.mjs"), `export const input = ${JSON.stringify(input())};\n`);
    writeFileSync(join(home, "policies.mjs"), everyPolicy());
    mkdirSync(join(home, "out"));
    return { folder: home, tarball, remove: () => rmSync(home, { recursive: true, force: true }) };
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}
