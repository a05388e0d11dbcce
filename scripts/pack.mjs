// `npm run pack`: the package as it is published. Its JavaScript is one file per build there: a fresh process spends more time on finding a dozen
// modules than on everything else that it does before the first decision.

import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure, runMain } from "./failure.mjs";
import { root, staged } from "./paths.mjs";
import { writePolicies } from "./policies.mjs";
import { ask } from "./run.mjs";
import { builds } from "./wasm/builds.mjs";
import { inline } from "./wasm/inline.mjs";

const FROM_ROOT = ["LICENSE", "LICENSE-MIT", "LICENSE-APACHE", "README.md", "README.zh-CN.md"];
/** What the bundles have taken in. */
const TAKEN_IN = ["documents", "encode", "engine", "generated", "instance", "parts", "policy", "read", "results", "slim", join("page", "glue")].map((name) => join("src", `${name}.mjs`));

/** One file of a build's JavaScript. Errors stay a module of their own, so that all builds throw the same class. @param {string} name */
async function bundle(name) {
  const esbuild = await import("esbuild");
  await esbuild.build({
    entryPoints: [join(root, "pkg", "src", name, "build.mjs")], outfile: join(staged, "src", name, "build.mjs"), allowOverwrite: true,
    bundle: true, minifySyntax: true, minifyWhitespace: true, format: "esm", platform: "neutral", target: "es2022", logLevel: "error", charset: "utf8",
    plugins: [{ name: "errors", setup: ({ onResolve }) => void onResolve({ filter: /\/error\.mjs$/ }, () => ({ path: "../error.mjs", external: true })) }],
  });
}

/** Lays out what is published, and answers with its folder. */
export async function stagePackage() {
  for (const { name } of builds) {
    if (!existsSync(join(root, "pkg", "wasm", name, "leadgate_bg.wasm"))) throw new Failure(`the build \`${name}\` is not there`, "npm run build");
    inline(name);
  }
  writePolicies();
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(staged, { recursive: true });
  cpSync(join(root, "pkg"), staged, { recursive: true, filter: (path) => !path.includes("node_modules") });
  for (const name of FROM_ROOT) cpSync(join(root, name), join(staged, name));
  for (const { name, javascript } of builds) {
    if (!javascript) await bundle(name);
    rmSync(join(staged, "wasm", name, "leadgate.js"), { force: true });
  }
  for (const path of TAKEN_IN) rmSync(join(staged, path));
  return staged;
}

/**
 * Packs it into a folder, and answers with the tarball and the paths in it.
 * @param {string} folder
 * @returns {Promise<{ tarball: string, files: string[] }>}
 */
export async function pack(folder) {
  await stagePackage();
  const said = ask("npm", ["pack", "--json", "--pack-destination", folder, staged]);
  if (said === undefined) throw new Failure("`npm pack` failed", `try it in ${staged}`);
  /** @type {{ filename: string, files: { path: string }[] }[]} */
  const [{ filename, files }] = Object.values(JSON.parse(said));
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    const { tarball } = await pack(process.argv[2] ?? join(root, "target"));
    console.log(tarball);
  });
}
