// Nothing is lost and nothing is doubled: repeated sendings, the same person, breaks.

import assert from "node:assert/strict";
import { client, count, members, person, post, sendingOf, turns } from "./edge.mjs";

/** @param {import("./edge.mjs").On} on @param {import("./edge.mjs").Environment} environment */
export function once(on, environment) {
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
}
