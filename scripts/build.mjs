// `npm run build`: sets up what is missing and builds the engine for wasm32.

import { parseArgs } from "node:util";
import { Failure, runMain } from "./failure.mjs";
import { writePolicies } from "./policies.mjs";
import { setUpNodeModules } from "./setup/node-modules.mjs";
import { requireRust } from "./setup/rust.mjs";
import { buildWasm } from "./wasm/build.mjs";
import { builds, trapBuild } from "./wasm/builds.mjs";
import { reportSizes } from "./wasm/sizes.mjs";

await runMain(async () => {
  const { values, positionals } = parseArgs({ options: { force: { type: "boolean" } }, allowPositionals: true });
  const names = [...builds, trapBuild].map(({ name }) => name);
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown) throw new Failure(`there is no build named \`${unknown}\``, `builds: ${names.join(", ")}`);
  requireRust();
  await setUpNodeModules();
  writePolicies();
  await buildWasm({ force: values.force, only: positionals.length > 0 ? positionals : undefined });
  if (positionals.length === 0) await reportSizes();
});
