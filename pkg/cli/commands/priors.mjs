// `leadgate priors policy.yaml leads.csv`

import { LeadgateError } from "../../src/error.mjs";
import { status } from "../exit.mjs";
import { mappingOf } from "../leads/columns.mjs";
import { delimiterOf, openInput } from "../leads/input.mjs";
import { Priors, priorLines } from "../leads/priors.mjs";
import { Problems } from "../leads/problems.mjs";
import { decideLeads } from "../leads/run.mjs";
import { messages } from "../messages.mjs";
import { writeWhole } from "../policy/files.mjs";
import { openPolicy } from "../policy/open.mjs";
import { Progress } from "../terminal/progress.mjs";

/** @type {import("../arguments.mjs").Command} */
export const priors = {
  name: "priors",
  summary: "counts how past leads answered each question, as the `prior` lines of a policy",
  usage: "<policy.yaml|policy.lgp> <leads.csv|leads.jsonl|-> [-o file]",
  takes: [2, 2],
  options: {
    "out-file": { type: "string", short: "o", value: "file", help: "where the lines go (default: standard output)" },
    json: { type: "boolean", help: "counts as JSON" },
    input: { type: "string", value: "csv|jsonl", choices: ["csv", "jsonl"], help: "what is read (default: as the file's ending or first character tells)" },
    map: { type: "string", multiple: true, value: "column=field", help: "a column of another name than its field; may be given again" },
    delimiter: { type: "string", value: "text", help: "what separates fields of CSV, for example ; or tab (default: as the header tells)" },
    encoding: { type: "string", value: "name", help: "of the file, for example gbk (default: utf-8)" },
    quiet: { type: "boolean", short: "q", help: "no progress and no summary" },
  },
  notes: [
    "A lead counts for a question where the question applied to it. One half is added to every count. Texts are written where",
    "at least five leads have them; those of e-mail addresses, telephone numbers and keys of `identity` never are.",
    "exit status: 0 when something was counted; 3 when rows could not be read; 1 when the policy has errors; 2 when a file cannot be read",
  ],
  async run(terminal, values, [policyPath, inputPath]) {
    const { stdout, stderr, err, locale } = terminal;
    const say = messages[locale];
    const delimiter = delimiterOf(values.delimiter);
    const { policy, program } = await openPolicy(policyPath);
    const { questionCells } = await import("leadgate/author");
    const description = policy.describe();
    const cells = questionCells(program);
    if (cells.length === 0) throw new LeadgateError("no-questions", "the policy asks no questions", { path: policyPath, help: "write them in `ask`" });
    const input = openInput(inputPath, terminal.stdin);
    const progress = new Progress(stderr, { enabled: !values.quiet && Boolean(stderr.isTTY), rows: say.leads });
    const problems = new Problems(terminal, input.name);
    const counted = new Priors(cells);
    let leads = 0;

    await decideLeads(
      { policy, description, input, mapping: mappingOf(values.map ?? [], description.fields), delimiter, kind: values.input, encoding: values.encoding, onInvalid: "absent" },
      {
        begin() {},
        result({ row, error, notes }) {
          if (error || notes.length > 0) progress.clear();
          if (error) return problems.add(row.line, error, { refused: true });
          for (const note of notes) problems.add(row.line, note, { refused: false });
          const lead = /** @type {import("../../src/index.d.ts").Lead} */ (row.lead);
          const shown = policy.form(lead, { onInvalid: "absent" }).questions.filter(({ shown }) => shown).map(({ field }) => field);
          counted.add(row.lead, new Set(shown), new Set(notes.map(({ path }) => path ?? "")));
          leads += 1;
        },
        note(note) {
          progress.clear();
          stderr.write(`${err.bold(`${input.name}:`)} ${err.yellow("note")} ${note}\n`);
        },
        async chunk({ bytes }) {
          progress.update(leads + problems.rows, input.size ? bytes / input.size : undefined);
          return true;
        },
      },
    ).finally(() => progress.clear());

    const { questions, silent } = counted.found();
    if (questions.length === 0) throw new LeadgateError("nothing-counted", "no lead says anything about a question on which something rests", { path: input.name, help: "name fields with --map column=field" });
    const text = values.json
      ? JSON.stringify({ leads, questions: questions.map((question) => ({ ...question, prior: Object.fromEntries(question.prior) })), silent }, null, 2)
      : priorLines(questions, [say.priorsOf(leads, input.name), ...(silent.length > 0 ? [say.priorsSilent(silent.join(", "))] : [])]).join("\n");
    const target = values["out-file"];
    if (target === undefined || target === "-") stdout.write(`${text}\n`);
    else writeWhole(target, `${text}\n`);
    if (!values.quiet) stderr.write([...problems.summary(), say.counted(leads, progress.seconds)].map((line) => `${line}\n`).join(""));
    return problems.rows > 0 ? status.rows : status.ok;
  },
};
