// The policy that bad input is tried on, and what it must still decide afterwards.

import assert from "node:assert/strict";
import { compile } from "leadgate/author";
import { LeadgateError, load } from "leadgate";

/** A field of every type, and fields and a score named as what every object has. */
export const document = `
leadgate: 1
policy: bad-input
version: "1"
fields:
  name:        { type: string, normalize: [trim], max_length: 100 }
  email:       { type: string, normalize: [trim, lowercase], format: email }
  industry:    { type: enum, values: [finance, retail] }
  seats:       { type: int, min: 1, max: 100000 }
  visits:      { type: int }
  budget:      { type: double, min: 0 }
  ratio:       { type: double }
  has_project: { type: bool }
  constructor: { type: int }
  toString:    { type: string }
  __proto__:   { type: int }
lists:
  free_mail: { values: [mail.example] }
derive:
  free: domain(email) in lists.free_mail
scores:
  fit:
    range: [0, 1000]
    rules:
      seats:   { by: seats, points: { "20..99": 15, ">= 100": 25 } }
      sector:  { by: industry, points: { finance: 3.5 } }
      project: { when: { has_project: true }, points: 10 }
      free:    { when: { free: true }, points: -5 }
      built:   { when: { constructor: ">= 1" }, points: 100 }
      proto:   { when: { __proto__: ">= 1" }, points: 200 }
      text:    { when: { toString: known }, points: 400 }
stages:
  list: { lead: {}, mql: {} }
  moves: [{ id: qualify, from: lead, to: mql, when: { fit: ">= 20" } }]
route:
  outcomes: [sales, nurture]
  rows: [{ id: large, when: { fit: ">= 30" }, to: sales }]
  default: nurture
identity: [email, [name, seats]]
ask:
  questions: [{ field: seats, choices: { team: 20..99, large: ">= 100" } }]
`;

/** @param {string} text */
export function programOf(text) {
  const { program, diagnostics } = compile("policy.yaml", { "policy.yaml": text });
  assert.ok(program, diagnostics.map(({ rendered }) => rendered).join("\n"));
  return program;
}

export const program = programOf(document);
export const policy = load(program);

/** Decides leads whose results are known; whatever came before must not show. @param {import("../../../pkg/src/index.d.ts").Policy} policy */
export function stillDecides(policy) {
  const large = policy.decide({ name: " 王敏 ", email: "a@mail.example", industry: "finance", seats: 120, budget: 2.5, has_project: true });
  assert.deepEqual([large.outcome, large.scores, large.stage?.after, large.faults, large.notes], ["sales", { fit: 33.5 }, "mql", [], []]);
  const empty = policy.decide({});
  assert.deepEqual([empty.outcome, empty.scores, empty.stage?.after], ["nurture", { fit: 0 }, "lead"]);
}

/**
 * Expects a {@link LeadgateError} that names the place and says what to do.
 * @param {() => unknown} action
 * @param {{ code: string, path: string | RegExp, cause?: boolean }} expected
 */
export function refuses(action, { code, path }) {
  let answer;
  try {
    answer = action();
  } catch (error) {
    assert.ok(error instanceof LeadgateError, `${/** @type {Error} */ (error)?.stack}`);
    assert.equal(error.code, code, error.message);
    if (typeof path === "string") assert.equal(error.path, path, error.message);
    else assert.match(String(error.path), path);
    assert.ok(typeof error.help === "string" && error.help.length > 0, `no help: ${error.message}`);
    assert.ok(error.message.length < 400, "a message is short, however long the input is");
    return;
  }
  assert.fail(`accepted: ${JSON.stringify(answer)}`);
}
