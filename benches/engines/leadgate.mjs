// Leadgate through its public interface, as an application calls it. What its results are called stands in this file alone.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { Unavailable } from "./unavailable.mjs";

const root = new URL("../../", import.meta.url);
const cache = new URL("../.cache/", import.meta.url);

/** Says clearly when there is nothing to measure. */
function built(...paths) {
  for (const path of paths) if (!existsSync(new URL(path, root))) throw new Unavailable(`\`${path}\` is not there: \`npm run build\``);
}

/**
 * The compiled form of a policy document. It is kept, by the content of document and compiler, so that no measurement contains compiling.
 */
async function compiled(document) {
  const compiler = "pkg/wasm/author/leadgate_bg.wasm";
  built(compiler);
  const digest = createHash("sha256").update(readFileSync(new URL(compiler, root))).update(document).digest("hex");
  const kept = new URL(`${digest.slice(0, 32)}.program`, cache);
  if (!existsSync(kept)) {
    const { compile } = await import("leadgate/author");
    const main = document.startsWith("{") ? "policy.json" : "policy.yaml";
    const { diagnostics, program } = compile(main, { [main]: document });
    if (program === undefined) throw new Error(diagnostics.map(({ rendered }) => rendered).join("\n"));
    mkdirSync(cache, { recursive: true });
    const partial = new URL(`${kept.href}.${process.pid}`);
    writeFileSync(partial, program);
    renameSync(partial, kept);
  }
  return readFileSync(kept);
}

/** The bytes of the workload's program. */
export const workloadProgram = () => compiled(readFileSync(new URL("../workload/policy.yaml", import.meta.url), "utf8"));

async function loaded(program) {
  built("pkg/wasm/full/leadgate_bg.wasm");
  const { load } = await import("leadgate");
  return load(program);
}

const resultOf = ({ scores, tables, route }) => ({
  fit: scores.fit, engagement: scores.engagement, grade: tables.grade, decision: tables.decision, queue: route,
});

export const engines = [
  {
    name: "leadgate, decide",
    ahead: workloadProgram,
    async prepare(program) {
      const policy = await loaded(program);
      return (lead) => resultOf(policy.decide(lead));
    },
    /** For grown documents; `table` says that the result is the one output of a table. */
    async prepareGrown({ document, table }) {
      const policy = await loaded(await compiled(document));
      return table ? (lead) => ({ [table]: policy.decide(lead).tables[table] }) : (lead) => resultOf(policy.decide(lead));
    },
  },
  {
    name: "leadgate, explain",
    ahead: workloadProgram,
    async prepare(program) {
      const policy = await loaded(program);
      return (lead) => resultOf(policy.explain(lead).decision);
    },
  },
];
