// Forms without script, and what they are answered.

import assert from "node:assert/strict";
import { load } from "leadgate";
import { TEXTS } from "../../../www/edge/texts.mjs";
import { count, person, post, postForm, sendingOf, stringsOf, turns } from "./edge.mjs";

/** @param {import("./edge.mjs").On} on @param {import("./edge.mjs").Environment} environment */
export function forms(on, environment) {
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
}
