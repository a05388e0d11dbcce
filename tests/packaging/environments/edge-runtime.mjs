import { EdgeRuntime } from "edge-runtime";
import { bundled } from "../bundle.mjs";

/** @param {string} folder */
export async function edgeRuntime(folder) {
  const { code, modules } = await bundled(folder, "edge.mjs", ["edge-light", "worker", "browser"], { format: "cjs" });
  // The runtime knows no modules: the platform's bundler hands compiled wasm in under names.
  const compiled = new Map([...modules].map(([name, bytes]) => [name, new WebAssembly.Module(/** @type {BufferSource} */ (bytes))]));
  const runtime = new EdgeRuntime({
    extend: (context) => Object.assign(context, { require: (/** @type {string} */ name) => compiled.get(name) }),
    initialCode: code,
  });
  const response = await runtime.dispatchFetch("http://127.0.0.1/");
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}
