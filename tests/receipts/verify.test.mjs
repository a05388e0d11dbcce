// Every difference between a receipt or a claim and what is so is named.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "leadgate";
import { compile } from "leadgate/author";
import { generateKeys, importKeys, makeClaim, openReceipt, publicKeys, rotateKeys, signReceipt, verify, verifyClaim } from "leadgate/receipts";
import { inbound } from "./inbound.mjs";

const { policy, slice } = inbound();
const json = await generateKeys();
const keys = await importKeys(json);
const now = "2026-11-21T09:00:00+08:00";
const form = { company: "滇池制造", mobile: "154 0013 9002", title: "采购经理", industry: "manufacturing", province: "云南省", source: "seo", main_need: "replace", project: "approved", budget: 30000, seats: { choice: "team" }, timeline_months: 2 };
/** The form, and what the host knows. */
const lead = { ...form, match: "none", "sdr.need": "clear", "sdr.authority": "recommends" };
const state = { stage: "lead" };
const receipt = await signReceipt({ policy, lead, state, now, slice: slice.describe().program }, keys);

/** @param {{ kind: string, path: string }[]} differences */
const named = (differences) => differences.map(({ kind, path }) => `${kind} ${path}`);
/** @param {Partial<import("leadgate/receipts").VerifyOptions>} [other] @param {string} [text] */
const differencesOf = async (other, text = receipt) => (await verify(text, { policy, lead, state, now, keys, ...other })).differences;

test("a receipt that is as it says has no difference", async () => {
  const { ok, receipt: told, differences } = await verify(receipt, { policy, lead, state, now: "2026-11-21T01:00:00Z", slice: slice.describe().program, keys });
  assert.deepEqual([ok, differences], [true, []]);
  assert.equal(told?.decision.outcome, "reseller");
  assert.equal(told?.decision.message, "partner");
});

test("each difference is named, and all of them", async () => {
  assert.deepEqual(named(await differencesOf({ lead: { ...lead, budget: 30001 } })), ["answer answers.budget"]);
  assert.deepEqual(named(await differencesOf({ lead: { ...lead, budget: 800000 } })), ["answer answers.budget", "decision decision.digest"]);
  assert.deepEqual(named(await differencesOf({ lead: { ...lead, seats: 30 } })), ["answer answers.seats"]);
  assert.deepEqual(named(await differencesOf({ lead: { ...lead, seats: 300 } })), ["answer answers.seats", "outcome decision.outcome", "message decision.message", "decision decision.digest"]);
  assert.deepEqual(named(await differencesOf({ lead: { ...lead, current_tool: "Excel" } })).slice(0, 1), ["answer answers.current_tool"]);
  const { title: _, ...untitled } = lead;
  assert.deepEqual(named(await differencesOf({ lead: untitled })).slice(0, 1), ["answer answers.title"]);
  assert.deepEqual(named(await differencesOf({ lead: { ...lead, industry: { value: "manufacturing", source: "record" } } })), ["answer answers.industry.source"]);
  assert.deepEqual(named(await differencesOf({ state: { stage: "mql" } })), ["state state.stage", "decision decision.digest"]);
  assert.deepEqual(named(await differencesOf({ now: "2026-11-21T09:00:01+08:00" })), ["time now"]);
  assert.deepEqual(named(await differencesOf({ slice: "0".repeat(64) })), ["program slice"]);
  const strangers = await importKeys(await generateKeys());
  assert.deepEqual(named(await differencesOf({ keys: strangers })), ["key kid", "key macKid"]);
  assert.deepEqual(named(await differencesOf({ keys: await importKeys(publicKeys(json)) })), ["key macKid"]);
  assert.deepEqual(named(await differencesOf({ keys: await importKeys(await rotateKeys(json)) })), []);
  assert.deepEqual(named(await differencesOf({}, "no receipt")), ["format receipt"]);
  const [header, payload, signature] = receipt.split(".");
  const other = await signReceipt({ policy, lead, state, now }, keys);
  assert.deepEqual(named(await differencesOf({}, [header, payload, other.split(".")[2]].join("."))), ["signature signature"]);
  assert.ok(signature);
  const all = await differencesOf({ lead: { ...lead, seats: 300 }, state: { stage: "mql" }, now: "2026-12-01T00:00:00Z", slice: "0".repeat(64) });
  assert.deepEqual(named(all), ["program slice", "state state.stage", "time now", "answer answers.seats", "outcome decision.outcome", "message decision.message", "decision decision.digest"]);
  for (const { message } of all) assert.match(message, /^[a-z].*[^.]$/);
});

test("a changed policy is named, and so is what changed with it", async () => {
  const secret = inbound((document) => document.replace("to: reseller,", "to: sales_desk,"));
  const changed = await differencesOf({ policy: secret.policy });
  assert.deepEqual(named(changed), ["program logic", "program program", "outcome decision.outcome", "message decision.message", "decision decision.digest"]);
  const renumbered = inbound((document) => document.replace("2026.11.1", "2026.11.2"));
  assert.deepEqual(named(await differencesOf({ policy: renumbered.policy })), ["program version", "program program"]);
});

test("answers that are not valid are decided as the receipt says", async () => {
  const broken = { ...lead, timeline_months: -1 };
  await assert.rejects(signReceipt({ policy, lead: broken, state, now }, keys), { code: "out-of-bounds" });
  const text = await signReceipt({ policy, lead: broken, state, now, onInvalid: "absent" }, keys);
  assert.deepEqual(named(await differencesOf({ lead: broken }, text)), []);
  assert.equal((await openReceipt(text, keys)).onInvalid, "absent");
  // A receipt from before, whose lead this policy refuses.
  assert.deepEqual(named(await differencesOf({ lead: broken })), ["answer answers.timeline_months", "outcome decision"]);
});

test("no slice signs or decides", async () => {
  await assert.rejects(signReceipt({ policy: slice, lead: form, now }, keys), { code: "provisional-program" });
  await assert.rejects(signReceipt({ policy, lead, now: "yesterday" }, keys), { code: "wrong-time" });
});

const claim = makeClaim(slice, form, { now });
/** @param {any} changed @param {Partial<import("leadgate/receipts").ClaimOptions>} [other] */
const claimed = (changed, other) => verifyClaim(changed, { policy, slice, lead, now, state, ...other });

test("an honest claim is no offence, whatever the secrets decide", () => {
  assert.deepEqual(claim, JSON.parse(JSON.stringify(claim)));
  assert.ok(claim.possible.length > 1 && claim.possible.includes("partner"), claim.possible.join());
  const { ok, message, differences } = claimed(claim);
  assert.deepEqual([ok, message, named(differences)], [true, "partner", ["secrets message"]]);
  // What the page showed is what came out.
  assert.deepEqual(claimed({ ...claim, shown: "partner" }), { ok: true, message: "partner", differences: [] });
  assert.deepEqual(named(claimed({ ...claim, shown: "thanks" }).differences), ["secrets message"]);
});

test("a settled claim agrees with the decision", () => {
  const nobody = { company: "东海" };
  const settled = makeClaim(slice, nobody, { now });
  assert.deepEqual(settled.possible, ["thanks"]);
  assert.deepEqual(verifyClaim(settled, { policy, slice, lead: nobody, now }), { ok: true, message: "thanks", differences: [] });
});

test("what is wrong with a claim is named, and all of it", () => {
  /** @param {any} changed @param {Partial<import("leadgate/receipts").ClaimOptions>} [other] */
  const offences = (changed, other) => {
    const { ok, differences } = claimed(changed, other);
    const found = named(differences.filter(({ kind }) => kind !== "secrets"));
    assert.equal(ok, found.length === 0);
    return found;
  };
  assert.deepEqual(offences({ ...claim, slice: "0".repeat(64) }), ["program slice"]);
  assert.deepEqual(offences({ ...claim, answers: { ...claim.answers, seats: { choice: "campus" } } }).slice(0, 1), ["answer answers.seats"]);
  assert.deepEqual(offences({ ...claim, now: "2026-11-21T09:06:00+08:00" }), ["time now"]);
  assert.deepEqual(offences({ ...claim, now: "2026-11-21T09:06:00+08:00" }, { skew: 600_000 }), []);
  assert.deepEqual(offences({ ...claim, now: "soon" }), ["time now"]);
  assert.deepEqual(offences({ ...claim, possible: claim.possible.filter((id) => id !== "partner") }), ["lie possible.partner"]);
  assert.deepEqual(offences({ ...claim, possible: [...claim.possible, "gold"] }), ["lie possible.gold"]);
  assert.deepEqual(offences({ ...claim, shown: "gold" }), ["lie shown"]);
  assert.deepEqual(offences({ ...claim, answers: { ...claim.answers, fit: 100 } })[0], "answer answers.fit");
  for (const strange of [null, "claim", {}, { ...claim, v: 2 }, { ...claim, possible: "soon" }, { ...claim, answers: [] }]) assert.deepEqual(offences(strange), ["format claim"]);
  assert.deepEqual(offences({ ...claim, slice: "0".repeat(64), now: "2026-12-01T00:00:00Z", answers: {} }).length, 2 + Object.keys(form).length);
});

test("a claim holds the answers to public questions, and nothing else", () => {
  const made = makeClaim(slice, { ...lead, industry: null }, { now: new Date("2026-11-21T01:00:00Z") });
  assert.deepEqual(Object.keys(made.answers).sort(), Object.keys(form).filter((name) => name !== "industry").sort());
  assert.equal(made.now, "2026-11-21T01:00:00.000Z");
});

test("a decision that rests on a lead's past is verified with that past", async () => {
  const { program } = compile("policy.yaml", { "policy.yaml": `
leadgate: 1
policy: past
version: "1"
fields: { seats: { type: int } }
events: { visit: {} }
scores: { heat: { range: [0, 100], rules: { visits: { each: visit, points: 40, within: 30d } } } }
stages: { list: { lead: {}, mql: {} }, moves: [{ id: qualify, from: lead, to: mql, event: qualified }] }
route: { outcomes: [hot, cold], rows: [{ id: hot, when: { heat: ">= 80" }, to: hot }], default: cold }
` });
  assert.ok(program);
  const live = load(program);
  const events = [{ type: "visit", at: new Date("2026-11-19T01:00:00Z") }, { type: "visit", at: "2026-11-20T01:00:00.000Z" }];
  const past = { state: { stage: "mql", since: "2026-11-01T00:00:00Z" }, events };
  const asked = { policy: live, lead: { seats: 5 }, now };
  const signed = await signReceipt({ ...asked, ...past }, keys);
  const told = await verify(signed, { ...asked, ...past, events: JSON.parse(JSON.stringify(events)), keys });
  assert.deepEqual([told.ok, told.receipt?.decision.outcome], [true, "hot"]);
  assert.deepEqual(named((await verify(signed, { ...asked, keys })).differences), ["state past"]);
  assert.deepEqual(named((await verify(signed, { ...asked, ...past, events: events.slice(1), keys })).differences), ["state past", "outcome decision.outcome", "decision decision.digest"]);
  assert.deepEqual(named((await verify(await signReceipt(asked, keys), { ...asked, ...past, keys })).differences), ["state state.stage", "state past", "outcome decision.outcome", "decision decision.digest"]);
  // As it was made already.
  const decision = live.decide(asked.lead, { now, ...past });
  assert.equal((await verify(await signReceipt({ ...asked, ...past, decision }, keys), { ...asked, ...past, keys })).ok, true);
});

test("notes stand as they stood, whatever was decided before and however the lead is stored", async () => {
  const stored = { yy: 1, source: "nowhere", zz: 2, email: "no address" };
  const signed = await signReceipt({ policy, lead: stored, now, onInvalid: "absent" }, keys);
  const { policy: again } = inbound();
  for (let at = 0; at < 1000; at += 1) again.decide({ email: `u${at}@a.example` }, { onInvalid: "absent" });
  assert.deepEqual((await verify(signed, { policy: again, lead: Object.fromEntries(Object.entries(stored).reverse()), now, keys })).differences, []);
});

test("a time that does not exist is signed by nobody", async () => {
  for (const moment of ["2026-02-31T09:00:00Z", "2026-01-01T24:00:00Z", "2026-13-01T00:00:00Z", "2026-11-21T09:00:60Z"]) {
    await assert.rejects(signReceipt({ policy, lead, now: moment }, keys), { code: "wrong-time" });
  }
});
