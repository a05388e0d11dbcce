// Tables of which more than the first row that holds counts, through the package.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "leadgate";
import { compile } from "leadgate/author";
import { load as loadPage } from "leadgate/page";

const FIELDS = "leadgate: 1\npolicy: p\nversion: \"1\"\nfields: { seats: { type: int, min: 1, max: 500 }, rooms: { type: int, min: 1, max: 500 }, vip: { type: bool }, stop: { type: bool } }\nscreen: { stop: { when: { stop: true } } }\n";
const DOCUMENT = `${FIELDS}
tables:
  grade: { outputs: { grade: [A, B] }, rows: [{ id: many, when: { seats: ">= 100" }, then: A }], default: B }
  offers:
    hit: collect
    outputs: { offers: [trial, demo, visit], days: int, __proto__: double, kept: bool }
    rows:
      - { id: vip, when: { vip: true }, then: { offers: visit, days: 1, __proto__: 0.5, kept: true } }
      - { id: many, when: { seats: ">= 100" }, then: { offers: demo, days: 3, __proto__: 0.5, kept: false } }
  packs: { hit: output order, outputs: { packs: [basic, plus] }, rows: [{ id: plus, when: { seats: ">= 100" }, then: plus }, { id: all, when: { seats: known }, then: basic }], default: basic }
  rebate: { hit: collect sum, outputs: { rebate: double }, rows: [{ id: many, when: { seats: ">= 100" }, then: 0.1 }, { id: vip, when: { vip: true }, then: 0.2 }] }
  load: { hit: unique, outputs: { load: [low, high] }, rows: [{ id: low, when: seats * 2 > rooms * 7, then: low }, { id: high, when: 'seats * 2 < rooms * 7 || seats * rooms > 50000', then: high }], default: low }
route: { on_fault: by_hand, outcomes: [sales, nurture, by_hand], rows: [{ id: demo, when: '"demo" in offers && rebate > 0.2', to: sales }, { id: high, when: { load: high }, to: sales }], default: nurture }
`;
const bytes = (/** @type {string} */ text) => {
  const { program, diagnostics } = compile("p.yaml", { "p.yaml": text });
  assert.deepEqual(diagnostics.filter(({ severity }) => severity === "error"), []);
  return /** @type {Uint8Array} */ (program);
};
const policy = load(bytes(DOCUMENT));
const own = (/** @type {object} */ object, /** @type {string} */ name) => Object.getOwnPropertyDescriptor(object, name)?.value;

test("lists are arrays and sums are numbers", () => {
  const decision = policy.decide({ seats: 120, vip: true });
  assert.equal(decision.route, "sales");
  const { grade, offers, days, kept, packs, rebate, load: of } = decision.tables;
  assert.deepEqual({ grade, offers, days, kept, packs, rebate, of }, { grade: "A", offers: ["visit", "demo"], days: [1, 3], kept: [true, false], packs: ["basic", "plus"], rebate: 0.3, of: "low" });
  assert.deepEqual(own(decision.tables, "__proto__"), [0.5, 0.5]);
  assert.deepEqual(decision.violations, []);
  const none = policy.decide({}).tables;
  assert.deepEqual([none.offers, none.packs, none.rebate], [[], ["basic"], 0]);
});

test("rows that violate a hit policy are named, and the table has faulted", () => {
  const kept = policy.decide({ seats: 500, rooms: 100 });
  assert.deepEqual([kept.outcome, kept.tables.load, kept.faults, kept.violations], ["nurture", "low", [], []]);
  const violated = policy.decide({ seats: 500, rooms: 142 });
  assert.deepEqual([violated.outcome, violated.tables.load, violated.faults], ["by_hand", null, ["load", "route"]]);
  assert.deepEqual(violated.violations, [{ table: "load", rows: ["low", "high"] }]);
  assert.deepEqual(policy.explain({ seats: 500, rooms: 142 }).rows.tables.load, ["low", "high"]);
  assert.deepEqual(policy.possible({ seats: 500, stop: false, vip: false }).tables.load, ["low", "high", null]);
});

test("an explanation lists the rows that hold", () => {
  const { rows, decision } = policy.explain({ seats: 120, vip: true });
  assert.deepEqual(rows.tables, { grade: "many", offers: ["vip", "many"], packs: ["all", "plus"], rebate: ["many", "vip"], load: ["default"] });
  assert.deepEqual(decision.tables.offers, ["visit", "demo"]);
});

test("what is possible of lists and numbers", () => {
  const { exact, tables } = policy.possible({ seats: 120, rooms: 1, stop: false });
  assert.equal(exact, true);
  assert.deepEqual(tables.offers, { may: ["demo", "visit"], must: ["demo"], mayFault: false });
  assert.deepEqual(tables.days, { may: [1, 3], must: [3], mayFault: false });
  assert.deepEqual(tables.packs, { may: ["basic", "plus"], must: ["basic", "plus"], mayFault: false });
  assert.deepEqual(tables.rebate, { min: 0.1, max: 0.3, mayFault: false });
  assert.deepEqual(tables.grade, ["A"]);
  assert.deepEqual(policy.possible({ stop: true }).tables.offers, { may: [], must: null, mayFault: false });
  assert.equal(policy.possible({ stop: true }).tables.rebate, null);
});

test("a screened lead has none of it", () => {
  const { tables, violations } = policy.decide({ seats: 120, stop: true });
  assert.deepEqual([tables.offers, tables.rebate, tables.load, violations], [null, null, null, []]);
  assert.deepEqual(policy.explain({ stop: true }).rows.tables, { grade: null, offers: [], packs: [], rebate: [], load: [] });
});

test("outputs say what they are", () => {
  const outputs = Object.fromEntries(policy.describe().outputs.map(({ name, table: _, ...rest }) => [`of ${name}`, rest]));
  assert.deepEqual(outputs["of offers"], { type: "enum", list: true, values: ["trial", "demo", "visit"] });
  assert.deepEqual(outputs["of days"], { type: "int", list: true, values: [1, 3] });
  assert.deepEqual(outputs["of rebate"], { type: "double", values: [] });
});

test("the page loads what is proved, and refuses the rest", () => {
  const proved = `${FIELDS}tables:
  size: { hit: unique, outputs: { size: [small, large] }, rows: [{ when: { seats: "< 100" }, then: small }, { when: { seats: ">= 100" }, then: large }], default: small }
  care: { hit: priority, outputs: { care: [call, mail] }, rows: [{ when: { seats: known }, then: mail }, { when: { vip: true }, then: call }], default: mail }
`;
  const page = loadPage(bytes(proved));
  assert.deepEqual(page.decide({ seats: 120, vip: true }).tables, { size: "large", care: "call" });
  assert.equal("violations" in page.decide({}), false);
  assert.throws(() => loadPage(bytes(DOCUMENT)), { code: "program-capability" });
});
