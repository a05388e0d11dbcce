// What the edge promises, wherever it runs. Each suite of an environment runs all of it.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { load } from "leadgate";
import { importKeys, verify } from "leadgate/receipts";
import { keyedDigest } from "../../www/edge/digests.mjs";
import { createReceipts } from "../../www/edge/receipts.mjs";
import { TEXTS } from "../../www/edge/texts.mjs";

/**
 * @typedef {object} Edge one that runs, with a database of its own
 * @property {(path: string, init?: RequestInit) => Promise<Response>} fetch as a client of its own
 * @property {(sql: string, ...values: unknown[]) => Promise<any[]>} sql
 * @property {() => string[]} lines of the log
 * @property {import("../../www/edge/edge.mjs").Keys} keys
 * @property {() => Promise<void>} close
 *
 * @typedef {object} Environment
 * @property {() => Promise<Edge>} open
 * @property {import("../../www/edge/policy.mjs").Compiled} compiled
 */

let mobile = 15400100000;

/** Answers that lead into the queue `sdr_now`: somebody new each time. @param {Record<string, unknown>} [more] */
export function person(more = {}) {
  mobile += 1;
  return {
    company: `浦江软件 ${mobile}`, mobile: `${mobile}`, title: "产品经理", industry: "internet", province: "上海", source: "sem", main_need: "compare", project: "none", seats: 20, vendors_met: 3, ...more,
  };
}

/** A sending, with what a page that is honest claims. @param {Environment} environment @param {Record<string, unknown>} answers @param {Record<string, unknown>} [more] */
export function sendingOf({ compiled }, answers, more = {}) {
  const slice = load(compiled.slice);
  const { program, fields } = slice.describe();
  // The page knows what the slice has; the rest of what is typed goes to the edge alone.
  const shown = Object.fromEntries(Object.entries(answers).filter(([name]) => fields.some((field) => field.name === name)));
  const possible = () => slice.possible(/** @type {import("leadgate").Lead} */ (shown), { rest: "absent", onInvalid: "absent" }).outcomes;
  const claim = { v: 1, slice: program, now: Date.now(), possible: possible() };
  return { id: randomUUID(), answers, claim, locale: "en", hp: "", ...more };
}

/** @param {Edge} edge @param {unknown} body @param {Record<string, string>} [headers] */
export async function post(edge, body, headers = {}) {
  const response = await edge.fetch("/api/leads", { method: "POST", headers: { "content-type": "application/json", ...headers }, body: typeof body === "string" ? body : JSON.stringify(body) });
  return { status: response.status, headers: response.headers, body: /** @type {any} */ (await response.json()) };
}

/** @param {Edge} edge @param {Record<string, string>} fields @param {Record<string, string>} [headers] */
export async function postForm(edge, fields, headers = {}) {
  const response = await edge.fetch("/leads", { method: "POST", redirect: "manual", headers: { "content-type": "application/x-www-form-urlencoded", ...headers }, body: `${new URLSearchParams(fields)}` });
  return { status: response.status, location: response.headers.get("location"), text: await response.text() };
}

const count = async (/** @type {Edge} */ edge, /** @type {string} */ table) => Number((await edge.sql(`SELECT count(*) AS count FROM ${table}`))[0].count);
const members = async (/** @type {Edge} */ edge) => (await edge.sql("SELECT member FROM leads WHERE queue = 'sdr_now' ORDER BY rowid")).map(({ member }) => member);

/** The members that a queue gives to so many leads. @param {Environment} environment @param {number} leads */
function turns({ compiled }, leads) {
  const policy = load(compiled.program);
  const taken = [];
  for (let state; taken.length < leads;) {
    const assigned = policy.assign("sdr_now", state);
    taken.push(assigned.member ?? "nobody");
    state = assigned.state;
  }
  return taken;
}

/** @param {string} where @param {Environment} environment */
export function edgeSuite(where, environment) {
  /** @param {string} name @param {(edge: Edge) => Promise<void>} body */
  const on = (name, body) => test(`${where}: ${name}`, async () => {
    const edge = await environment.open();
    try {
      await body(edge);
    } finally {
      await edge.close();
    }
  });

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

  on("the same sending again is answered as before and kept once", async (edge) => {
    const sending = sendingOf(environment, person());
    const first = await post(edge, sending);
    const again = await post(edge, sending);
    assert.deepEqual([again.status, again.body], [200, first.body]);
    assert.deepEqual([await count(edge, "leads"), await count(edge, "submissions")], [1, 1]);
    // The next person is the second in turn: the repetition took nobody's.
    await post(edge, sendingOf(environment, person()));
    assert.deepEqual(await members(edge), turns(environment, 2));
  });

  on("another sending under a used id is refused and learns nothing", async (edge) => {
    const sending = sendingOf(environment, person());
    const { body } = await post(edge, sending);
    const other = await post(edge, { ...sending, answers: person() });
    assert.equal(other.status, 409);
    assert.ok(!JSON.stringify(other.body).includes(body.receipt));
    assert.equal(await count(edge, "leads"), 1);
  });

  on("one sending twenty times at once is one lead and one turn", async (edge) => {
    const sending = sendingOf(environment, person());
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => post(edge, sending, client(at))));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    assert.equal(new Set(answers.map(({ body }) => body.receipt)).size, 1);
    assert.deepEqual([await count(edge, "leads"), await count(edge, "submissions")], [1, 1]);
    for (let next = 0; next < 4; next += 1) await post(edge, sendingOf(environment, person()));
    assert.deepEqual(await members(edge), turns(environment, 5));
  });

  on("one person twenty times at once is one lead with one member", async (edge) => {
    const answers = person();
    const sent = await Promise.all(Array.from({ length: 20 }, (_, at) => post(edge, sendingOf(environment, answers, { claim: undefined }), client(at))));
    assert.deepEqual(new Set(sent.map(({ status }) => status)), new Set([200]));
    assert.deepEqual([await count(edge, "leads"), await count(edge, "submissions")], [1, 20]);
    const [first] = await members(edge);
    for (let next = 0; next < 9; next += 1) await post(edge, sendingOf(environment, person()), client(next));
    // Whoever has the person had this turn of all; the other turns are taken as if nobody else had asked.
    const given = await members(edge);
    assert.equal(given[0], first);
    assert.deepEqual([...given].sort(), [...turns(environment, 10)].sort());
  });

  on("different people at once are all kept, and share the members exactly", async (edge) => {
    const sent = await Promise.all(Array.from({ length: 10 }, (_, at) => post(edge, sendingOf(environment, person()), client(at))));
    assert.deepEqual(new Set(sent.map(({ status }) => status)), new Set([200]));
    assert.deepEqual((await members(edge)).sort(), turns(environment, 10).sort());
  });

  on("the same person again keeps route and member, and adds what is new", async (edge) => {
    const answers = person();
    await post(edge, sendingOf(environment, answers));
    const [before] = await edge.sql("SELECT * FROM leads");
    // The mobile number in another notation, and another way to reach them.
    const { status } = await post(edge, sendingOf(environment, { company: answers.company, mobile: `+86 ${answers.mobile}`, email: "new@pujiang.example", source: "seo", seats: 500, timeline_months: 3 }));
    assert.equal(status, 200);
    const [after, ...others] = await edge.sql("SELECT * FROM leads");
    assert.equal(others.length, 0);
    assert.deepEqual([after.id, after.outcome, after.queue, after.member, after.version], [before.id, before.outcome, before.queue, before.member, 2]);
    assert.deepEqual(JSON.parse(after.answers), { ...answers, email: "new@pujiang.example", source: "seo", seats: 500, timeline_months: 3 });
    assert.equal((await edge.sql("SELECT outcome FROM submissions ORDER BY rowid DESC"))[0].outcome, "screened:duplicate");
    // The address that came second tells the same person as well.
    await post(edge, sendingOf(environment, { company: answers.company, email: "NEW@pujiang.example", source: "seo" }));
    assert.deepEqual([await count(edge, "leads"), await count(edge, "submissions")], [1, 3]);
  });

  on("whoever knows an address changes and takes away nothing of its lead", async (edge) => {
    const answers = person({ email: "wang@jia.example", name: "王五", budget: 60000, project: "approved" });
    await post(edge, sendingOf(environment, answers));
    const declined = { declined: true };
    for (const taken of [
      { email: "wang@jia.example", company: "假公司", mobile: declined, name: declined, budget: declined },
      { email: "wang@jia.example", company: "假公司", mobile: "无", name: "赵六" },
      { mobile: answers.mobile, company: "假公司", email: "zhao@yi.example" },
    ]) {
      assert.equal((await post(edge, sendingOf(environment, taken, { claim: undefined }))).status, 200);
      assert.deepEqual((await edge.sql("SELECT answers FROM leads")).map((lead) => JSON.parse(lead.answers)), [answers]);
    }
    // Each is kept as it came.
    assert.equal(await count(edge, "submissions"), 4);
  });

  on("who declined at first may answer later", async (edge) => {
    const answers = person({ email: "wang@jia.example", name: { declined: true }, budget: { declined: true } });
    await post(edge, sendingOf(environment, answers));
    await post(edge, sendingOf(environment, { ...answers, name: "王五", budget: 60000 }));
    assert.deepEqual((await edge.sql("SELECT answers FROM leads")).map((lead) => JSON.parse(lead.answers)), [{ ...answers, name: "王五", budget: 60000 }]);
  });

  for (const nothing of ["没有手机", "无", "/", "none", "n/a 2", "没有1没有", "123"]) {
    on(`who writes \`${nothing}\` as their telephone and no address leaves no way to be reached`, async (edge) => {
      const { status, body } = await post(edge, sendingOf(environment, person({ mobile: nothing, email: undefined }), { claim: undefined }));
      assert.equal(status, 422);
      assert.deepEqual(body.errors.map((/** @type {any} */ { code, path }) => [code, path]), [["contact", "mobile"]]);
      assert.equal(await count(edge, "leads"), 0);
    });

    on(`different people who write \`${nothing}\` as their telephone are different leads`, async (edge) => {
      for (const at of [1, 2]) {
        const { status } = await post(edge, sendingOf(environment, person({ name: `张${at}`, email: `zhang${at}@jia${at}.example`, mobile: nothing })));
        assert.equal(status, 200);
      }
      assert.deepEqual([await count(edge, "leads"), await count(edge, "submissions")], [2, 2]);
      assert.equal((await edge.sql("SELECT key FROM identities")).length, 4, "each has an address, and a name at a company");
    });
  }

  on("what one person adds in several sendings at once is all kept", async (edge) => {
    const answers = person();
    await post(edge, sendingOf(environment, answers));
    const added = { timeline_months: 3, current_tool: "Excel", responsibility: "uses", situation: "own_system", name: "王敏" };
    const sent = await Promise.all(Object.entries(added).map(([field, value], at) => post(edge, sendingOf(environment, { company: answers.company, mobile: answers.mobile, [field]: value }), client(at))));
    assert.deepEqual(new Set(sent.map(({ status }) => status)), new Set([200]));
    const [lead] = await edge.sql("SELECT answers, version FROM leads");
    assert.deepEqual(JSON.parse(lead.answers), { ...answers, ...added });
    assert.equal(lead.version, 6);
  });

  on("who was screened is decided anew when they come again with better answers", async (edge) => {
    const answers = person();
    await post(edge, sendingOf(environment, { ...answers, title: "在读学生" }));
    assert.equal((await edge.sql("SELECT outcome, queue FROM leads"))[0].outcome, "screened:student");
    await post(edge, sendingOf(environment, answers));
    const leads = await edge.sql("SELECT outcome, queue, member, version FROM leads");
    assert.deepEqual(leads.map((lead) => ({ ...lead })), [{ outcome: "sdr_now", queue: "sdr_now", member: turns(environment, 1)[0], version: 2 }]);
  });

  on("a break between assignment and transaction loses nothing and doubles nothing", async (edge) => {
    const sending = sendingOf(environment, person());
    // The transaction fails at its second statement, when the rotation has already given the lead to a member.
    await edge.sql("ALTER TABLE changes RENAME TO changes_away");
    const broken = await post(edge, sending);
    assert.equal(broken.status, 503);
    assert.ok(Number(broken.headers.get("retry-after")) > 0);
    assert.deepEqual([await count(edge, "leads"), await count(edge, "submissions"), await count(edge, "identities")], [0, 0, 0]);
    await edge.sql("ALTER TABLE changes_away RENAME TO changes");
    assert.equal((await post(edge, sending)).status, 200);
    for (let next = 0; next < 4; next += 1) await post(edge, sendingOf(environment, person()));
    assert.deepEqual(await members(edge), turns(environment, 5));
  });

  on("every statement of the transaction may be the one that fails", async (edge) => {
    for (const table of ["leads", "submissions", "identities"]) {
      const sending = sendingOf(environment, person());
      await edge.sql(`CREATE TRIGGER broken BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
      assert.equal((await post(edge, sending)).status, 503, table);
      await edge.sql("DROP TRIGGER broken");
      assert.deepEqual([await count(edge, "leads"), await count(edge, "submissions"), await count(edge, "identities"), await count(edge, "changes")], [0, 0, 0, 0], table);
    }
  });

  on("a machine that fills in the hidden field is answered like anybody, and nothing is kept", async (edge) => {
    const { status, body } = await post(edge, sendingOf(environment, person(), { hp: "http://spam.example" }));
    const honest = await post(edge, sendingOf(environment, person()));
    assert.deepEqual([status, Object.keys(body), body.message], [200, Object.keys(honest.body), honest.body.message]);
    const form = await postForm(edge, { ...stringsOf(person()), hp: "x" });
    assert.equal(form.status, 303);
    assert.equal(await count(edge, "leads"), 1);
  });

  on("a form without script is decided alike", async (edge) => {
    const sent = await postForm(edge, { ...stringsOf(person()), locale: "zh", hp: "" });
    assert.equal(sent.status, 303);
    const { pathname, searchParams } = new URL(sent.location ?? "", "http://edge");
    const [lead] = await edge.sql("SELECT outcome, member, message FROM leads");
    assert.deepEqual([pathname, searchParams.get("m"), searchParams.get("lang")], ["/thanks", lead.message, "zh"]);
    assert.deepEqual([lead.outcome, lead.member], ["sdr_now", turns(environment, 1)[0]]);
    const thanks = await edge.fetch(sent.location ?? "");
    const page = await thanks.text();
    assert.match(page, /<html lang="zh-CN">/);
    const text = environment.compiled.texts.zh[`messages.${lead.message}`];
    assert.ok(text && page.includes(text), "the page says the message");
  });

  on("a form without script can decline a question", async (edge) => {
    assert.equal((await postForm(edge, { ...stringsOf(person()), budget: "~declined", locale: "en" })).status, 303);
    const [{ answers }] = await edge.sql("SELECT answers FROM leads");
    assert.deepEqual(JSON.parse(answers).budget, { declined: true });
  });

  on("a form that is sent twice without script is one sending", async (edge) => {
    const fields = { ...stringsOf(person()), locale: "en" };
    assert.equal((await postForm(edge, fields)).status, 303);
    assert.equal((await postForm(edge, fields)).status, 303);
    assert.deepEqual([await count(edge, "leads"), await count(edge, "submissions")], [1, 1]);
  });

  on("a form that cannot be taken asks in the form's order, with its choices, helps and marks", async (edge) => {
    const { text } = await postForm(edge, { main_need: "replace", budget: "~declined", mobile: "没有手机", locale: "en" });
    const names = [...text.matchAll(/<(?:input id="f-[^"]+"|input type="radio") name="([^"]+)"/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(names)], load(environment.compiled.program).describe().ask.questions.map(({ field }) => field));
    assert.deepEqual([...text.matchAll(/name="([^"]+)" value="([^"]+)" checked/g)].map(([, name, value]) => [name, value]), [["main_need", "replace"], ["budget", "~declined"]]);
    assert.match(text, /id="f-mobile" name="mobile" type="tel" autocomplete="tel" inputmode="tel" value="没有手机" aria-invalid="true" aria-describedby="h-mobile e-mobile"/);
    assert.match(text, /Which company are you with\? <span class="mark">needed<\/span>/);
  });

  on("a form that cannot be taken comes back with what was typed, as text", async (edge) => {
    const attack = '"><script>alert(1)</script>';
    const { status, text } = await postForm(edge, { ...stringsOf(person({ name: attack })), seats: "0", email: "nobody", locale: "en", utm_source: attack });
    assert.equal(status, 422);
    assert.ok(!text.includes("<script"), "nothing typed becomes markup");
    assert.ok(text.includes("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"), "what was typed is kept");
    assert.match(text, /aria-invalid="true"/);
    assert.equal(await count(edge, "leads"), 0);
    const zh = await postForm(edge, { ...stringsOf(person()), seats: "0", locale: "zh" });
    assert.match(zh.text, /数字过大或过小/);
  });

  for (const [what, fields, wrong] of /** @type {[string, Record<string, string>, Record<string, string>][]} */ ([
    ["nothing at all", {}, { company: "required", mobile: "contact" }],
    ["no way to reach the person", { company: "东海" }, { mobile: "contact" }],
    ["ways to reach the person that are blank", { company: "东海", mobile: " ", email: "\t" }, { mobile: "contact" }],
    ["ways to reach the person that are declined", { company: "东海", mobile: "~declined", email: "~declined" }, { mobile: "contact" }],
    ["no company, which is required", { mobile: "15400100000" }, { company: "required" }],
    ["a company that is declined", { company: "~declined", email: "wang@jia.example" }, { company: "required" }],
    ["several mistakes", { seats: "0", email: "nobody", budget: "-1" }, { seats: "out-of-bounds", email: "wrong-format", budget: "out-of-bounds", company: "required" }],
  ])) {
    for (const locale of /** @type {const} */ (["en", "zh"])) {
      on(`a form with ${what} comes back with all that is missing marked (${locale})`, async (edge) => {
        const { status, text } = await postForm(edge, { main_need: "compare", ...fields, locale });
        assert.equal(status, 422);
        const marked = Object.fromEntries([...text.matchAll(/<p class="error" id="e-([^"]+)">([^<]*)</g)].map(([, field, said]) => [field, said]));
        assert.deepEqual(marked, Object.fromEntries(Object.entries(wrong).map(([field, code]) => [field, TEXTS[locale].problems[code]])));
        assert.equal([...text.matchAll(/aria-invalid="true"/g)].length, Object.keys(wrong).length);
        assert.match(text, locale === "zh" ? /<html lang="zh-CN">/ : /<html lang="en">/);
        assert.equal(await count(edge, "leads"), 0);
      });
    }
  }

  on("a sending as JSON that is not complete is refused with all that is missing", async (edge) => {
    for (const [answers, wrong] of /** @type {[Record<string, unknown>, [string, string][]][]} */ ([
      [{}, [["required", "company"], ["contact", "mobile"]]],
      [{ company: "东海", mobile: " ", email: { declined: true } }, [["contact", "mobile"]]],
      [{ company: { declined: true }, mobile: "15400100000" }, [["required", "company"]]],
      [{ email: "nobody", seats: 0, score: 7 }, [["unknown-field", "score"], ["wrong-format", "email"], ["out-of-bounds", "seats"], ["required", "company"]]],
    ])) {
      const { status, body } = await post(edge, sendingOf(environment, answers, { claim: undefined }));
      assert.deepEqual([status, body.errors.map((/** @type {any} */ { code, path }) => [code, path])], [422, wrong]);
    }
    assert.equal(await count(edge, "leads"), 0);
  });

  on("a made-up message on the page of thanks is not repeated", async (edge) => {
    const page = await (await edge.fetch("/thanks?m=%3Cb%3Ehacked&lang=en")).text();
    assert.ok(!page.includes("hacked"));
    assert.match(page, /We have received your answers/);
  });

  on("bodies of the wrong type, size or form are refused", async (edge) => {
    const sending = sendingOf(environment, person());
    assert.equal((await post(edge, sending, { "content-type": "text/plain" })).status, 415);
    assert.equal((await post(edge, "{")).status, 400);
    assert.equal((await post(edge, "[]")).status, 400);
    assert.equal((await post(edge, "[".repeat(30_000))).status, 400);
    assert.equal((await post(edge, { ...sending, answers: { ...sending.answers, message: "x".repeat(40_000) } })).status, 413);
    assert.equal((await post(edge, { ...sending, id: "1" })).status, 422);
    assert.equal((await post(edge, { ...sending, queue: "sales_east" })).status, 422);
    assert.equal((await post(edge, sending, { "sec-fetch-site": "cross-site" })).status, 403);
    assert.equal((await edge.fetch("/leads", { method: "POST", headers: { "content-type": "multipart/form-data; boundary=x" }, body: "--x--" })).status, 415);
    assert.equal(await count(edge, "leads"), 0);
  });

  on("whoever sends too often has to wait; others do not", async (edge) => {
    const statuses = [];
    for (let sent = 0; sent < 14; sent += 1) statuses.push((await post(edge, "{", client(1))).status);
    assert.deepEqual(statuses.slice(0, 10), Array(10).fill(400));
    assert.ok(statuses.slice(10).includes(429), `${statuses}`);
    const { status, headers } = await post(edge, "{", client(1));
    assert.equal(status, 429);
    assert.ok(Number(headers.get("retry-after")) >= 1);
    assert.equal((await post(edge, "{", client(2))).status, 400);
  });

  on("the addresses of one network are one client", async (edge) => {
    const statuses = [];
    for (let at = 0; at < 14; at += 1) statuses.push((await post(edge, "{", { "cf-connecting-ip": `2001:db8:1:2::${at.toString(16)}` })).status);
    assert.ok(statuses.slice(10).includes(429), `${statuses}`);
    assert.equal((await post(edge, "{", { "cf-connecting-ip": "2001:db8:1:3::1" })).status, 400);
  });

  on("what is too large counts as well", async (edge) => {
    const statuses = [];
    for (let sent = 0; sent < 14; sent += 1) statuses.push((await post(edge, "x".repeat(40_000), client(1))).status);
    // Who is refused before the body is sent may have to send again, which counts as well: ten at most come through, and five at least.
    const refused = statuses.indexOf(429);
    assert.ok(refused >= 5, `${statuses}`);
    assert.deepEqual(statuses.slice(0, refused), Array(refused).fill(413));
  });

  on("a form that is refused as a whole is answered with a page in its language", async (edge) => {
    const form = "application/x-www-form-urlencoded";
    /** @param {string} body @param {Record<string, string>} headers @param {number} status @param {RegExp} says @param {"en" | "zh"} locale */
    const expect = async (body, headers, status, says, locale) => {
      const response = await edge.fetch("/leads", { method: "POST", redirect: "manual", headers: { "content-type": form, ...headers }, body });
      const text = await response.text();
      assert.equal(response.status, status);
      assert.match(response.headers.get("content-type") ?? "", /^text\/html/);
      assert.match(text, says);
      assert.match(text, locale === "zh" ? /<html lang="zh-CN">[^]*<a href="\/zh\/">/ : /<html lang="en">[^]*<a href="\/">/);
    };
    const person1 = `${new URLSearchParams({ ...stringsOf(person()) })}`;
    for (const [locale, other] of /** @type {["en" | "zh", string][]} */ ([["en", "zh-CN"], ["zh", "en-GB"]])) {
      const { sorry, busyTitle } = TEXTS[locale];
      const body = `locale=${locale}&${person1}`;
      const language = { "accept-language": other };
      await expect(body, { ...language, "sec-fetch-site": "cross-site" }, 403, new RegExp(sorry["cross-site"]), locale);
      const large = `${body}&message=${"x".repeat(40_000)}`;
      // As browsers do, which know how much they send.
      await expect(large, { ...language, "content-length": `${Buffer.byteLength(large)}` }, 413, new RegExp(sorry["too-large"]), locale);
      await edge.sql("ALTER TABLE changes RENAME TO changes_away");
      await expect(body, language, 503, new RegExp(sorry.unavailable), locale);
      await edge.sql("ALTER TABLE changes_away RENAME TO changes");
      const own = client(locale === "en" ? 101 : 102);
      for (let sent = 0; sent < 10; sent += 1) await postForm(edge, { locale }, own);
      await expect(body, { ...language, ...own }, 429, new RegExp(busyTitle), locale);
      // There is no form to read here.
      await expect("--x--", { "accept-language": locale, "content-type": "multipart/form-data; boundary=x" }, 415, new RegExp(sorry["wrong-content-type"]), locale);
    }
    assert.equal(await count(edge, "leads"), 0);
  });

  on("every response has its headers", async (edge) => {
    for (const path of ["/api/policy", "/api/nothing", "/thanks", "/edge.css", "/", "/nothing"]) {
      const { headers } = await edge.fetch(path);
      const policy = headers.get("content-security-policy") ?? "";
      assert.match(policy, /default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'/, path);
      assert.equal(headers.get("x-content-type-options"), "nosniff", path);
      assert.equal(headers.get("access-control-allow-origin"), null, path);
    }
    assert.equal((await post(edge, sendingOf(environment, person()))).headers.get("cache-control"), "no-store");
    const policy = /** @type {any} */ (await (await edge.fetch("/api/policy")).json());
    assert.deepEqual([policy.policy, policy.slice], ["saas-inbound", load(environment.compiled.slice).describe().program]);
  });

  on("the log holds nothing personal", async (edge) => {
    const marks = { name: "Marker Quux", company: "Markerfirma", mobile: "15400777123", email: "marker@quux.example", message: "Markertext" };
    const allowed = Object.fromEntries(Object.entries(marks).filter(([field]) => field !== "message"));
    await post(edge, sendingOf(environment, person(allowed)));
    await post(edge, sendingOf(environment, person({ ...allowed, seats: "Markertext" })));
    await post(edge, sendingOf(environment, person({ Markertext: 1 })));
    await post(edge, sendingOf(environment, person({ ...allowed, email: "marker@quux" })));
    await post(edge, `{"Markertext": `);
    await postForm(edge, { ...stringsOf(person(allowed)), seats: "Markertext", locale: "en" });
    await postForm(edge, { ...stringsOf(person(allowed)), hp: "Markertext" });
    await edge.sql("ALTER TABLE changes RENAME TO changes_away");
    await post(edge, sendingOf(environment, person({ ...allowed, mobile: "15400777124" })));
    await edge.sql("ALTER TABLE changes_away RENAME TO changes");
    // A database may quote in its errors what it was given.
    await edge.sql("CREATE TRIGGER broken BEFORE INSERT ON leads BEGIN SELECT RAISE(ABORT, 'cannot take Markertext'); END");
    await post(edge, sendingOf(environment, person({ ...allowed, mobile: "15400777125", email: "marker2@quux.example", name: "Marker Two" })));
    const log = edge.lines().join("\n");
    assert.match(log, /"event":"lead"/);
    assert.match(log, /"event":"error"/);
    assert.doesNotMatch(log, /marker|quux|15400777|127\.0\.0\.1|10\.0\.0\./i);
  });
}

/** Answers as a form sends them. @param {Record<string, unknown>} answers */
const stringsOf = (answers) => Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, `${value}`]));

/** A client with an address of its own. @param {number} at @returns {Record<string, string>} */
const client = (at) => ({ "cf-connecting-ip": `10.0.0.${at + 1}` });
