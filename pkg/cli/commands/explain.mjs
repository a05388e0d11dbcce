// `leadgate explain policy.yaml lead.json`

import { LeadgateError } from "../../src/error.mjs";
import { usageError } from "../arguments.mjs";
import { status } from "../exit.mjs";
import { explanationLines } from "../explanation.mjs";
import { convert } from "../leads/convert.mjs";
import { nearest } from "../nearest.mjs";
import { readBytes } from "../policy/files.mjs";
import { openPolicy } from "../policy/open.mjs";
import { whatIfLines } from "../what-if.mjs";

/** @typedef {import("../../src/index.d.ts").FieldDescription} Field */

/** @param {NodeJS.ReadStream} stdin */
async function readAll(stdin) {
  const chunks = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** @param {Uint8Array} bytes @param {string} path */
function leadOf(bytes, path) {
  let lead;
  try {
    lead = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new LeadgateError("not-json", `the lead is not JSON: ${/** @type {Error} */ (cause).message}`, { path, cause });
  }
  if (lead === null || typeof lead !== "object" || Array.isArray(lead)) {
    throw new LeadgateError("not-an-object", "the lead is not an object of answers by field", { path, help: 'for example {"seats": 120}' });
  }
  return lead;
}

/** @param {string} name @param {Field[]} fields */
function fieldNamed(name, fields) {
  const field = fields.find((field) => field.name === name);
  if (field) return field;
  const near = nearest(name, fields.map(({ name }) => name));
  throw new LeadgateError("unknown-field", "the policy has no such field", { path: name, help: near ? `did you mean \`${near}\`?` : undefined });
}

/**
 * Answers out of `--set field=value`.
 * @param {string[]} pairs
 * @param {Field[]} fields
 */
function answersOf(pairs, fields) {
  /** @type {import("../../src/index.d.ts").Lead} */
  const answers = Object.create(null);
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1) throw usageError(`\`--set ${pair}\` is not of the form field=value`);
    const field = fieldNamed(pair.slice(0, at), fields);
    const { value, problem } = convert(pair.slice(at + 1), field);
    if (problem) throw new LeadgateError(problem.code, problem.message, { path: field.name, help: problem.help });
    answers[field.name] = value ?? null;
  }
  return answers;
}

/** @type {import("../arguments.mjs").Command} */
export const explain = {
  name: "explain",
  summary: "decides one lead and says why",
  usage: "<policy.yaml|policy.lgp> [lead.json|-] [--set field=value …]",
  takes: [1, 2],
  options: {
    set: { type: "string", multiple: true, value: "field=value", help: "an answer; may be given again, and goes before the file's" },
    declined: { type: "string", multiple: true, value: "field", help: "a question that was asked and refused; may be given again" },
    stage: { type: "string", value: "stage", help: "the stage before the decision (default: the first)" },
    "what-if": { type: "boolean", help: "also which single answers would change the route" },
    settle: { type: "string", value: "stage|output", help: "with --what-if: what is to change instead of the route, the stage or an output of a table" },
    json: { type: "boolean", help: "the explanation as JSON" },
  },
  async run({ stdin, stdout, out, locale }, values, [policyPath, leadPath]) {
    const { policy, texts } = await openPolicy(policyPath);
    const { fields, outputs } = policy.describe();
    const given = leadPath === undefined ? {} : leadOf(leadPath === "-" ? await readAll(stdin) : readBytes(leadPath), leadPath);
    /** @type {import("../../src/index.d.ts").Lead} */
    const lead = Object.assign(Object.create(null), given, answersOf(values.set ?? [], fields));
    for (const name of values.declined ?? []) lead[fieldNamed(name, fields).name] = { declined: true };
    if (values.settle !== undefined && !values["what-if"]) throw usageError("`--settle` says what `--what-if` is to change", "give both");
    const stage = values.stage === undefined ? {} : { stage: values.stage };
    const explanation = policy.explain(lead, { onInvalid: "refuse", ...stage });
    const whatIf = values["what-if"] ? policy.whatIf(lead, { ...stage, settle: values.settle ?? "route" }) : undefined;
    const style = { texts, locale, paint: out };
    const lines = values.json ? [JSON.stringify({ ...explanation, ...(whatIf && { whatIf }) }, null, 2)] : [...explanationLines(explanation, outputs, style), ...(whatIf ? whatIfLines(whatIf, style) : [])];
    stdout.write(`${lines.join("\n")}\n`);
    return status.ok;
  },
};
