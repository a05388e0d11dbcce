// What is refused, limited and told to nobody.

import assert from "node:assert/strict";
import { load } from "leadgate";
import { TEXTS } from "../../../www/edge/texts.mjs";
import { client, count, person, post, postForm, sendingOf, stringsOf } from "./edge.mjs";

/** @param {import("./edge.mjs").On} on @param {import("./edge.mjs").Environment} environment */
export function refusals(on, environment) {
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
