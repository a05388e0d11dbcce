// What bundlers make of the application.

import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";

/**
 * Wasm files as modules of their own beside the bundle, as the bundlers of edge platforms keep them.
 * @param {Map<string, Uint8Array>} modules bytes by the name they are imported by
 * @returns {import("esbuild").Plugin}
 */
const wasmModules = (modules) => ({
  name: "wasm-modules",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /\.wasm(\?module)?$/ }, async ({ path, resolveDir, kind, pluginData }) => {
      if (pluginData === "resolved") return undefined;
      const file = await resolve(path.replace(/\?module$/, ""), { resolveDir, kind, pluginData: "resolved" });
      const name = `./${basename(dirname(file.path))}.wasm`;
      modules.set(name, readFileSync(file.path));
      return { path: name, external: true };
    });
  },
});

/**
 * One file of an application and of what it imports, with the wasm files that stay apart.
 * @param {string} folder @param {string} entry @param {string[]} conditions @param {import("esbuild").BuildOptions} [options]
 */
export async function bundled(folder, entry, conditions, options) {
  /** @type {Map<string, Uint8Array>} */
  const modules = new Map();
  const { outputFiles: [file] } = await build({
    entryPoints: [join(folder, entry)], bundle: true, minify: true, format: "esm", platform: "browser", target: "es2022", conditions, write: false, logLevel: "error",
    plugins: [wasmModules(modules)], ...options,
  });
  return { code: file.text, modules };
}

/** With esbuild, for a page. @param {string} folder */
export async function withEsbuild(folder) {
  const { code } = await bundled(folder, "page.mjs", []);
  writeFileSync(join(folder, "out", "esbuild.js"), code);
}

/**
 * With Vite, for a page; answers with its path.
 * @param {string} folder @param {string} entry
 */
export async function withVite(folder, entry) {
  const vite = await import("vite");
  const name = `vite-${entry.replace(/\.mjs$/, "")}`;
  writeFileSync(join(folder, `${name}.html`), `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>vite</title><body><script type="module" src="./${entry}"></script>`);
  await vite.build({
    root: folder, configFile: false, logLevel: "error", base: "./",
    build: { target: "es2022", outDir: join(folder, "out", name), emptyOutDir: true, rollupOptions: { input: join(folder, `${name}.html`) } },
  });
  return `out/${name}/${name}.html`;
}
