// What a policy tells of itself.

import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "leadgate/author";
import { load } from "leadgate";
import { load as loadPage } from "leadgate/page";

test("a description has event types with their attributes, and signals; without any, both are empty", () => {
  const head = "leadgate: 1\npolicy: p\nversion: '1'\nfields: { seats: { type: int } }\n";
  /** @param {string} text */
  const described = (text) => {
    const policy = load(/** @type {Uint8Array} */ (compile("p.yaml", { "p.yaml": text }).program));
    const { events, signals } = policy.describe();
    policy.free();
    return { events, signals };
  };
  assert.deepEqual(described(head), { events: [], signals: [] });
  assert.deepEqual(described(`${head}events: { view: { kind: [docs, prices], seconds: int, bot: bool, path: string, share: double }, call: {} }\nsignals: { calls: { count: call } }\n`), {
    events: [
      { name: "view", attributes: [{ name: "kind", type: "enum", values: ["docs", "prices"] }, { name: "seconds", type: "int" }, { name: "bot", type: "bool", values: [false, true] }, { name: "path", type: "string" }, { name: "share", type: "double" }] },
      { name: "call", attributes: [] },
    ],
    signals: ["calls"],
  });
});

const ASKING = `
leadgate: 1
policy: p
version: "1"
fields:
  seats:   { type: int, min: 1 }
  project: { type: bool }
  budget:  { type: double, min: 0 }
  company: { type: string }
  city:    { type: string, normalize: [trim] }
  mail:    { type: string, format: email }
  phone:   { type: string, normalize: [phone], country: CN }
  letter:  { type: string, max_length: 501 }
tables:
  size: { outputs: { size: [large, small] }, rows: [{ when: { seats: ">= 100" }, then: large }], default: small }
  worth: { outputs: { worth: [high, low] }, rows: [{ when: { budget: ">= 5000", project: "true" }, then: high }], default: low }
route: { outcomes: [sales, nurture], rows: [{ when: { worth: high }, to: sales }], default: nurture }
ask:
  settle: worth
  questions:
    - { field: seats, choices: { few: 1..99, many: ">= 100" }, required: true }
    - { field: project, always: true }
    - { field: budget, when: { project: "true" }, after: 2 }
    - { field: company }
    - { field: city, choices: { sh: Shanghai, bj: Beijing } }
    - { field: mail }
    - { field: phone, cost: 0.5 }
    - { field: letter }
page: { fields: [seats, project], tables: [size], messages: { soon: { for: [sales], en: Soon }, thanks: Thanks } }
`;

test("a description has the form: what it is there for, and what is said of its questions", () => {
  const { program, slice, diagnostics } = compile("p.yaml", { "p.yaml": ASKING });
  assert.deepEqual(diagnostics, []);
  const asked = (/** @type {typeof load} */ open, /** @type {Uint8Array | null | undefined} */ bytes) => {
    const policy = open(/** @type {Uint8Array} */ (bytes));
    const { ask } = policy.describe();
    policy.free();
    return ask;
  };
  const usual = { required: false, always: false, after: 0, gated: false };
  const [seats, project] = [{ ...usual, field: "seats", required: true, cost: 1 }, { ...usual, field: "project", always: true, cost: 1 }];
  // Without a cost of the author's it goes by the kind of input.
  const others = [
    { ...usual, field: "budget", after: 2, gated: true, cost: 1.5 },
    { ...usual, field: "company", cost: 2 },
    { ...usual, field: "city", cost: 1 },
    { ...usual, field: "mail", cost: 3 },
    { ...usual, field: "phone", cost: 0.5 },
    { ...usual, field: "letter", cost: 3 },
  ];
  assert.deepEqual(asked(load, program), { settle: "worth", perVisit: null, questions: [seats, project, ...others] });
  // What is settled is secret: the page's form is there for its messages.
  assert.deepEqual(asked(load, slice), { settle: "route", perVisit: null, questions: [seats, project] });
  assert.deepEqual(asked(loadPage, slice), asked(load, slice));
});
