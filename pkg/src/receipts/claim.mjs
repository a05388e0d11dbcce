// Claims: what a page says that it asked, when, and what its slice called possible. Nobody signs them, and nothing rests on them; they show where a page
// works with an old slice, and where somebody lies.

import { LeadgateError } from "../error.mjs";
import { policyOf, propertiesOf, reading, wrongType } from "../given.mjs";
import { answersOf } from "./answers.mjs";
import { decisionOf, leadOf, livedOf, textOf } from "./given.mjs";
import { canonical } from "./canonical.mjs";
import { instant, momentOf } from "./time.mjs";
import { Differences } from "./verify.mjs";

/** How far the clocks of page and server may be apart, in milliseconds, where nothing else is said. */
const SKEW = 5 * 60 * 1000;

/** The answers to fields of a slice in their one form, as plain JSON. @param {import("../index.d.ts").Policy} slice @param {Record<string, unknown>} lead */
function publicAnswers(slice, lead) {
  const fields = new Set(slice.describe().fields.filter(({ host }) => !host).map(({ name }) => name));
  const entries = reading("lead", () => Object.entries(lead)).filter(([field, answer]) => fields.has(field) && answersOf({ [field]: answer }).size > 0);
  return Object.fromEntries(entries);
}

/** @param {import("../index.d.ts").Policy} slice @param {Record<string, unknown>} answers */
const possibleOf = (slice, answers) => /** @type {string[]} */ (slice.possible(/** @type {import("../index.d.ts").Lead} */ (answers), { rest: "absent", onInvalid: "absent" }).outcomes);

/**
 * What the page claims.
 * @param {import("../index.d.ts").Policy} slice
 * @param {Record<string, unknown>} lead
 * @param {{ now: string | Date, shown?: string }} options
 * @returns {import("../receipts.d.ts").Claim}
 */
export function makeClaim(slice, lead, options) {
  const given = propertiesOf("options", options, "the options of a claim", "give `{ now }`");
  policyOf("slice", slice, ["describe", "possible"]);
  const { now } = given;
  const shown = textOf("shown", given.shown, "give the id of the message that was shown");
  const answers = publicAnswers(slice, leadOf(lead));
  return { v: 1, slice: slice.describe().program, answers: /** @type {import("../index.d.ts").Lead} */ (answers), now: momentOf(now, "now"), possible: possibleOf(slice, answers), ...(shown === undefined ? {} : { shown }) };
}

/** A claim comes from outside, and is JSON or nothing. @param {unknown} made @returns {unknown} */
function readClaim(made) {
  try {
    return JSON.parse(JSON.stringify(made) ?? "null");
  } catch {
    return null;
  }
}

/** @param {any} claim @returns {claim is import("../receipts.d.ts").Claim} */
function isClaim(claim) {
  return claim !== null && typeof claim === "object" && claim.v === 1 && typeof claim.slice === "string" && typeof claim.now === "string"
    && claim.answers !== null && typeof claim.answers === "object" && !Array.isArray(claim.answers)
    && Array.isArray(claim.possible) && claim.possible.every((/** @type {unknown} */ id) => typeof id === "string")
    && (claim.shown === undefined || typeof claim.shown === "string");
}

/** @param {import("../receipts.d.ts").Claim} claim @param {import("../receipts.d.ts").ClaimOptions} options @param {Differences} differences */
function checkAnswers(claim, { slice, lead }, differences) {
  const said = answersOf(claim.answers);
  const given = answersOf(publicAnswers(slice, lead));
  for (const field of [...new Set([...said.keys(), ...given.keys()])].sort()) {
    const [told, found] = [said.get(field), given.get(field)];
    if (canonical(told ?? null) === canonical(found ?? null)) continue;
    const message = told === undefined ? `the page claims no answer to \`${field}\`, and sent one` : found === undefined ? `the page claims an answer to \`${field}\`, and sent none` : `the page claims another answer to \`${field}\` than it sent`;
    differences.add("answer", `answers.${field}`, claim.answers[field] ?? null, lead[field] ?? null, message);
  }
}

/** @param {import("../receipts.d.ts").Claim} claim @param {import("../receipts.d.ts").ClaimOptions} options @param {Differences} differences */
function checkPossible(claim, { slice }, differences) {
  let possible;
  try {
    possible = possibleOf(slice, /** @type {Record<string, unknown>} */ (claim.answers));
  } catch (error) {
    if (!(error instanceof LeadgateError)) throw error;
    differences.add("lie", "answers", null, null, `the claimed answers cannot be those of this page: ${error.message}`);
    return;
  }
  for (const id of claim.possible.filter((id) => !possible.includes(id))) differences.add("lie", `possible.${id}`, null, id, `the page claims that \`${id}\` was possible, and it was not`);
  for (const id of possible.filter((id) => !claim.possible.includes(id))) differences.add("lie", `possible.${id}`, id, null, `the page keeps quiet about \`${id}\`, which was possible`);
  if (claim.shown !== undefined && !possible.includes(claim.shown)) differences.add("lie", "shown", possible, claim.shown, `the page claims to have shown \`${claim.shown}\`, which was not possible`);
}

/**
 * Holds a claim against what is true, and names every difference. Those of the kind `secrets` are no offence: there, what the page cannot know has decided.
 * @param {unknown} made
 * @param {import("../receipts.d.ts").ClaimOptions} given
 * @returns {import("../receipts.d.ts").VerifiedClaim}
 */
export function verifyClaim(made, given) {
  const options = /** @type {import("../receipts.d.ts").ClaimOptions} */ (livedOf(propertiesOf("options", given, "what to hold a claim against", "give `{ policy, slice, lead, now }`")));
  const { now, state, onInvalid = "refuse", skew = SKEW } = options;
  const policy = policyOf("policy", options.policy, ["decide"]);
  const slice = policyOf("slice", options.slice, ["describe", "possible"]);
  const lead = leadOf(options.lead);
  if (typeof skew !== "number" || !(skew >= 0)) throw wrongType("skew", skew, "a number of milliseconds", "give a number from 0 on, or leave it out");
  const claim = readClaim(made);
  const differences = new Differences();
  const { message } = decisionOf(options.decision) ?? policy.decide(/** @type {import("../index.d.ts").Lead} */ (lead), { stage: state?.stage, onInvalid });
  if (!isClaim(claim)) {
    differences.add("format", "claim", null, null, "this is not a claim that a page made");
    return { ok: false, message, differences: differences.all };
  }
  const current = slice.describe().program;
  const known = claim.slice === current;
  if (!known) differences.add("program", "slice", current, claim.slice, "the page worked with another slice of the policy, such as an old one");
  checkAnswers(claim, options, differences);
  const apart = Math.abs(instant(claim.now) - instant(momentOf(now, "now")));
  if (!(apart <= skew)) differences.add("time", "now", momentOf(now, "now"), claim.now, "the page's time is not the server's");
  // What another slice would have called possible is not known here.
  if (known) checkPossible(claim, options, differences);
  const settled = claim.shown ?? (claim.possible.length === 1 ? claim.possible[0] : undefined);
  if (message !== null && settled !== message) {
    const text = settled === undefined ? `what the page does not know settled it: \`${message}\`` : `what the page does not know made it \`${message}\`, and the page has shown \`${settled}\``;
    differences.add("secrets", "message", message, settled ?? claim.possible, text);
  }
  return { ok: differences.all.every(({ kind }) => kind === "secrets"), message, differences: differences.all };
}
