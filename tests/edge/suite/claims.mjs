// What a page claims, and what it is told.

import assert from "node:assert/strict";
import { load } from "leadgate";
import { importKeys, verify } from "leadgate/receipts";
import { keyedDigest } from "../../../www/edge/digests.mjs";
import { createReceipts } from "../../../www/edge/receipts.mjs";
import { count, person, post, sendingOf, turns } from "./edge.mjs";

/** @param {import("./edge.mjs").On} on @param {import("./edge.mjs").Environment} environment */
export function claims(on, environment) {
  on("a lead is decided again, kept once with its receipt, and given to a member", async (edge) => {
    const sending = sendingOf(environment, person());
    const { status, body } = await post(edge, sending);
    assert.equal(status, 200);
    assert.deepEqual(body.differences, []);
    assert.equal(body.verified, true);
    assert.ok(body.text.length > 10, "the message has words");
    const [lead] = await edge.sql("SELECT * FROM leads");
    assert.deepEqual([lead.id, lead.outcome, lead.queue, lead.member, lead.stage, lead.message], [sending.id, "sdr_now", "sdr_now", turns(environment, 1)[0], "lead", body.message]);
    const [submission] = await edge.sql("SELECT * FROM submissions");
    assert.deepEqual([submission.lead, submission.verified], [sending.id, 1]);
    const { ok, receipt, differences } = await verify(submission.receipt, { policy: load(environment.compiled.program), lead: /** @type {import("leadgate").Lead} */ (sending.answers), keys: await importKeys(edge.keys.receipts) });
    assert.deepEqual([ok, differences, receipt?.decision.outcome], [true, [], "sdr_now"]);
    assert.deepEqual(JSON.parse(submission.answers), sending.answers);
    assert.equal(await count(edge, "leads"), 1);
    // What the visitor has is that receipt, sealed.
    const receipts = createReceipts(edge.keys, keyedDigest(edge.keys.digests));
    assert.equal(await receipts.unseal(body.receipt), submission.receipt);
    assert.equal(await receipts.unseal(body.receipt.replace(/.$/, (/** @type {string} */ last) => (last === "A" ? "B" : "A"))), undefined);
    assert.equal(await receipts.unseal(submission.receipt), undefined);
  });

  on("a visitor is told a message: no score, stage, route, queue or member, not in the receipt either", async (edge) => {
    const { body } = await post(edge, sendingOf(environment, person()));
    const receipt = body.receipt.split(".").map((/** @type {string} */ part) => Buffer.from(part, "base64url").toString("latin1")).join("\n");
    const told = JSON.stringify(body) + receipt;
    const policy = load(environment.compiled.program).describe();
    const secrets = [...policy.outcomes, ...policy.queues.flatMap((queue) => queue.members), ...policy.scores.map(({ name }) => name), "screened", "stage", "member"];
    assert.deepEqual(secrets.filter((word) => new RegExp(`\\b${word}\\b`).test(told)), []);
  });

  on("a page that claims another outcome is told so, and its lead is decided by the edge", async (edge) => {
    const sending = sendingOf(environment, person());
    const { status, body } = await post(edge, { ...sending, claim: { ...sending.claim, possible: ["made_up"] } });
    assert.equal(status, 200);
    assert.equal(body.verified, false);
    const honest = sending.claim.possible;
    assert.deepEqual(body.differences.map((/** @type {any} */ { code, path }) => [code, path]), [["lie", "possible.made_up"], ...honest.map((id) => ["lie", `possible.${id}`])]);
    const [lead] = await edge.sql("SELECT outcome, message FROM leads");
    assert.deepEqual([lead.outcome, lead.message], ["sdr_now", body.message]);
    assert.equal((await edge.sql("SELECT verified FROM submissions"))[0].verified, 0);
  });

  on("a claim about other answers or another time is named", async (edge) => {
    const sending = sendingOf(environment, person());
    const other = await post(edge, { ...sending, claim: { ...sending.claim, answers: { ...sending.answers, seats: 900 } } });
    assert.deepEqual(other.body.differences[0].code, "answer");
    assert.equal(other.body.differences[0].path, "answers.seats");
    const late = sendingOf(environment, person());
    const { body } = await post(edge, { ...late, claim: { ...late.claim, now: Date.now() - 90 * 24 * 3600 * 1000 } });
    assert.deepEqual(body.differences.map((/** @type {any} */ { code }) => code), ["time"]);
  });

  on("a page of an earlier program is told to load again, and its lead is kept", async (edge) => {
    const sending = sendingOf(environment, person());
    const { body } = await post(edge, { ...sending, claim: { ...sending.claim, slice: "00".repeat(32) } });
    assert.deepEqual([body.verified, body.reload, body.differences.map((/** @type {any} */ { code }) => code)], [false, true, ["program"]]);
    assert.equal(await count(edge, "leads"), 1);
  });

  on("claims of any shape are refused as claims and nothing else", async (edge) => {
    for (const claim of [7, "x", [], { v: 2 }, { v: 1 }, { v: 1, slice: { a: 1 }, possible: "all", now: {} }]) {
      const { status, body } = await post(edge, { ...sendingOf(environment, person()), claim });
      assert.deepEqual([status, body.verified], [200, false], JSON.stringify(claim));
    }
    assert.equal(await count(edge, "leads"), 6);
  });

  for (const [what, answers] of /** @type {[string, Record<string, unknown>][]} */ ([
    ["a field that the host looks up", { "sales.accepted": true }],
    ["the duplicate check", { match: "none" }],
    ["a field that there is none of", { score: 100 }],
    ["`__proto__`", JSON.parse('{"__proto__": {"seats": 5}}')],
    ["an answer from a record", { budget: { value: 900000, source: "record" } }],
    ["a value in an object", { budget: { value: 900000 } }],
    ["a list", { seats: [20] }],
    ["a wrong type", { seats: "many" }],
    ["a number out of bounds", { seats: 0 }],
    ["a choice that there is none of", { seats: { choice: "huge" } }],
    ["half of a surrogate pair", { name: "\ud800" }],
  ])) {
    on(`${what} is refused, and nothing is kept`, async (edge) => {
      const sending = sendingOf(environment, person(answers), { claim: undefined });
      const { status, body } = await post(edge, sending).catch(() => ({ status: 0, body: null }));
      assert.equal(status, 422);
      assert.equal(body.errors.length, 1);
      assert.equal(body.errors[0].path, Object.keys(answers)[0]);
      assert.equal(await count(edge, "leads"), 0);
    });
  }
}
