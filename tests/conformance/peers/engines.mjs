// The peers as engines, installed and built where they are missing.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { must } from "../../../scripts/run.mjs";
import { setUpNodeModules } from "../../../scripts/setup/node-modules.mjs";
import { child } from "./child.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const rust = join(here, "rust");

/** @typedef {{ name: string, version: string, engine: import("../engines.mjs").Engine }} Peer */

const { devDependencies } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const [, crate] = /** @type {RegExpExecArray} */ (/^cel = .*"=([\d.]+)"/m.exec(readFileSync(join(rust, "Cargo.toml"), "utf8")));

export async function setUpPeers() {
  await setUpNodeModules("tests/conformance/peers", "a few seconds");
  await must("cargo", ["build", "--locked", "--quiet", "--manifest-path", join(rust, "Cargo.toml"), "--target-dir", join(rust, "target")]);
}

/** @param {string} name @param {string} file @returns {Peer} */
const package_ = (name, file) => ({ name, version: devDependencies[name], engine: child(process.execPath, join(here, file)) });

/** @type {Record<"rust" | "bufbuild" | "celJs", Peer>} */
export const peers = {
  rust: { name: "cel (Rust)", version: crate, engine: child(join(rust, "target", "debug", "leadgate-conformance-peer")) },
  bufbuild: package_("@bufbuild/cel", "bufbuild.mjs"),
  celJs: package_("@marcbachmann/cel-js", "cel-js.mjs"),
};
