// `leadgate decide policy.yaml leads.csv`

import { createWriteStream, realpathSync } from "node:fs";
import { addAbortSignal } from "node:stream";
import { LeadgateError } from "../../src/error.mjs";
import { usageError } from "../arguments.mjs";
import { status } from "../exit.mjs";
import { mappingOf } from "../leads/columns.mjs";
import { delimiterOf, kindOf, openInput } from "../leads/input.mjs";
import { Output } from "../leads/output.mjs";
import { Problems } from "../leads/problems.mjs";
import { csvFormat, jsonFormat } from "../leads/results.mjs";
import { decideLeads } from "../leads/run.mjs";
import { ShadowTally } from "../leads/shadow-tally.mjs";
import { Tally } from "../leads/tally.mjs";
import { messages } from "../messages.mjs";
import { nearest } from "../nearest.mjs";
import { reasonOf } from "../policy/files.mjs";
import { openPolicy } from "../policy/open.mjs";
import { Progress } from "../terminal/progress.mjs";

/** @param {string | undefined} value @returns {string[] | "all" | "none"} */
const keepOf = (value) => (value === undefined || value === "all" ? "all" : value === "none" ? "none" : value.split(",").map((name) => name.trim()));

/** @param {string} left @param {string} right */
function sameFile(left, right) {
  try {
    return realpathSync(left) === realpathSync(right);
  } catch {
    return false;
  }
}

/** Opens a file to write to. @param {string} path @returns {Promise<import("node:stream").Writable>} */
function openFile(path) {
  const stream = createWriteStream(path);
  return new Promise((resolve, reject) => {
    stream.once("open", () => resolve(stream));
    stream.once("error", (/** @type {NodeJS.ErrnoException} */ cause) => {
      const reason = cause.code === "ENOENT" ? "there is no such folder" : reasonOf(cause);
      reject(new LeadgateError("unwritable-file", `\`${path}\` cannot be written: ${reason}`, { path, cause }));
    });
  });
}

/** @type {import("../arguments.mjs").Command} */
export const decide = {
  name: "decide",
  summary: "decides a file of leads of any length",
  usage: "<policy.yaml|policy.lgp> <leads.csv|leads.jsonl|-> [-o file]",
  takes: [2, 2],
  options: {
    "out-file": { type: "string", short: "o", value: "file", help: "where the decisions go (default: standard output)" },
    output: { type: "string", value: "csv|jsonl", choices: ["csv", "jsonl"], help: "what is written (default: as the ending of -o, or as what is read)" },
    input: { type: "string", value: "csv|jsonl", choices: ["csv", "jsonl"], help: "what is read (default: as the file's ending or first character tells)" },
    "on-invalid": { type: "string", value: "refuse|absent", choices: ["refuse", "absent"], help: "a value that is not valid: refuse the row, or count the value as absent (default: absent)" },
    map: { type: "string", multiple: true, value: "column=field", help: "a column of another name than its field; may be given again" },
    "stage-column": { type: "string", value: "column", help: "the column with the stage before the decision (default: the first stage)" },
    delimiter: { type: "string", value: "text", help: "what separates fields of CSV, for example ; or tab (default: as the header tells)" },
    encoding: { type: "string", value: "name", help: "of the file, for example gbk (default: utf-8)" },
    keep: { type: "string", value: "all|none|a,b", help: "columns of the input that come along (default: all)" },
    shadow: { type: "string", value: "policy.yaml|policy.lgp", help: "another policy, decided beside it: where it comes out otherwise is told, and nothing else" },
    bom: { type: "boolean", help: "begin CSV with a byte order mark, for spreadsheet programs" },
    quiet: { type: "boolean", short: "q", help: "no progress and no summary" },
  },
  notes: [
    "Bad rows are told on standard error with line and reason, written with an `error`, and do not stop the run.",
    "exit status: 0 when every row was decided; 3 when rows were not, or when values were not valid and --on-invalid",
    "was not given; 1 when the policy has errors; 2 when a file cannot be read; 130 when interrupted",
  ],
  async run(terminal, values, [policyPath, inputPath]) {
    const { stderr, err, locale } = terminal;
    const say = messages[locale];
    const delimiter = delimiterOf(values.delimiter);
    const { policy } = await openPolicy(policyPath);
    const description = policy.describe();
    const candidate = values.shadow === undefined ? undefined : (await openPolicy(values.shadow)).policy;
    const mapping = mappingOf(values.map ?? [], description.fields);
    const input = openInput(inputPath, terminal.stdin);
    const target = values["out-file"];
    const close = target !== undefined && target !== "-";
    if (close && sameFile(target, inputPath)) throw usageError(`\`${target}\` is the file that is read`, "name another one with -o");
    const output = new Output(close ? () => openFile(target) : async () => terminal.stdout);

    const interruption = new AbortController();
    addAbortSignal(interruption.signal, input.stream);
    // A second interruption finds no handler and ends the process.
    process.once("SIGINT", () => interruption.abort());

    const loud = !values.quiet;
    const ownScreen = close || !terminal.stdout.isTTY;
    const progress = new Progress(stderr, { enabled: loud && Boolean(stderr.isTTY) && ownScreen, rows: say.leads });
    const problems = new Problems(terminal, input.name);
    const tally = new Tally(description);
    const shadows = new ShadowTally();
    const keep = keepOf(values.keep);
    /** @type {import("../leads/results.mjs").Format | undefined} */
    let format;

    const run = decideLeads(
      {
        policy: candidate === undefined ? policy : policy.shadow(candidate),
        description, input, mapping, delimiter,
        kind: values.input,
        encoding: values.encoding,
        stageColumn: values["stage-column"],
        onInvalid: values["on-invalid"] ?? "absent",
        signal: interruption.signal,
      },
      {
        begin(header, kind) {
          const lost = Array.isArray(keep) && kind === "csv" ? keep.find((name) => !header.includes(name)) : undefined;
          if (lost !== undefined) {
            const near = nearest(lost, header);
            throw usageError(`\`--keep\` names \`${lost}\`, which is no column of the file`, near && `did you mean \`${near}\`?`);
          }
          const wanted = values.output ?? kindOf(target ?? "") ?? kind;
          format = wanted === "csv" ? csvFormat(description, { keep, shadowed: candidate !== undefined }) : jsonFormat({ keep });
          output.write((values.bom && wanted === "csv" ? "\ufeff" : "") + format.begin(header));
          return format;
        },
        result(result) {
          if (result.decision) tally.add(result.decision);
          if (result.decision?.shadow) shadows.add(result.decision.shadow);
          if (result.error || result.notes.length > 0) progress.clear();
          if (result.error) problems.add(result.row.line, result.error, { refused: true });
          for (const note of result.notes) problems.add(result.row.line, note, { refused: false });
          output.write(/** @type {import("../leads/results.mjs").Format} */ (format).line(result));
        },
        note(note) {
          progress.clear();
          stderr.write(`${err.bold(`${input.name}:`)} ${err.yellow("note")} ${note}\n`);
        },
        async chunk({ bytes }) {
          progress.update(tally.count + problems.rows, input.size ? bytes / input.size : undefined);
          await output.flush();
          return !output.broken;
        },
      },
    );
    // What was decided before a failure is written as well.
    const { line, ended } = await run.finally(async () => {
      progress.clear();
      await output.end({ close });
    });
    if (output.broken) return status.broken;
    if (loud) {
      const lines = [
        ...tally.lines(err, locale),
        ...shadows.lines(values.shadow ?? "", err, locale),
        ...problems.summary(),
        ...(ended === "interrupted" ? [err.yellow(say.interrupted(line))] : []),
        say.decided(tally.count, progress.seconds),
      ];
      stderr.write(`${lines.join("\n")}\n`);
    }
    if (ended === "interrupted") return status.interrupted;
    return problems.rows > 0 || (problems.values > 0 && values["on-invalid"] === undefined) ? status.rows : status.ok;
  },
};
