// `npm run build:www`: the landing page, out of the policy and the engine's builds.

import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { runMain } from "../failure.mjs";
import { root } from "../paths.mjs";
import { reportSiteSizes } from "./sizes.mjs";

/** What lies in www/dist and is built by somebody else. */
const OTHERS = ["playground"];

await runMain(async () => {
  const output = join(root, "www", "dist");
  for (const name of existsSync(output) ? readdirSync(output) : []) {
    if (!OTHERS.includes(name)) rmSync(join(output, name), { recursive: true, force: true });
  }
  await build({ configFile: join(root, "www", "vite.config.mjs"), logLevel: "error" });
  reportSiteSizes(output);
});
