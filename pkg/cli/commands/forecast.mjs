// `leadgate forecast policy.yaml`

import { LeadgateError } from "../../src/error.mjs";
import { adviceText } from "../../src/advice.mjs";
import { status } from "../exit.mjs";
import { mappingOf } from "../leads/columns.mjs";
import { Replay } from "../leads/replay.mjs";
import { openInput } from "../leads/input.mjs";
import { Problems } from "../leads/problems.mjs";
import { decideLeads } from "../leads/run.mjs";
import { messages } from "../messages.mjs";
import { openPolicy } from "../policy/open.mjs";
import { textAt } from "../policy/texts.mjs";
import { Progress } from "../terminal/progress.mjs";
import { table } from "../terminal/table.mjs";

/** @typedef {typeof messages["en"]} Words */

/** @param {number} value */
const figure = (value) => value.toFixed(2);
/** @param {number} share */
const percent = (share) => `${(100 * share).toFixed(0)} %`;

/** The ways of asking, the dearest first. @param {import("../../src/author.d.ts").Forecast} found @param {Words} say */
function ways({ everything, formOrder, bestOrder, plan, pages, optimum, floor, floorError }, say) {
  const row = (/** @type {string} */ name, /** @type {number | null} */ questions, /** @type {number | null} */ friction, error = 0) => [
    name,
    questions === null ? "" : figure(questions),
    friction === null ? say.tooMuch : `${figure(friction)}${error > 0 ? ` ± ${figure(error)}` : ""}`,
    friction === null || everything.friction === 0 ? "" : percent(friction / everything.friction),
  ];
  return [
    row(say.ways.everything, everything.questions, everything.friction, everything.error),
    row(say.ways.formOrder, formOrder.questions, formOrder.friction, formOrder.error),
    ...(bestOrder === null ? [] : [row(say.ways.bestOrder, null, bestOrder.friction)]),
    row(say.ways.plan, plan.questions, plan.friction, plan.error),
    ...(pages === null ? [] : [row(say.ways.pages(pages.limit, figure(pages.plan.pages)), pages.plan.questions, pages.plan.friction, pages.error)]),
    ...(pages?.optimum ? [row(say.ways.bestPages(figure(pages.optimum.pages)), pages.optimum.questions, pages.optimum.friction)] : []),
    row(say.ways.optimum, null, optimum),
    row(say.ways.floor, null, floor, floorError),
  ];
}

/** @type {import("../arguments.mjs").Command} */
export const forecast = {
  name: "forecast",
  summary: "tells how many questions a form asks on average, and how few could do",
  usage: "<policy.yaml|policy.lgp> [--known field,field] [--leads leads.csv]",
  takes: [1, 1],
  options: {
    known: { type: "string", value: "field,field", help: "fields that are known before the form begins, as from enrichment" },
    stage: { type: "string", value: "stage", help: "the stage in which leads begin (default: the first)" },
    leads: { type: "string", value: "file", help: "past leads whose forms are asked again, one by one: without the assumption that answers are independent" },
    map: { type: "string", multiple: true, value: "column=field", help: "with --leads: a column of another name than its field; may be given again" },
    json: { type: "boolean", help: "the forecast as JSON" },
    quiet: { type: "boolean", short: "q", help: "no progress" },
  },
  notes: [
    "Answers count as independent of each other, and as likely as `prior` says; where it says nothing, all alike.",
    "The figures are for authors: no visitor is told how many questions are left.",
  ],
  async run(terminal, values, [path]) {
    const { stdout, stderr, out, err, locale } = terminal;
    const say = messages[locale];
    const { policy, texts, program } = await openPolicy(path);
    const author = await import("leadgate/author");
    const known = (values.known ?? "").split(",").map((/** @type {string} */ name) => name.trim()).filter(Boolean);
    const description = policy.describe();
    const found = author.forecast(program, { known, stage: values.stage });
    const nameOf = (/** @type {string} */ field) => textAt(texts, locale, ["fields", field]) ?? field;

    /** @type {ReturnType<Replay["found"]> | undefined} */
    let past;
    if (values.leads !== undefined) {
      const input = openInput(values.leads, terminal.stdin);
      const progress = new Progress(stderr, { enabled: !values.quiet && Boolean(stderr.isTTY), rows: say.leads });
      const problems = new Problems(terminal, input.name);
      const replay = new Replay(policy, description, { known, stage: values.stage });
      await decideLeads({ policy, description, input, mapping: mappingOf(values.map ?? [], description.fields), onInvalid: "absent" }, {
        begin() {},
        result({ row, error, notes }) {
          if (error) {
            progress.clear();
            return problems.add(row.line, error, { refused: true });
          }
          replay.add(row.lead, new Set(notes.map(({ path }) => path ?? "")));
          progress.update(replay.leads, undefined);
        },
        note() {},
        async chunk({ bytes }) {
          progress.update(replay.leads, input.size ? bytes / input.size : undefined);
          return true;
        },
      }).finally(() => progress.clear());
      if (problems.rows > 0) stderr.write(`${problems.summary().join("\n")}\n`);
      if (replay.leads === 0) throw new LeadgateError("nothing-counted", "the file has no lead that could be read", { path: input.name });
      past = replay.found();
    }

    if (values.json) {
      stdout.write(`${JSON.stringify({ ...found, ...(past && { past }) }, null, 2)}\n`);
      return status.ok;
    }
    const columns = [{ title: "" }, { title: say.questionsOf, align: /** @type {const} */ ("right") }, { title: say.friction, align: /** @type {const} */ ("right") }, { title: say.ofEverything, align: /** @type {const} */ ("right"), paint: out.dim }];
    const lines = [
      ...table(columns, ways(found, say), { heading: out.dim }),
      "",
      ...table([{ title: say.question }, { title: say.shown, align: "right" }, { title: say.asked, align: "right" }, { title: say.settling, align: "right" }], found.questions.map(({ field, shown, asked, settles }) => [nameOf(field), percent(shown), percent(asked), percent(settles)]), { heading: out.dim }),
      "",
      adviceText(found, { locale, field: nameOf }),
      ...(found.samples > 0 ? [out.dim(say.drawn(found.samples))] : []),
      ...(found.exact ? [] : [out.dim(say.byValue)]),
    ];
    if (past) {
      const row = (/** @type {string} */ name, /** @type {{ questions: number, friction: number }} */ { questions, friction }) => [name, figure(questions), figure(friction), past.everything.friction === 0 ? "" : percent(friction / past.everything.friction)];
      lines.push("", out.bold(say.pastLeads(past.leads)), ...table(columns, [row(say.ways.everything, past.everything), row(say.ways.formOrder, past.formOrder), row(say.ways.plan, past.plan)], { heading: out.dim }));
    }
    stdout.write(`${lines.join("\n")}\n`);
    return status.ok;
  },
};
