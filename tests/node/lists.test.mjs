// Large lists: 121,570 throw-away domains, exactly found, in a program and in a file that programs share.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { listsOf, load, loadList } from "leadgate";
import { compile } from "leadgate/author";
import * as page from "leadgate/page";

const require = createRequire(import.meta.url);
/** @type {string[]} */
const names = require("disposable-email-domains/index.json");
/** @type {string[]} */
const wildcards = require("disposable-email-domains/wildcard.json");

/** @param {string} list what follows `file` @param {string} [policy] */
const document = (list, policy = "lists") => `
leadgate: 1
policy: ${policy}
version: "1"
fields: { domain: { type: string } }
lists: { listed: { file: listed.txt, ${list} } }
route: { outcomes: [listed, other], rows: [{ id: listed, when: domain in lists.listed, to: listed }], default: other }
`;

/** @param {string} list @param {string[]} lines @param {string} [policy] */
function compiled(list, lines, policy) {
  const { program, lists, diagnostics } = compile("policy.yaml", { "policy.yaml": document(list, policy), "listed.txt": lines.join("\n") });
  assert.deepEqual(diagnostics, []);
  assert.ok(program);
  return { program, lists };
}

/** @param {import("leadgate").Policy} policy @param {string[]} domains */
function found(policy, domains) {
  const { values, codes } = policy.decideMany({ domain: domains }).outcome;
  return Array.from(codes, (code) => values[code] === "listed");
}

/** Names that are nearly in the list. @param {string} name */
const near = (name) => [`a${name}`, `${name}a`, name.slice(0, -1), `x.${name}`, name.slice(name.indexOf(".") + 1), name.replace(".", "-")];

test("every name is found and no other, in a program of at most 1.2 MB", (t) => {
  const known = new Set(names);
  const others = names.flatMap(near).filter(Boolean);
  const { program } = compiled("match: exact", names);
  t.diagnostic(`${names.length} names, ${program.length} bytes of program`);
  assert.ok(program.length <= 1_200_000);
  const policy = load(program);
  assert.ok(found(policy, names).every(Boolean));
  found(policy, others).forEach((is, at) => assert.equal(is, known.has(others[at]), others[at]));
});

test("with match: domain the names below are found as well", (t) => {
  const all = [...names, ...wildcards];
  const known = new Set(all);
  const within = (/** @type {string} */ name) => name.split(".").some((_, at, labels) => known.has(labels.slice(at).join(".")));
  const others = all.flatMap((name) => [...near(name), `a.b.${name}`]).filter(Boolean);
  const { program } = compiled("match: domain", all);
  t.diagnostic(`${known.size} names, ${program.length} bytes of program`);
  assert.ok(program.length <= 1_200_000);
  const policy = load(program);
  assert.ok(found(policy, all).every(Boolean));
  found(policy, others).forEach((is, at) => assert.equal(is, within(others[at]), others[at]));
});

test("programs share a list that stands in a file of its own", () => {
  const one = compiled("match: domain, detached: true", names, "one");
  const other = compiled("match: domain, detached: true", names, "other");
  assert.ok(one.program.length < 1000 && other.program.length < 1000);
  assert.deepEqual(one.lists.listed, other.lists.listed);
  const list = loadList(one.lists.listed);
  assert.deepEqual(listsOf(one.program), [{ name: "listed", digest: list.digest }]);
  assert.ok(list.entries > 120_000);
  for (const { program } of [one, other]) {
    const policy = load(program, { lists: { listed: list } });
    assert.equal(policy.decide({ domain: `mail.${names[0]}` }).outcome, "listed");
    assert.equal(policy.decide({ domain: "acme.cn" }).outcome, "other");
  }
  // Its bytes will do, and freeing it takes it from nobody.
  const held = load(one.program, { lists: { listed: list } });
  list.free();
  assert.equal(held.decide({ domain: names[7] }).outcome, "listed");
  assert.equal(load(one.program, { lists: { listed: one.lists.listed } }).decide({ domain: names[7] }).outcome, "listed");
  assert.equal(load(one.program, { lists: { listed: list } }).decide({ domain: names[7] }).outcome, "listed");
});

test("a list that is missing, another, unknown or damaged is told", () => {
  const { program, lists } = compiled("detached: true", ["example.com"]);
  const another = compiled("detached: true", ["example.net"]).lists.listed;
  const damaged = lists.listed.slice();
  damaged[damaged.length - 1] ^= 1;
  const coded = (/** @type {string} */ code, /** @type {RegExp} */ message, path = "lists.listed") => ({ name: "LeadgateError", code, message, path });
  assert.throws(() => load(program), coded("missing-list", /needs the list `listed`/));
  assert.throws(() => load(program, { lists: {} }), coded("missing-list", /needs the list `listed`/));
  assert.throws(() => load(program, { lists: { listed: another } }), coded("another-list", /not the one/));
  assert.throws(() => load(program, { lists: { ...lists, more: another } }), coded("unknown-list", /no list `more`/, "lists.more"));
  assert.throws(() => load(program, { lists: { listed: damaged } }), { code: "program-digest" });
  assert.throws(() => loadList(program), { code: "not-a-list" });
  assert.throws(() => loadList(lists.listed.slice(0, 20)), { code: "program-truncated" });
  assert.throws(() => loadList(/** @type {any} */ ("list")), { code: "wrong-type" });
  assert.deepEqual(listsOf(compiled("match: domain", ["example.com"]).program), []);
  // For servers alone.
  assert.throws(() => page.load(program), { code: "program-capability" });
});
