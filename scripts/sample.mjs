// The sample leads decided, as lines for a terminal: the first decisions as a table, then everything counted.

import { mappingOf } from "../pkg/cli/leads/columns.mjs";
import { openInput } from "../pkg/cli/leads/input.mjs";
import { Problems } from "../pkg/cli/leads/problems.mjs";
import { decideLeads } from "../pkg/cli/leads/run.mjs";
import { Tally } from "../pkg/cli/leads/tally.mjs";
import { messages } from "../pkg/cli/messages.mjs";
import { openPolicy } from "../pkg/cli/policy/open.mjs";
import { Progress } from "../pkg/cli/terminal/progress.mjs";
import { table } from "../pkg/cli/terminal/table.mjs";

/** Decisions shown. */
const FIRST = 12;
/** Columns of the input that tell a reader which lead it is, where the file has them. */
const TELLING = ["company", "name", "industry", "title", "source", "seats"];
const MOST_TELLING = 4;

/**
 * @typedef {import("../pkg/cli/leads/results.mjs").Result} Result
 * @typedef {import("../pkg/src/index.d.ts").Description} Description
 */

/**
 * @param {Result[]} results
 * @param {string[]} header
 * @param {Description} description
 * @param {import("../pkg/cli/terminal/terminal.mjs").Terminal} terminal
 */
function decisionTable(results, header, { scores, outputs, stages }, { out, locale }) {
  const say = messages[locale];
  const telling = TELLING.filter((name) => header.includes(name)).slice(0, MOST_TELLING);
  const shown = telling.length > 0 ? telling : header.slice(0, MOST_TELLING);
  const enums = outputs.filter(({ values }) => values !== undefined).slice(0, 2);
  const right = /** @type {const} */ ("right");
  return table(
    [
      { title: say.line, align: right, paint: out.dim },
      ...shown.map((title) => ({ title, max: 24 })),
      ...scores.slice(0, 4).map(({ name }) => ({ title: name, align: right })),
      ...enums.map(({ name }) => ({ title: name })),
      ...(stages.length > 0 ? [{ title: say.stage }] : []),
      { title: say.outcome, paint: out.cyan },
    ],
    results.map(({ row, decision, error }) => [
      `${row.line}`,
      ...shown.map((name) => String(row.original[header.indexOf(name)] ?? "")),
      ...scores.slice(0, 4).map(({ name }) => String(decision?.scores[name] ?? "–")),
      ...enums.map(({ name }) => String(decision?.tables[name] ?? "–")),
      ...(stages.length > 0 ? [decision?.stage?.after ?? "–"] : []),
      decision ? String(decision.outcome) : `${say.error}: ${error?.message}`,
    ]),
    { heading: out.bold },
  );
}

/**
 * @param {string} policyPath
 * @param {string} leadsPath
 * @param {import("../pkg/cli/terminal/terminal.mjs").Terminal} terminal
 */
export async function decideSample(policyPath, leadsPath, terminal) {
  const { policy } = await openPolicy(policyPath);
  const description = policy.describe();
  const input = openInput(leadsPath, terminal.stdin);
  const problems = new Problems(terminal, input.name);
  const tally = new Tally(description);
  const clock = new Progress(terminal.stderr, { enabled: false, rows: "" });
  /** @type {Result[]} */
  const first = [];
  /** @type {string[]} */
  let header = [];
  await decideLeads(
    { policy, description, input, onInvalid: "absent", mapping: mappingOf([], description.fields) },
    {
      begin(names) { header = names; },
      result(result) {
        if (first.length < FIRST) first.push(result);
        if (result.decision) tally.add(result.decision);
        if (result.error) problems.add(result.row.line, result.error, { refused: true });
        for (const note of result.notes) problems.add(result.row.line, note, { refused: false });
      },
      note(note) { console.error(`${input.name}: ${note}`); },
      async chunk() { return true; },
    },
  );
  const { out, locale } = terminal;
  const say = messages[locale];
  return [
    out.bold(`${description.policy} ${description.version}: ${say.firstDecisions(first.length, tally.count + problems.rows)}`),
    ...decisionTable(first, header, description, terminal),
    "",
    ...tally.lines(out, locale),
    ...problems.summary(),
    say.decided(tally.count, clock.seconds),
  ];
}
