// `npm test`: sets up what is missing and runs every test. `npm test -- rust node` runs only these stages.

import { table } from "../pkg/cli/terminal/table.mjs";
import { Failure, runMain } from "./failure.mjs";
import { writePolicies } from "./policies.mjs";
import { setUpNodeModules } from "./setup/node-modules.mjs";
import { requireRust } from "./setup/rust.mjs";
import { stages } from "./testing/stages.mjs";

/** @param {import("./testing/stages.mjs").Stage} stage */
async function runStage(stage) {
  try {
    return await stage.run();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(`leadgate: ${error.message}${error.help ? `\n${error.help}` : ""}`);
    return { ok: false, passed: 0, failed: 1 };
  }
}

await runMain(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !stages.some((stage) => stage.name === name));
  if (unknown) throw new Failure(`there is no stage named \`${unknown}\``, `stages: ${stages.map(({ name }) => name).join(", ")}`);
  const chosen = stages.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

  const begun = Date.now();
  requireRust();
  await setUpNodeModules();
  writePolicies();

  /** @type {Map<string, import("./testing/stages.mjs").Tally | undefined>} */
  const tallies = new Map();
  const rows = [];
  for (const [index, stage] of chosen.entries()) {
    console.log(`\n[${index + 1}/${chosen.length}] ${stage.name}: ${stage.what}`);
    const started = Date.now();
    const blocked = stage.needs !== undefined && tallies.get(stage.needs)?.ok === false;
    if (blocked) console.error(`not run, because ${stage.needs} failed`);
    const tally = blocked ? { ok: false, passed: 0, failed: 1 } : await runStage(stage);
    if (!tally) console.log("not on this machine; left out");
    tallies.set(stage.name, tally);
    const result = blocked ? "not run" : tally === undefined ? "left out" : tally.ok ? "ok" : "FAILED";
    rows.push([stage.name, result, `${tally?.passed ?? 0}`, `${tally?.failed ?? 0}`, `${tally?.skipped ?? 0}`, `${((Date.now() - started) / 1000).toFixed(0)} s`]);
  }

  const right = /** @type {const} */ ("right");
  console.log(`\n${table(
    [{ title: "stage" }, { title: "result" }, { title: "passed", align: right }, { title: "failed", align: right },
      { title: "skipped", align: right }, { title: "time", align: right }],
    rows,
  ).join("\n")}\n`);
  const done = [...tallies.values()].filter((tally) => tally !== undefined);
  const total = (/** @type {"passed" | "failed"} */ key) => done.reduce((count, tally) => count + tally[key], 0);
  const seconds = Math.round((Date.now() - begun) / 1000);
  console.log(`${total("passed")} passed, ${total("failed")} failed, in ${Math.floor(seconds / 60)} min ${seconds % 60} s`);
  return done.every(({ ok }) => ok) ? 0 : 1;
});
