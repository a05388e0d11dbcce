// The surface to JavaScript, tested in wasm itself: in Node and in Chromium.

import { run } from "../run.mjs";
import { wasmTarget } from "../paths.mjs";
import { setUpChromium } from "../setup/chromium.mjs";
import { setUpWasmBindgen } from "../setup/wasm-bindgen.mjs";
import { setUpWasmTarget } from "../setup/wasm-target.mjs";
import { cargoTally } from "./counts.mjs";

/** @returns {Promise<import("./counts.mjs").Tally>} */
export async function bindingTests() {
  const { driver } = await setUpChromium();
  const toolchain = await setUpWasmTarget();
  const env = {
    ...toolchain.env,
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: await setUpWasmBindgen("wasm-bindgen-test-runner"),
    CHROMEDRIVER: driver,
  };
  const args = ["test", "--test", "wasm", "--locked", "--no-default-features", "--features", "border,author", "--target-dir", wasmTarget, ...toolchain.args];
  let output = "";
  const statuses = [];
  for (const where of [{}, { WASM_BINDGEN_USE_BROWSER: "1" }]) {
    const { status } = await run(toolchain.cargo, args, { env: { ...env, ...where }, watch: (chunk) => { output += chunk; } });
    statuses.push(status);
  }
  return cargoTally(statuses.find((status) => status !== 0) ?? 0, output);
}
