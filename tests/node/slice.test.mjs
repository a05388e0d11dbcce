// The public slice through the package: what it says, and what it refuses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LeadgateError, load } from "leadgate";
import { compile } from "leadgate/author";
import { inbound } from "../receipts/inbound.mjs";

const { policy, slice, sliceTexts, bytes } = inbound();

test("a slice describes itself by its own digest, and outcomes are messages", () => {
  const told = slice.describe();
  assert.deepEqual([told.slice, told.version, told.logic, told.screen, told.stages], [true, "", "0".repeat(64), [], []]);
  assert.notEqual(told.program, policy.describe().program);
  assert.deepEqual(told.outcomes, ["soon", "owner", "partner", "queued", "thanks"]);
  assert.deepEqual(told.messages, told.outcomes);
  assert.deepEqual(told.scores.map(({ name }) => name), ["maturity"]);
  const full = policy.describe();
  assert.deepEqual([full.slice, full.messages], [false, told.messages]);
});

test("the texts of a slice are those of questions, labels and messages", () => {
  for (const locale of ["en", "zh"]) {
    const paths = Object.keys(sliceTexts[locale]);
    assert.deepEqual([...new Set(paths.map((path) => path.split(".")[0]))].sort(), ["ask", "fields", "messages"]);
    assert.ok(paths.includes("messages.soon") && paths.includes("ask.budget.help") && !paths.some((path) => path.startsWith("fields.sdr")));
  }
});

test("with the rest absent only secrets stay open", () => {
  const lead = { mobile: "15400139005", utm_source: "WeChat", utm_medium: "sales_share" };
  const closed = slice.possible(lead, { rest: "absent" });
  assert.ok(closed.outcomes.includes("owner") && !closed.outcomes.includes("soon"), closed.outcomes.join());
  assert.deepEqual(closed.scores.maturity, { min: 0, max: 0, mayFault: false });
  assert.deepEqual(closed.tables.verdict, ["core_missing"]);
  const open = slice.possible(lead);
  assert.ok(open.scores.maturity && open.scores.maturity.max > 0);
  assert.deepEqual(slice.possible({}, { rest: "absent" }).outcomes, ["thanks"]);
  assert.throws(() => slice.possible(lead, { rest: /** @type {any} */ ("closed") }), { code: "wrong-option", path: "rest" });
  // In a full program nothing is open then, and what is possible is the decision.
  assert.deepEqual(policy.possible(lead, { rest: "absent" }).outcomes, [policy.decide(lead).outcome]);
});

test("a slice with secrets decides nothing", () => {
  for (const call of [() => slice.decide({}), () => slice.explain({})]) {
    assert.throws(call, (error) => error instanceof LeadgateError && error.code === "provisional-program" && /possible/.test(error.help ?? "") && /rest/.test(error.help ?? ""));
  }
  assert.throws(() => slice.possible({ "sdr.need": "clear" }, { rest: "absent" }), { code: "unknown-field" });
});

test("a slice without secrets decides, and says the message", () => {
  const text = `leadgate: 1
policy: open
version: "1"
fields: { seats: { type: int } }
scores: { fit: { rules: { size: { by: seats, points: { ">= 100": 7 } } } } }
screen: { tiny: { when: { seats: "< 2" } } }
route: { outcomes: [sales, nurture], rows: [{ id: big, when: { fit: ">= 5" }, to: sales }], default: nurture }
page: { fields: [seats], scores: [fit], messages: { soon: { for: [sales], en: Soon }, thanks: { en: Thanks } } }
`;
  const { program, slice: part, open } = compile("policy.yaml", { "policy.yaml": text });
  assert.ok(program && part);
  assert.deepEqual(open, []);
  const [whole, page] = [load(program), load(part)];
  for (const seats of [1, 10, 100, null]) {
    const [expected, found] = [whole.decide({ seats }), page.decide({ seats })];
    assert.deepEqual([found.outcome, found.message, found.screen, found.scores], [expected.message, expected.message, null, expected.scores]);
    assert.equal(page.explain({ seats }).decision.outcome, expected.message);
  }
  assert.equal(whole.decide({ seats: 1 }).message, "thanks");
});

test("a policy without messages has none, and one without a page no slice", () => {
  const { program, slice: part } = compile("policy.yaml", { "policy.yaml": 'leadgate: 1\npolicy: p\nversion: "1"\nfields: { a: { type: bool } }\n' });
  assert.ok(program && part === undefined);
  assert.equal(load(program).decide({}).message, null);
});

test("a slice is small", () => assert.ok(bytes.length < 16_384, `${bytes.length} bytes`));
