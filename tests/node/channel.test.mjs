// The channel kit over all of GA4's sources, and fed by what a page reads.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { load } from "leadgate";
import { compile } from "leadgate/author";
import { visitOf } from "leadgate/visit";
import { parseCsv } from "../../scripts/csv.mjs";

const folder = new URL("../../policies/channel/", import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, folder), "utf8");
const { program } = compile("policy.yaml", { "policy.yaml": read("policy.yaml"), ...Object.fromEntries(readdirSync(new URL("lists/", folder)).map((name) => [`lists/${name}`, read(`lists/${name}`)])) });
const policy = load(/** @type {Uint8Array} */ (program));
const channelOf = (/** @type {import("leadgate").Lead} */ lead) => policy.decide(lead).tables.channel;

const published = parseCsv(read("lists/ga4-sources.csv"));
/** @type {Record<string, [unpaid: string, paid: string]>} */
const channels = {
  SOURCE_CATEGORY_SEARCH: ["Organic Search", "Paid Search"], SOURCE_CATEGORY_SOCIAL: ["Organic Social", "Paid Social"],
  SOURCE_CATEGORY_VIDEO: ["Organic Video", "Paid Video"], SOURCE_CATEGORY_SHOPPING: ["Organic Shopping", "Paid Shopping"],
};

test("every published source comes out as its category says, unpaid and paid", () => {
  assert.equal(published.length, 819);
  const wrong = published.filter(({ source, source_category }) => {
    const [unpaid, paid] = channels[source_category];
    return channelOf({ utm_source: source }) !== unpaid || channelOf({ utm_source: source, utm_medium: "cpc" }) !== paid;
  });
  assert.deepEqual(wrong, []);
});

test("the platforms repeat what is published and contradict none of it", () => {
  const categories = new Map(published.map(({ source, source_category }) => [source.toLowerCase(), source_category]));
  const platforms = parseCsv(read("lists/platforms.csv"));
  const wrong = platforms.filter(({ source, category }) => categories.has(source) && categories.get(source) !== `SOURCE_CATEGORY_${category.toUpperCase()}`);
  assert.deepEqual(wrong, []);
  assert.ok(platforms.some(({ source }) => !categories.has(source)));
  assert.equal(new Set(platforms.map(({ source }) => source)).size, platforms.length);
});

test("what a page reads is decided as it stands", () => {
  /** @type {[url: string, referrer: string, channel: string][]} */
  const visits = [
    ["https://acme.cn/?utm_source=%E7%9F%A5%E4%B9%8E&utm_medium=%E5%9B%9E%E7%AD%94", "", "Organic Social"],
    ["https://acme.cn/?bd_vid=8123", "https://www.baidu.com/", "Paid Search"],
    ["https://acme.cn/pricing", "https://www.so.com/s?q=crm", "Organic Search"],
    ["https://acme.cn/pricing", "https://link.zhihu.com/?target=x", "Organic Social"],
    ["https://acme.cn/pricing", "https://acme.cn/", "Direct"],
    [`https://acme.cn/?utm_source=baidu&utm_medium=cpc&utm_term=${"x".repeat(9000)}`, "", "Paid Search"],
  ];
  for (const [url, referrer, channel] of visits) assert.equal(channelOf({ ...visitOf(url, referrer) }), channel, url);
});

test("every field of a visit is one of the policy's", () => {
  const fields = policy.describe().fields;
  const kinds = fields.find(({ name }) => name === "click_id")?.values ?? [];
  assert.deepEqual([...kinds].sort(), parseCsv(read("lists/click-ids.csv")).map(({ click_id }) => click_id).sort());
  for (const kind of kinds) assert.equal(visitOf(`https://acme.cn/?${kind}=1`).click_id, kind);
});
