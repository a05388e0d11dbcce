// Leads that are not what a policy asks for: refused by field, never trapped, never decided wrongly; and the same policy decides on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { policy, refuses, stillDecides } from "./policy.mjs";

class Visitor {
  constructor(/** @type {number} */ seats) { this.seats = seats; }
  get industry() { return "finance"; }
}
const throwing = (/** @type {string} */ name) => Object.defineProperty({}, name, { enumerable: true, get() { throw new Error("not today"); } });
const nested = (/** @type {number} */ depth) => { /** @type {object} */ let value = {}; for (let at = 0; at < depth; at += 1) value = { value }; return value; };
const anyTrap = () => { throw new TypeError("trapped"); };
const hostile = new Proxy({}, { get: anyTrap, ownKeys: anyTrap, has: anyTrap, getPrototypeOf: anyTrap, getOwnPropertyDescriptor: anyTrap });

/** Answers that a field of each type refuses, with the code. @type {Record<string, [value: any, code: string][]>} */
const answers = {
  name: [
    [5, "wrong-type"], [true, "wrong-type"], [5n, "wrong-type"], [Symbol("s"), "wrong-type"], [() => "x", "wrong-type"], [["a"], "wrong-type"], [new Date(0), "wrong-type"],
    [new Map(), "wrong-type"], [new String("a"), "wrong-type"], [new Visitor(1), "wrong-type"], [hostile, "unreadable-lead"], [{}, "wrong-answer"], [{ toString: () => "a" }, "wrong-answer"],
    [{ declined: false }, "wrong-answer"], [{ choice: "x" }, "unknown-choice"], [{ value: 5 }, "wrong-type"], [{ value: { value: "a" } }, "wrong-type"], [nested(10_000), "wrong-type"],
    [{ value: "a", source: "crm" }, "wrong-source"], [throwing("value"), "unreadable-lead"], ["x".repeat(101), "too-long"], ["x".repeat(10_000_000), "too-long"], ["端".repeat(101), "too-long"],
    ["\ud800", "not-unicode"], ["a\udc00b", "not-unicode"],
  ],
  email: [["nobody", "wrong-format"], ["@", "wrong-format"], ["a@b", "wrong-format"], ["a b@c.cn", "wrong-format"], ["a@b..cn", "wrong-format"], ["a\u0000@", "wrong-format"]],
  industry: [["retial", "unknown-value"], ["Retail", "unknown-value"], ["constructor", "unknown-value"], ["__proto__", "unknown-value"], ["", "unknown-value"], [0, "wrong-type"], [true, "wrong-type"], [["finance"], "wrong-type"],
    ["x".repeat(10_000_000), "unknown-value"], ["\ud800", "unknown-value"]],
  seats: [["120", "wrong-type"], ["", "wrong-type"], [true, "wrong-type"], [120n, "wrong-type"], [0, "out-of-bounds"], [-1, "out-of-bounds"], [100_001, "out-of-bounds"], [0.5, "not-an-integer"], [NaN, "not-finite"],
    [Infinity, "not-finite"], [-Infinity, "not-finite"], [new Number(5), "wrong-type"], [{ choice: "huge" }, "unknown-choice"], [{ choice: "__proto__" }, "unknown-choice"], [{ range: "1..5", as: "3" }, "wrong-answer"],
    [{ range: "1..5", as: NaN }, "not-finite"], [{ value: "5" }, "wrong-type"], [[5], "wrong-type"]],
  visits: [[2 ** 53, "not-an-integer"], [-(2 ** 53), "not-an-integer"], [1e300, "not-an-integer"], [Number.MAX_VALUE, "not-an-integer"], [Number.MIN_VALUE, "not-an-integer"], [1.5, "not-an-integer"]],
  budget: [[-0.01, "out-of-bounds"], ["2.5", "wrong-type"], [NaN, "not-finite"], [Infinity, "not-finite"], [-Infinity, "not-finite"], [false, "wrong-type"]],
  ratio: [[NaN, "not-finite"], [{}, "wrong-answer"], [null, ""]],
  has_project: [["true", "wrong-type"], [1, "wrong-type"], [0, "wrong-type"], ["", "wrong-type"], [new Boolean(false), "wrong-type"]],
};

for (const [field, cases] of Object.entries(answers)) {
  for (const [value, code] of cases) {
    const kind = typeof value === "object" && value !== null ? `a ${value === hostile ? "hostile proxy" : value.constructor?.name}` : String(value).slice(0, 20);
    test(`${field}: ${kind} is ${code || "fine"}`, () => {
      const lead = { name: "A", [field]: value };
      for (const method of /** @type {const} */ (["decide", "explain", "possible"])) {
        if (code === "") assert.ok(policy[method](lead));
        else refuses(() => policy[method](lead), { code, path: code === "unreadable-lead" ? /^(lead|name)$/ : field });
      }
      // Counted as absent, it leaves a note and changes nothing else.
      if (code !== "" && code !== "unreadable-lead") {
        const { scores, notes } = policy.decide({ seats: 120, has_project: true, industry: "finance", [field]: value }, { onInvalid: "absent" });
        /** @type {import("../../../pkg/src/index.d.ts").Lead} */
        const without = { seats: 120, has_project: true, industry: "finance" };
        delete without[field];
        assert.deepEqual(scores, policy.decide(without).scores);
        assert.deepEqual(notes.map(({ code, path }) => [code, path]), [[code, field]]);
      }
      stillDecides(policy);
    });
  }
}

/** What is no lead, or has what no lead has. @type {[name: string, lead: any, expected: { code: string, path: string | RegExp }][]} */
const leads = [
  ["null", null, { code: "wrong-lead", path: "lead" }],
  ["undefined", undefined, { code: "wrong-lead", path: "lead" }],
  ["a text", "seats=5", { code: "wrong-lead", path: "lead" }],
  ["a number", 5, { code: "wrong-lead", path: "lead" }],
  ["a function", () => ({}), { code: "wrong-lead", path: "lead" }],
  ["a symbol", Symbol("lead"), { code: "wrong-lead", path: "lead" }],
  ["a list", [{ seats: 5 }], { code: "wrong-lead", path: "lead" }],
  ["a Map", new Map([["seats", 5]]), { code: "wrong-lead", path: "lead" }],
  ["a Set", new Set(["seats"]), { code: "wrong-lead", path: "lead" }],
  ["a Date", new Date(0), { code: "wrong-lead", path: "lead" }],
  ["a promise that was not awaited", Promise.resolve({ seats: 5 }), { code: "wrong-lead", path: "lead" }],
  ["bytes", new Uint8Array(3), { code: "wrong-lead", path: "lead" }],
  ["an unknown field", { seat: 5 }, { code: "unknown-field", path: "seat" }],
  ["a field in other letters", { Seats: 5 }, { code: "unknown-field", path: "Seats" }],
  ["an unknown field named `hasOwnProperty`", { hasOwnProperty: 1 }, { code: "unknown-field", path: "hasOwnProperty" }],
  ["an unknown field without a value beside a known one", { seats: 5, seat: undefined }, { code: "unknown-field", path: "seat" }],
  ["an instance with an unknown field", Object.assign(new Visitor(5), { seat: 1 }), { code: "unknown-field", path: "seat" }],
  ["a getter that throws", throwing("seats"), { code: "unreadable-lead", path: "lead" }],
  ["a proxy whose traps throw", hostile, { code: "unreadable-lead", path: "lead" }],
  ["a revoked proxy", (() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })(), { code: "unreadable-lead", path: "lead" }],
  ["a getter that decides another lead", Object.defineProperty({ name: "A" }, "seats", { enumerable: true, get: () => (policy.decide({ seats: 1 }).scores.fit ?? 0) + 20 }), { code: "unreadable-lead", path: "lead" }],
];
for (const [name, lead, expected] of leads) {
  test(`a lead that is ${name} is refused`, () => {
    for (const method of /** @type {const} */ (["decide", "explain", "possible"])) refuses(() => policy[method](lead), expected);
    stillDecides(policy);
  });
}

/** What looks odd and is a lead. @type {[name: string, lead: any, fit: number][]} */
const odd = [
  ["null prototype", Object.assign(Object.create(null), { seats: 120 }), 25],
  ["frozen", Object.freeze({ seats: 120 }), 25],
  ["of a class, with a getter", new Visitor(120), 28.5],
  ["a proxy that only passes on", new Proxy({ seats: 120 }, {}), 25],
  ["own keys named as what every object has", JSON.parse('{"__proto__": 1, "constructor": 2, "toString": "x"}'), 700],
  ["none of them given: what is inherited is no answer", { seats: 120 }, 25],
  ["a prototype set by a literal", { __proto__: { seats: 120 } }, 25],
  ["symbol keys, which are not fields", { seats: 120, [Symbol("seats")]: 1, [Symbol.toPrimitive]: () => 1 }, 25],
  ["negative zero", { seats: 120, visits: -0, ratio: -0 }, 25],
  ["an astral character", { name: "𠀀".repeat(100), seats: 120 }, 25],
  ["undefined and null", { seats: 120, industry: undefined, name: null }, 25],
];
for (const [name, lead, fit] of odd) {
  test(`a lead with ${name} is decided`, () => {
    assert.equal(policy.decide(lead).scores.fit, fit);
    assert.equal(policy.explain(lead).decision.scores.fit, fit);
    stillDecides(policy);
  });
}

/** @type {[options: any, expected: { code: string, path: string }][]} */
const options = [
  [{ stage: "mrl" }, { code: "unknown-stage", path: "stage" }],
  [{ stage: "__proto__" }, { code: "unknown-stage", path: "stage" }],
  [{ stage: 1 }, { code: "unknown-stage", path: "stage" }],
  [{ stage: Symbol("s") }, { code: "unknown-stage", path: "stage" }],
  [{ stage: {} }, { code: "unknown-stage", path: "stage" }],
  [{ onInvalid: "ignore" }, { code: "wrong-option", path: "onInvalid" }],
  [{ onInvalid: true }, { code: "wrong-option", path: "onInvalid" }],
];
for (const [given, expected] of options) {
  test(`the option ${Object.keys(given)[0]} cannot be ${String(Object.values(given)[0])}`, () => {
    refuses(() => policy.decide({ seats: 5 }, given), expected);
    stillDecides(policy);
  });
}

test("many distinct texts make the memory grow, and every decision stays its lead's own", () => {
  for (let round = 0; round < 20_000; round += 1) {
    const [name, email] = [`${round}`.padEnd(100, "x"), `${round}@mail.example`];
    const lead = { name, email, seats: 120 };
    const decision = round % 2 === 0 ? policy.decide(lead) : policy.explain(lead).decision;
    assert.equal(decision.scores.fit, 20);
    assert.deepEqual(decision.stage, { before: "lead", after: "mql", moves: [{ id: "qualify", from: "lead", to: "mql" }] });
    assert.deepEqual(decision.identity, [[["email", email]], [["name", name], ["seats", 120]]]);
  }
  stillDecides(policy);
});
