// Many leads by columns of every kind, in blocks and beyond them: row by row what `decide` gives.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { check, compile } from "leadgate/author";
import { LeadgateError, load } from "leadgate";
import { sampleLeads } from "../../scripts/sample-leads.mjs";
import { gather } from "../../pkg/cli/policy/files.mjs";
import { inbound } from "../receipts/inbound.mjs";
import { rowsOf } from "./decided-rows.mjs";

// The benchmarks have no types.
const [{ generate }, { score }] = await Promise.all(["leads", "oracle"].map((name) => import(new URL(`../../benches/workload/${name}.mjs`, import.meta.url).href)));

/** @param {string} path */
function policyOf(path) {
  const { main, files } = gather(fileURLToPath(new URL(`../../${path}`, import.meta.url)), check);
  const { program, diagnostics } = compile(main, files);
  assert.deepEqual(diagnostics.filter(({ severity }) => severity === "error"), []);
  return load(/** @type {Uint8Array} */ (program));
}

/** @param {unknown[]} given */
function coded(given) {
  const values = [...new Set(given)];
  const codes = new Map(values.map((value, at) => [value, at]));
  return { values, codes: Uint32Array.from(given, (value) => /** @type {number} */ (codes.get(value))) };
}

/** @param {unknown[]} given */
function utf8(given) {
  const texts = given.map((text) => Buffer.from(/** @type {string} */ (text ?? "")));
  const offsets = [0];
  for (const text of texts) offsets.push(offsets[offsets.length - 1] + text.length);
  return { bytes: new Uint8Array(Buffer.concat(texts)), offsets: Int32Array.from(offsets) };
}

/** @param {unknown[]} given */
const numbers = (given) => Float64Array.from(given, (value) => /** @type {number} */ (value ?? NaN));

/**
 * Columns of leads, each made as its field's type says.
 * @param {import("leadgate").Policy} policy @param {Record<string, unknown>[]} leads
 * @param {{ texts: (given: unknown[]) => any, numbers: (given: unknown[]) => any, others: (given: unknown[]) => any }} make
 */
function columnsOf(policy, leads, make) {
  const { fields } = policy.describe();
  return Object.fromEntries(fields.map(({ name, type }) => {
    const given = leads.map((lead) => lead[name]);
    return [name, type === "string" ? make.texts(given) : type === "int" || type === "double" ? make.numbers(given) : make.others(given)];
  }));
}

const same = (/** @type {unknown[]} */ given) => given;
const KINDS = [
  { texts: utf8, numbers, others: (/** @type {unknown[]} */ given) => ({ ...coded(given), codes: Uint8Array.from(coded(given).codes) }) },
  { texts: coded, numbers: coded, others: coded },
  { texts: same, numbers: same, others: same },
];

test("the benchmark's leads come out as the hand-written function has them", () => {
  const policy = policyOf("benches/workload/policy.yaml");
  const leads = generate("eight");
  const expected = leads.map((/** @type {any} */ lead) => score(lead));
  for (const kind of KINDS) {
    const found = rowsOf(policy.decideMany(columnsOf(policy, leads, kind)));
    found.forEach(({ outcome, scores, tables }, row) => {
      assert.deepEqual({ fit: scores.fit, engagement: scores.engagement, grade: tables.grade, decision: tables.decision, queue: outcome }, expected[row], `row ${row}`);
    });
  }
});

test("sample leads of a shipped policy come out as decide gives them", () => {
  const { policy } = inbound();
  const { stages } = policy.describe();
  const types = new Map(policy.describe().fields.map(({ name, type }) => [name, type]));
  const leads = sampleLeads().map((lead) => Object.fromEntries(Object.entries(lead).filter(([name, value]) => types.has(name) && value !== "" && value !== null && value !== undefined)));
  const stage = leads.map((_, row) => (row % 3 === 0 ? undefined : stages[row % stages.length]));
  const expected = leads.map((lead, row) => policy.decide(/** @type {any} */ (lead), { stage: stage[row], onInvalid: "absent" }));
  for (const kind of KINDS) {
    const found = policy.decideMany(columnsOf(policy, leads, kind), { stage, onInvalid: "absent" });
    assert.deepEqual(rowsOf(found), expected.map(({ outcome, scores, tables, stage, faults, notes }) => ({
      outcome, scores, tables, stage: stage?.after ?? null, faulted: faults.length > 0, notes,
    })));
  }
});

test("what no block can tell is told of its row", () => {
  const policy = policyOf("benches/workload/policy.yaml");
  const count = 5000;
  const leads = generate("eight").slice(0, count).map((/** @type {any} */ lead) => ({ ...lead }));
  /** @type {[number, string, unknown][]} */
  const odd = [
    [3, "title", "采购 \u{1f600} Intern"], [4, "seats", 1.5], [5, "answered", 11], [2047, "industry", "none such"], [2048, "is_student", "yes"], [2049, "need", { declined: true }],
    [2050, "is_competitor", { value: true, source: "record" }], [2051, "email", { value: "x@pku.edu.cn" }], [4000, "title", "\ud83d"], [4001, "budget", Infinity], [4002, "phone", "1".repeat(9000)],
    [4003, "seats", "many"], [4999, "company_size", 2 ** 60],
  ];
  for (const [row, name, value] of odd) /** @type {any} */ (leads[row])[name] = value;
  const expected = leads.map((/** @type {any} */ lead) => policy.decide(lead, { onInvalid: "absent" }));
  for (const make of [KINDS[1], KINDS[2]]) {
    const found = policy.decideMany(columnsOf(policy, /** @type {any} */ (leads), make), { onInvalid: "absent" });
    rowsOf(found).forEach(({ outcome, scores, tables, notes }, row) => {
      assert.deepEqual({ outcome, scores, tables, notes }, { outcome: expected[row].outcome, scores: expected[row].scores, tables: expected[row].tables, notes: expected[row].notes }, `row ${row}`);
    });
    assert.throws(() => policy.decideMany(columnsOf(policy, /** @type {any} */ (leads), make)), (error) => error instanceof LeadgateError && error.code === "not-an-integer" && error.path === "rows[4].seats");
  }
});

test("texts that are not UTF-8, and offsets that do not fit", () => {
  const policy = policyOf("benches/workload/policy.yaml");
  const bytes = Uint8Array.of(0x61, 0xff, 0xe9, 0x87);
  const found = policy.decideMany({ title: { bytes, offsets: [0, 1, 1, 2, 4] } }, { onInvalid: "absent" });
  assert.deepEqual(found.notes.map(({ row, code, path }) => [row, code, path]), [[2, "not-unicode", "title"], [3, "not-unicode", "title"]]);
  for (const offsets of [[0, 3, 1, 4], [0, 1, 9], [1, 0]]) {
    assert.throws(() => policy.decideMany({ title: { bytes, offsets } }, { onInvalid: "absent" }), (error) => error instanceof LeadgateError && error.code === "wrong-column", `${offsets}`);
  }
  for (const title of [{ bytes }, { bytes: [1], offsets: [0, 1] }, { bytes, offsets: [] }]) {
    assert.throws(() => policy.decideMany({ title: /** @type {any} */ (title) }), (error) => error instanceof LeadgateError && error.code === "wrong-column" && error.path === "title");
  }
  // Nothing stands between equal offsets: no text, and no value of an enum.
  assert.deepEqual(policy.decideMany({ industry: { bytes: new TextEncoder().encode("retail"), offsets: [0, 0, 6] } }).scores.fit, Float64Array.of(0, 12));
});

test("what is not UTF-8 is told of its text, whatever stands around it", () => {
  const policy = policyOf("benches/workload/policy.yaml");
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const isText = (/** @type {number[]} */ bytes) => {
    try {
      decoder.decode(Uint8Array.from(bytes));
      return true;
    } catch {
      return false;
    }
  };
  const told = (/** @type {number[][]} */ texts) => {
    const offsets = [0];
    for (const text of texts) offsets.push(offsets[offsets.length - 1] + text.length);
    return policy.decideMany({ title: { bytes: Uint8Array.from(texts.flat()), offsets } }, { onInvalid: "absent" }).notes.map(({ row, code }) => `${row} ${code}`);
  };
  const utf8 = (/** @type {string} */ text) => Array.from(new TextEncoder().encode(text));
  // Ends of the ranges that second bytes have, and what goes on or does not after them.
  const seconds = [[], ...[0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff].map((byte) => [byte])];
  const rests = [[], [0x41], [0x80], [0xbf], [0xc3], [0x80, 0xbf], [0x80, 0x41], [0xbf, 0x80, 0x80]];
  let [texts, others] = [0, 0];
  for (let first = 0; first < 256; first += 1) {
    for (const [at, second] of seconds.entries()) {
      for (const rest of rests) {
        const bytes = [first, ...second, ...rest];
        // At another place of sixteen each time, with a character of several bytes before it, or at the end.
        const before = utf8("x".repeat((first * 7 + at * 3 + rest.length) % 16) + "购");
        const expected = isText(bytes) ? [] : ["1 not-unicode"];
        expected.length > 0 ? (others += 1) : (texts += 1);
        assert.deepEqual(told(first % 2 === 0 ? [before, bytes, utf8("采购 director of a long name")] : [before, bytes]), expected, bytes.map((byte) => byte.toString(16)).join(" "));
      }
    }
  }
  assert.ok(texts > 1500 && others > 15000, `${texts} ${others}`);
  assert.deepEqual(told([utf8("ab"), utf8("采").slice(0, 1), utf8("采").slice(1)]), ["1 not-unicode", "2 not-unicode"]);
});

test("a getter that asks the same policy for columns is answered", () => {
  const policy = policyOf("benches/workload/policy.yaml");
  const seats = [100, 20, 1];
  /** @type {Float64Array | undefined} */
  let inner;
  Object.defineProperty(seats, 1, { get: () => { inner = policy.decideMany({ seats: [1, 100] }).scores.fit; return 20; } });
  assert.deepEqual(policy.decideMany({ seats }).scores.fit, Float64Array.of(12, 7, 0));
  assert.deepEqual(inner, Float64Array.of(0, 12));
});

test("leads in their lives come out as decide gives them", () => {
  const policy = policyOf("tests/life/whole.yaml");
  const { stages } = policy.describe();
  const count = 300;
  const day = 86_400_000;
  const now = Date.parse("2026-11-20T08:00:00Z");
  /** @type {string[]} */
  const type = [];
  const [at, amount, path] = [/** @type {number[]} */ ([]), /** @type {(number | undefined)[]} */ ([]), /** @type {(string | undefined)[]} */ ([])];
  const offsets = [0];
  for (let row = 0; row < count; row += 1) {
    for (let event = 0; event < row % 5; event += 1) {
      const kind = ["email_click", "page_view", "purchase"][(row + event) % 3];
      type.push(kind);
      at.push(now - ((row * 7 + event * 3) % 90) * day);
      amount.push(kind === "purchase" ? row * 12.5 : undefined);
      path.push(kind === "page_view" ? "/pricing" : undefined);
    }
    offsets.push(type.length);
  }
  const columns = {
    email: Array.from({ length: count }, (_, row) => (row % 7 === 0 ? undefined : `a${row}@acme.cn`)),
    seats: Int32Array.from({ length: count }, (_, row) => row * 3 + 1),
    budget: Float64Array.from({ length: count }, (_, row) => (row % 4 === 0 ? NaN : row * 1000)),
    industry: { values: ["manufacturing", "finance"], codes: Uint8Array.from({ length: count }, (_, row) => row % 3) },
  };
  const stage = Array.from({ length: count }, (_, row) => stages[row % stages.length]);
  const found = policy.decideMany(columns, { now, stage, events: { offsets, type, at, amount, path } });
  assert.deepEqual(rowsOf(found), Array.from({ length: count }, (_, row) => {
    const events = [];
    for (let event = offsets[row]; event < offsets[row + 1]; event += 1) events.push({ type: type[event], at: at[event], amount: amount[event], path: path[event] });
    const lead = { email: columns.email[row], seats: columns.seats[row], budget: row % 4 === 0 ? undefined : columns.budget[row], industry: columns.industry.values[row % 3] };
    const { outcome, scores, tables, stage: moved, faults, notes } = /** @type {any} */ (policy.decide(/** @type {any} */ (lead), { now, stage: stage[row], events }));
    return { outcome, scores, tables, stage: moved?.after ?? null, faulted: faults.length > 0, notes };
  }));
});
