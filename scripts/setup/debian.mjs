// Debian's packages, for machines that have no other way to a standard library for wasm32.

import { existsSync } from "node:fs";
import { run } from "../run.mjs";

/** Whether this process may install Debian packages. */
export const canInstall = () => existsSync("/usr/bin/apt-get") && process.getuid?.() === 0;

/**
 * Installs packages; says whether it worked.
 * @param {string[]} packages
 */
export async function install(packages) {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const options = ["-q", "-o", "DPkg::Lock::Timeout=300"];
  // An update that partly fails (a third party's list) may still have brought what is needed.
  await run("apt-get", [...options, "update"], { env });
  const { status } = await run("apt-get", [...options, "install", "-y", "--no-install-recommends", ...packages], { env });
  return status === 0;
}
