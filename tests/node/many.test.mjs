// Many leads by columns: row by row what `decide` gives.

import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "leadgate/author";
import { LeadgateError, load } from "leadgate";
import { inbound } from "../receipts/inbound.mjs";
import { rowsOf } from "./decided-rows.mjs";

/** @param {string} text */
function policyOf(text) {
  const { program, diagnostics } = compile("policy.yaml", { "policy.yaml": text });
  assert.deepEqual(diagnostics.filter(({ severity }) => severity === "error"), []);
  return load(/** @type {Uint8Array} */ (program));
}

const plain = () => policyOf(`
leadgate: 1
policy: p
version: "1"
fields: { seats: { type: int, min: 1, max: 500 }, sector: { type: enum, values: [retail, finance] }, email: { type: string, normalize: [trim, lowercase], format: email }, per_seat: { type: double } }
scores: { fit: { rules: { large: { when: { seats: ">= 100" }, points: 10.5 }, bank: { when: { sector: finance }, points: 4 }, rich: { when: "per_seat / double(seats) > 2.0", points: 1 } } } }
tables: { grade: { hit: first, outputs: { grade: [A, B] }, rows: [{ when: { fit: ">= 10" }, then: A }, { then: B }] } }
stages: { list: { new: {}, won: {} }, moves: [{ id: win, from: new, to: won, when: { grade: A } }] }
route: { on_fault: look, outcomes: [sales, nurture, look], rows: [{ when: { grade: A, email: known }, to: sales }, { when: { stage: won }, to: look }], default: nurture }
`);

const live = () => policyOf(`
leadgate: 1
policy: p
version: "1"
fields: { seats: { type: int } }
events: { click: { bot: bool }, view: { path: string } }
signals: { clicks: { count: click, within: 7d, where: "!event.bot" }, last: { last: view.path } }
scores: { heat: { rules: { clicks: { each: click, points: 5, half_life: 2d } } } }
route: { outcomes: [call, docs, wait], rows: [{ when: { clicks: ">= 2" }, to: call }, { when: 'last == "/docs"', to: docs }], default: wait }
`);

/** @param {import("leadgate").DecidedColumns} found @param {import("leadgate").Decision[]} expected */
function same(found, expected) {
  assert.deepEqual(rowsOf(found), expected.map(({ outcome, scores, tables, stage, faults, notes }) => ({
    outcome, scores, tables, stage: stage?.after ?? null, faulted: faults.length > 0, notes,
  })));
}

test("columns come out row by row as decide gives them", () => {
  const policy = plain();
  const seats = Float64Array.of(120, NaN, 3, 700, 250);
  const sector = { values: ["finance", "retail"], codes: Uint8Array.of(0, 1, 2, 0, 0) };
  const email = ["a@b.cn", undefined, " X@Y.cn ", null, { declined: true }];
  const perSeat = Float64Array.of(500, 1, 1e308, NaN, 0);
  const stage = ["new", "won", undefined, "won", "new"];
  const columns = { seats, sector, email, per_seat: perSeat };
  const leads = email.map((mail, row) => ({
    ...(Number.isNaN(seats[row]) ? {} : { seats: seats[row] }), sector: sector.values[sector.codes[row]], email: mail, ...(Number.isNaN(perSeat[row]) ? {} : { per_seat: perSeat[row] }),
  }));
  const expected = leads.map((lead, row) => policy.decide(/** @type {any} */ (lead), { stage: stage[row], onInvalid: "absent" }));
  const found = policy.decideMany(columns, { stage, onInvalid: "absent" });
  same(found, expected);
  assert.ok(found.notes.some(({ row, code }) => row === 3 && code === "out-of-bounds"));
  assert.throws(() => policy.decideMany(columns), (error) => error instanceof LeadgateError && error.code === "out-of-bounds" && error.path === "rows[3].seats");
  assert.deepEqual(policy.decideMany({}, { count: 0 }).outcome, { values: ["sales", "nurture", "look"], codes: new Uint16Array(0) });
});

test("events come by offsets", () => {
  const policy = live();
  const now = Date.parse("2026-11-20T00:00:00Z");
  const day = 86_400_000;
  const offsets = [0, 3, 3, 5];
  const type = { values: ["click", "view"], codes: [0, 0, 0, 1, 0] };
  const times = Float64Array.of(now - day, now - 2 * day, now - 8 * day, now - day, now - 3 * day);
  const bot = [false, false, undefined, undefined, true];
  const path = [undefined, undefined, undefined, "/docs", undefined];
  const found = policy.decideMany({ seats: Int32Array.of(1, 2, 3) }, { now, events: { offsets, type, at: times, bot, path } });
  const eventsOf = (/** @type {number} */ row) => Array.from({ length: offsets[row + 1] - offsets[row] }, (_, each) => {
    const event = offsets[row] + each;
    return { type: type.values[type.codes[event]], at: times[event], bot: bot[event], path: path[event] };
  });
  same(found, [0, 1, 2].map((row) => policy.decide({ seats: row + 1 }, { now, events: eventsOf(row) })));
  assert.deepEqual(rowsOf(found).map(({ outcome }) => outcome), ["call", "wait", "docs"]);
  // Signals given ready-made.
  same(policy.decideMany({ clicks: [2, 0] }, { now }), [{ clicks: 2 }, { clicks: 0 }].map((lead) => policy.decide(lead, { now })));
});

test("columns that do not fit are refused", () => {
  const policy = plain();
  for (const [columns, options, path] of /** @type {[any, any, string][]} */ ([
    [{ seats: [1, 2], sector: ["retail"] }, {}, "sector"],
    [{ seats: "1,2" }, {}, "seats"],
    [{ seats: { values: [1] , codes: 3 } }, {}, "seats"],
    [{ seats: BigInt64Array.of(1n) }, {}, "seats"],
    [{ seats: { values: [1], codes: BigUint64Array.of(0n) } }, {}, "seats"],
    [{ sector: { bytes: new Uint8Array(1), offsets: BigInt64Array.of(0n, 1n) } }, {}, "sector"],
    [[1, 2], {}, ""],
    [{ seats: [1] }, { count: 2 }, "seats"],
    [{ seats: [1] }, { count: -1 }, "count"],
    [{ seats: [1] }, { stage: ["new", "won"] }, "stage"],
    [{ seats: [1] }, { now: 1, events: { offsets: [0], type: [], at: [] } }, "events.offsets"],
    [{ seats: [1] }, { now: 1, events: { offsets: [0, 1], type: ["x"], at: [] } }, "events.at"],
  ])) {
    assert.throws(() => policy.decideMany(columns, options), (error) => error instanceof LeadgateError && error.code === "wrong-column" && (error.path ?? "") === path, path);
  }
});

test("a thousand leads of a whole policy come out the same", () => {
  const { policy } = inbound();
  const rows = 1000;
  const { fields } = policy.describe();
  const columns = Object.fromEntries(fields.filter(({ type }) => type !== "string").map(({ name, type, values }, index) => [name, Array.from({ length: rows }, (_, row) => {
    const turn = (row * 31 + index * 17) % 11;
    if (turn < 3) return undefined;
    return type === "enum" ? String(values?.[turn % values.length]) : type === "bool" ? turn % 2 === 0 : turn * 7;
  })]));
  const leads = Array.from({ length: rows }, (_, row) => Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[row]])));
  same(policy.decideMany(columns, { onInvalid: "absent" }), leads.map((lead) => policy.decide(/** @type {any} */ (lead), { onInvalid: "absent" })));
});
