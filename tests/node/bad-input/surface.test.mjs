// Every exported function with what it does not expect, for every option: it works, or throws an error of the package with a code and what to do. Never the engine's or JavaScript's own.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as full from "leadgate";
import { adviceText } from "leadgate/advice";
import * as author from "leadgate/author";
import * as certificates from "leadgate/certificate";
import * as forms from "leadgate/form";
import { needs } from "leadgate/needs";
import * as page from "leadgate/page";
import * as plain from "leadgate/plain";
import { files, main } from "leadgate/policies/saas-inbound";
import * as receipts from "leadgate/receipts";

const { LeadgateError } = full;
const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);
const { program, slice } = author.compile(main, files);
assert.ok(program && slice);
const now = "2026-11-21T09:00:00Z";

const refuse = () => { throw new TypeError("a getter"); };
/** @type {[string, unknown][]} */
const GIVEN = Object.entries({
  null: null, undefined, number: 5, NaN, huge: 1e12, negative: -1, "minus nought": -0, Infinity, text: "x", "no text": "", true: true, list: [], "list of null": [null], object: {},
  bytes: Uint8Array.of(1, 2, 3, 4, 5, 6), "no bytes": new Uint8Array(), function: () => 1, symbol: Symbol("s"), bigint: 5n, "no date": new Date(NaN), Map: new Map(), "no prototype": Object.create(null), surrogate: "\ud800",
  throws: new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse }),
});

/** @param {string} what @param {(given: any) => unknown} call */
async function tried(what, call) {
  for (const [name, given] of GIVEN) {
    try {
      await call(given);
    } catch (error) {
      const told = error instanceof LeadgateError && error.code !== "internal" && error.message.length > 0;
      assert.ok(told, `${what} with ${name}: ${any(error)?.stack}`);
      // What the engine says of a state or an option names in its sentence what must stand there.
      assert.ok(error.help || /must be/.test(error.message), `${what} with ${name} says what to do: ${error.message}`);
    }
  }
}

/** All options of a call, one after the other. @param {string} what @param {string[]} names @param {(options: any) => unknown} call @param {object} [besides] */
async function options(what, names, call, besides = {}) {
  await tried(what, call);
  for (const name of names) await tried(`${what}, ${name}`, (given) => call({ ...besides, [name]: given }));
}

const OPTIONS = ["stage", "onInvalid", "now", "events", "asOf", "state", "rest", "limit", "submissions", "open", "settle", "fields", "horizon"];

test("programs and lists are looked at", async () => {
  for (const { load } of [full, page, plain]) await tried("load", (given) => load(given));
  await options("load", ["lists"], (given) => full.load(program, given));
  await tried("load with a list", (given) => full.load(program, { lists: { free: given } }));
  await tried("loadList", (given) => full.loadList(given));
  await tried("listsOf", (given) => full.listsOf(given));
  await tried("needs", (given) => needs(given));
  for (const given of [undefined, null, 5, "LGP", Uint8Array.of(1, 2, 3, 4, 5), new Uint8Array()]) {
    if (!(given instanceof Uint8Array)) assert.throws(() => needs(any(given)), { name: "LeadgateError", code: "wrong-type", path: "program" });
    assert.throws(() => full.listsOf(any(given)), { name: "LeadgateError", code: given instanceof Uint8Array ? "not-a-program" : "wrong-type" });
    assert.throws(() => author.questionCells(any(given)), { name: "LeadgateError", code: given instanceof Uint8Array ? "not-a-program" : "wrong-type", path: "program" });
  }
  assert.equal(needs(slice), "plain");
  // A program that names no list, and one that asks nothing.
  assert.deepEqual(full.listsOf(program), []);
  const silent = author.compile("p.yaml", { "p.yaml": 'leadgate: 1\npolicy: p\nversion: "1"\nfields: { seats: { type: int } }\nroute: { outcomes: [a], default: a }\n' }).program;
  assert.ok(silent);
  assert.deepEqual(author.questionCells(silent), []);
});

for (const [build, policy] of /** @type {[string, any][]} */ ([["full", full.load(program)], ["page", page.load(slice)], ["plain", plain.load(slice)]])) {
  test(`${build}: leads and options are looked at`, async () => {
    for (const question of ["decide", "explain", "possible", "form", "next", "legal", "whatIf", "until", "due"]) {
      await tried(`${question} of a lead`, (given) => policy[question](given, { now }));
      await tried(`${question} of an answer`, (given) => policy[question]({ seats: given, company: given }));
      await options(question, OPTIONS, (given) => policy[question]({}, given), question === "legal" || question === "until" || question === "due" ? { now } : {});
    }
    await tried("open, a name", (given) => policy.next({}, { open: [given] }));
    await options("advance", OPTIONS, (given) => policy.advance({}, {}, given), { now });
    await options("advance by", ["event", "move", "reason", "by"], (given) => policy.advance({}, given, { now }));
    await options("decideMany", ["count", "now", "events", "stage", "state", "onInvalid"], (given) => policy.decideMany({}, given));
    await options("decideMany of columns", ["company"], (given) => policy.decideMany(given));
    await options("pin", ["stage", "owner", "by", "reason", "now"], (given) => policy.pin({}, given), { owner: "a", by: "b", now });
    await options("assign", ["lead", "state", "now", "absent", "onInvalid"], (given) => policy.assign("sdr_now", null, given));
    for (const question of ["migrate", "stays", "shadow", "assign"]) await tried(question, (given) => policy[question](given));
    await tried("returned", (given) => policy.returned("sdr_now", given, given));
    await tried("commit", (given) => policy.commit(given, given));
    await tried("sent", (given) => policy.sent(given, given, given));
    assert.throws(() => policy.next({}, { open: 5 }), { code: "wrong-option", path: "open" });
  });
}

test("what the page build does not have is refused, and not left out", () => {
  const policy = any(plain.load(slice));
  for (const question of ["decideMany", "advance", "legal", "migrate", "pin", "stays", "due", "commit", "sent", "until", "whatIf", "shadow", "assign", "returned"]) {
    assert.throws(() => policy[question]({}), { name: "LeadgateError", code: "not-in-build", message: new RegExp(`\`${question}\``), help: /leadgate/ });
  }
  assert.throws(() => policy.form({}, { state: { stage: "mql" }, now }), { code: "not-in-build", path: "state" });
  assert.throws(() => policy.form({}, { stage: "elsewhere" }), { code: "unknown-stage", path: "stage" });
});

test("a count beyond all room is refused as a count", () => {
  const policy = full.load(program);
  for (const count of [1e12, 2 ** 53 - 1]) assert.throws(() => policy.decideMany({}, { count }), { name: "LeadgateError", code: "wrong-column", path: "count" });
});

test("minus nought is nought in an identity key", () => {
  const compiled = author.compile("p.yaml", { "p.yaml": 'leadgate: 1\npolicy: p\nversion: "1"\nfields: { n: { type: int }, d: { type: double } }\nidentity: [[n], [d]]\nroute: { outcomes: [a], default: a }\n' });
  assert.ok(compiled.program, JSON.stringify(compiled.diagnostics));
  // deepStrictEqual tells -0 from 0.
  for (const { load } of [full, plain]) assert.deepEqual(load(compiled.program).decide({ n: -0, d: -0 }).identity, [[["n", 0]], [["d", 0]]]);
});

test("documents are looked at", async () => {
  // A forecast of the large one takes seconds.
  const { program: short } = author.compile("p.yaml", { "p.yaml": 'leadgate: 1\npolicy: p\nversion: "1"\nfields: { seats: { type: int } }\nroute: { outcomes: [a, b], rows: [{ id: r, when: { seats: ">= 5" }, to: a }], default: b }\nask: { settle: route, questions: [{ field: seats, label: Seats, prior: { "1": 50, "9": 50 } }] }\n' });
  assert.ok(short);
  for (const read of [author.check, author.compile, author.study]) {
    await tried("a path", (given) => read(given, files));
    await tried("files", (given) => read("p.yaml", given));
    await tried("a file", (given) => read("p.yaml", { "p.yaml": given }));
  }
  await tried("format", (given) => author.format(given));
  await tried("cel", (given) => author.cel(given));
  await options("forecast", ["known", "stage", "submissions"], (given) => author.forecast(short, given));
  await tried("a program to forecast", (given) => author.forecast(given));
});

test("what is told in words is looked at", async () => {
  const certificate = { goal: "route", comesTo: ["sales"], remaining: [{ field: "seats", why: "idle" }], scores: { fit: [0, 3] } };
  for (const tell of [certificates.certificateLines, certificates.certificateText]) {
    await options("a certificate", Object.keys(certificate), (given) => tell(given), certificate);
    await options("a certificate's style", ["locale", "field", "value", "score"], (given) => tell(any(certificate), given));
    assert.throws(() => tell(any(null)), { name: "LeadgateError", code: "wrong-type", path: "certificate", help: /next/ });
    assert.throws(() => tell(any(certificate), any({ field: 5 })), { code: "wrong-type", path: "style.field" });
    // What the caller's own function throws is the caller's.
    assert.throws(() => tell(any(certificate), { field: refuse }), TypeError);
  }
  assert.equal(certificates.certificateText(any(certificate), any(null)), certificates.certificateText(any(certificate)));
  const forecast = { everything: { friction: 3 }, plan: { questions: 2, friction: 2 }, floor: 1, questions: [{ field: "seats", shown: 1, asked: 0.5, settles: 0.5 }], settled: 0 };
  assert.match(adviceText(any(forecast)), /saves 33 %/);
  await options("a forecast", Object.keys(forecast), (given) => adviceText(given), forecast);
  await options("an advice's style", ["locale", "field"], (given) => adviceText(any(forecast), given));
});

test("receipts and claims are looked at", async () => {
  const json = await receipts.generateKeys();
  const ring = await receipts.importKeys(json);
  for (const read of [receipts.importKeys, receipts.rotateKeys, receipts.publicKeys]) {
    await options("keys", Object.keys(json), (given) => read(given), json);
    await tried("a key", (given) => read(any({ ...json, keys: { x: given } })));
  }
  const policy = full.load(program);
  const decided = { policy, lead: { company: "a" }, now };
  await options("signReceipt", ["policy", "lead", "state", "events", "now", "onInvalid", "slice", "decision", "id"], (given) => receipts.signReceipt(given, ring), decided);
  await options("a ring", ["current", "keys", "macCurrent", "macKeys"], (given) => receipts.signReceipt(decided, given), ring);
  const text = await receipts.signReceipt(decided, ring);
  await tried("openReceipt", (given) => receipts.openReceipt(given, ring));
  await options("openReceipt's ring", ["keys"], (given) => receipts.openReceipt(text, given), ring);
  await options("verify", ["policy", "lead", "state", "events", "now", "slice", "keys"], (given) => receipts.verify(text, given), { ...decided, keys: ring });
  await tried("verify", (given) => receipts.verify(given, { ...decided, keys: ring }));
  const page_ = page.load(slice);
  await tried("a slice", (given) => receipts.makeClaim(given, {}, { now }));
  await tried("a lead to claim", (given) => receipts.makeClaim(page_, given, { now }));
  await options("makeClaim", ["now", "shown"], (given) => receipts.makeClaim(page_, {}, given), { now });
  const claim = receipts.makeClaim(page_, { company: "a" }, { now });
  await options("a claim", Object.keys(claim), (given) => receipts.verifyClaim(given, { ...decided, slice: page_ }), claim);
  await options("verifyClaim", ["policy", "slice", "lead", "now", "state", "onInvalid", "decision", "skew"], (given) => receipts.verifyClaim(claim, given), { ...decided, slice: page_ });
});

test("forms are looked at", async () => {
  const policy = plain.load(slice);
  for (const [name, given] of GIVEN) if (name !== "throws") assert.throws(() => forms.startForm(any(given)), { name: "LeadgateError", code: "wrong-type", path: "policy" });
  await options("startForm", ["facts", "pageSize", "visitLimit", "submissions", "open", "stage", "first", "consent", "known"], (given) => {
    const form = forms.startForm(policy, given);
    form.answer("company", "x");
    return [form.page, form.settled, form.submission, form.forward(), form.save()];
  });
  await tried("what is known", (given) => forms.startForm(policy, { known: { company: given } }).save());
  const form = () => forms.startForm(policy);
  await tried("a field", (given) => form().answer(given, "x"));
  await tried("an answer", (given) => { const begun = form(); begun.answer("company", given); return [begun.page, begun.fault("company"), begun.save()]; });
  await options("an answer from", ["source", "consent"], (given) => form().answer("company", "x", given));
  for (const ask of /** @type {const} */ (["said", "standing", "fault", "show"])) await tried(ask, (given) => form()[ask](given));
  const saved = form().save();
  await options("a saved form", Object.keys(saved), (given) => forms.resumeForm(given, policy), saved);
  assert.throws(() => forms.resumeForm(saved, any(null)), { name: "LeadgateError", code: "wrong-type", path: "policy" });
  await options("resumeForm", ["newVisit", "facts", "known"], (given) => forms.resumeForm(saved, policy, given));
  await tried("what a control says", (given) => forms.answerOf(given, { name: "company", type: "string" }));
  assert.throws(() => forms.answerOf("x", any(null)), { name: "LeadgateError", code: "wrong-type" });
});
