// What every environment is asked, and what it answers: lines of text that must be the same everywhere, byte for byte.

import { life } from "./life.mjs";

/** A value as JSON with its keys in order. @param {unknown} value @returns {string} */
function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  return `{${Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
}

const OPTIONS = /** @type {const} */ ({ onInvalid: "absent" });
/** How many leads are also explained, and asked about with half of their answers open. */
const SOME = 25;

/** @param {Uint8Array} bytes */
const hexadecimal = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {() => unknown} action */
function refusal(action) {
  try {
    return action();
  } catch (error) {
    return `${/** @type {Error} */ (error).name} ${/** @type {{ code?: string }} */ (error).code}`;
  }
}

/**
 * @typedef {object} Input
 * @property {Record<string, string>} files the policy's
 * @property {Record<string, import("leadgate").Answer>[]} leads
 * @property {Record<string, typeof import("leadgate/policies/saas-inbound")>} policies those that come with the package
 */

/**
 * @typedef {object} Build
 * @property {typeof import("leadgate").load} load
 * @property {typeof import("leadgate").LeadgateError} LeadgateError
 */

/** A policy's documents: it may have another beside it, such as a plan. @param {Readonly<Record<string, string>>} files */
const documentsOf = (files) => Object.keys(files).filter((path) => /^[^/]+\.yaml$/.test(path));

/** How many golden leads of a document come out as agreed, and what is wrong with it. @param {typeof import("leadgate/author")} author @param {string} document @param {Readonly<Record<string, string>>} files */
function golden(author, document, files) {
  const { golden, diagnostics } = author.check(document, files);
  return `${document}: ${golden} golden leads, ${diagnostics.filter(({ severity }) => severity === "error").length} errors`;
}

/**
 * @param {{ full: Build, page: Build, plain: Build, author: typeof import("leadgate/author") }} builds
 * @param {Input} input
 * @returns {Record<string, string[]>} lines by what was asked
 */
export function report({ full, page, plain, author }, { files, leads, policies }) {
  const { program, texts, diagnostics, slice } = author.compile("policy.yaml", files);
  if (!program) throw new Error(diagnostics.map(({ rendered }) => rendered).join("\n"));
  /** @type {Record<string, string[]>} */
  const answers = {
    program: [hexadecimal(program), canonical(texts)],
    slice: slice ? [hexadecimal(slice)] : [],
    refusals: [
      full.LeadgateError === page.LeadgateError && page.LeadgateError === author.LeadgateError,
      refusal(() => full.load(program.subarray(1))),
      refusal(() => page.load(program.slice(0, -1))),
      refusal(() => plain.load(program)),
      refusal(() => author.format("{")),
    ].map(String),
  };
  for (const [name, { load }] of Object.entries({ full, page })) {
    const policy = load(program);
    const some = leads.slice(0, SOME);
    const half = some.map((lead) => Object.fromEntries(Object.entries(policy.decide(lead, OPTIONS).notes.length === 0 ? lead : {}).filter((_, at) => at % 2 === 0)));
    answers[`${name}: describe`] = [canonical(policy.describe())];
    answers[`${name}: decide`] = leads.map((lead) => canonical(policy.decide(lead, OPTIONS)));
    answers[`${name}: explain`] = some.map((lead) => canonical(policy.explain(lead, OPTIONS)));
    answers[`${name}: possible`] = half.map((lead) => canonical(policy.possible(lead)));
  }
  for (const [name, { load }] of Object.entries(slice ? { full, page, plain } : {})) {
    const shown = load(/** @type {Uint8Array} */ (slice));
    const own = new Set(shown.describe().fields.map((field) => field.name));
    const visible = leads.slice(0, SOME).map((lead) => Object.fromEntries(Object.entries(lead).filter(([field], at) => own.has(field) && at % 2 === 0)));
    answers[`${name}: slice`] = visible.map((lead) => canonical([shown.possible(lead, { rest: "absent", ...OPTIONS }), shown.possible(lead, OPTIONS), shown.next(lead, OPTIONS)]));
  }
  for (const [name, own] of Object.entries(policies)) answers[`policy: ${name}`] = documentsOf(own.files).map((document) => golden(author, document, own.files));
  answers["full: life"] = life(full.load, author).map(canonical);
  return answers;
}
