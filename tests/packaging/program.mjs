// Programs of other environments: where npm put them, and what they print.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("node_modules/", import.meta.url));

/**
 * A program that comes as one package per kind of machine, of which npm installed the one that fits.
 * @param {string} scope @param {RegExp} packages @param {string} path inside such a package
 */
export function programOf(scope, packages, path) {
  const found = readdirSync(join(modules, scope)).filter((name) => packages.test(name)).map((name) => join(modules, scope, name, path)).find((file) => existsSync(file));
  if (!found) throw new Error(`no ${path} under ${join(modules, scope)}: npm ci --prefix tests/packaging`);
  return found;
}

/**
 * What a program prints, as JSON.
 * @param {string} folder @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env]
 */
export function printed(folder, command, args, env) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28, timeout: 60_000, env: { ...process.env, ...env } });
  if (error || status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? ""} status ${status}\n${stderr}`);
  return JSON.parse(stdout);
}

/**
 * Runs a program that serves, until `use` is done.
 * @template T
 * @param {string} command @param {string[]} args @param {(child: import("node:child_process").ChildProcess) => Promise<T>} use
 */
export async function whileServing(command, args, use) {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr?.on("data", (chunk) => { said += chunk; });
  const ended = new Promise((_, reject) => {
    child.on("error", reject);
    child.on("exit", (status) => reject(new Error(`${command} ended with ${status}\n${said}`)));
  });
  try {
    return await /** @type {Promise<T>} */ (Promise.race([use(child), ended]));
  } finally {
    ended.catch(() => {});
    child.kill();
  }
}
