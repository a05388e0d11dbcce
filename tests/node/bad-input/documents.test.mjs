// Documents that are none, or that are made to hurt: diagnostics or a typed error, in bounded time, and never a trap.

import assert from "node:assert/strict";
import { test } from "node:test";
import { check, compile, format } from "leadgate/author";
import { load } from "leadgate";
import { document, programOf, refuses } from "./policy.mjs";

const head = 'leadgate: 1\npolicy: p\nversion: "1"\n';
const withCondition = (/** @type {string} */ condition) => `${head}fields: { a: { type: bool }, n: { type: int } }\nderive:\n  d: '${condition}'\nscores: { s: { range: [0, 1], rules: { r: { when: "known(d)", points: 1 } } } }\n`;
const bomb = `${head}a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 20 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(10).fill(`*a${at}`).join(", ")}]`).join("\n")}\n`;
const encoder = new TextEncoder();

/** Documents with errors. @type {[name: string, content: string | Uint8Array][]} */
const broken = [
  ["nothing", ""],
  ["white space", " \n\n"],
  ["a byte order mark alone", "\ufeff"],
  ["a comment", "# nothing\n"],
  ["a scalar", "42"],
  ["a list", "- a\n- b\n"],
  ["JSON that breaks off", '{"leadgate": 1, "policy": '],
  ["10,000 brackets", "[".repeat(10_000)],
  ["10,000 braces", "{a: ".repeat(10_000)],
  ["10,000 pairs of brackets", "[".repeat(10_000) + "]".repeat(10_000)],
  ["10,000 levels of indentation", Array.from({ length: 10_000 }, (_, at) => `${" ".repeat(at)}a:`).join("\n")],
  ["10,000 dashes", "- ".repeat(10_000)],
  ["10,000 question marks", "? ".repeat(10_000)],
  ["one level more than is allowed", `${head}fields: ${"[".repeat(101)}${"]".repeat(101)}\n`],
  ["an alias bomb", bomb],
  ["17 MB", `${head}# ${"x".repeat(17 << 20)}\n`],
  ["bytes that are not UTF-8", Uint8Array.of(0x6c, 0x65, 0xff, 0xfe, 0x00)],
  ["GBK", Uint8Array.of(0x61, 0x3a, 0x20, 0xc9, 0xcf, 0xba, 0xa3)],
  ["NUL bytes", `${head}fields: { a\u0000b: { type: bool } }\n`],
  ["a merge of itself", "a: &a\n  <<: *a\n"],
  ["an unknown alias", `${head}fields: *nothing\n`],
  ["keys named `__proto__`", `${head}__proto__: { a: 1 }\nconstructor: 1\nfields: { a: { type: bool, __proto__: 1 } }\n`],
  ["a missing list", `${head}fields: { a: { type: string } }\nlists: { l: { file: lost.txt } }\n`],
  ["a path that leaves the folder", `${head}fields: { a: { type: string } }\nlists: { l: { file: ../../etc/passwd } }\n`],
  ["an absolute path", `${head}fields: { a: { type: string } }\nlists: { l: { file: /etc/passwd } }\n`],
  ["a path with a drive", `${head}fields: { a: { type: string } }\nlists: { l: { file: 'C:\\\\secret.txt' } }\n`],
  ["an address for a path", `${head}fields: { a: { type: string } }\nlists: { l: { file: "https://lists.example/l.txt" } }\n`],
  ["10,000 brackets in a condition", withCondition("(".repeat(10_000))],
  ["10,000 negations in a condition", withCondition(`${"!".repeat(10_000)}a`)],
  ["10,000 conditionals in a condition", withCondition(`${"a ? a : ".repeat(10_000)}a`)],
  ["10,000 lists in a condition", withCondition(`${"[".repeat(10_000)}${"]".repeat(10_000)}`)],
  ["100,001 characters in a condition", withCondition(`a || ${" ".repeat(100_000)} a`)],
];
for (const [name, content] of broken) {
  test(`a document of ${name} gives diagnostics`, { timeout: 60_000 }, () => {
    const { diagnostics, program } = compile("policy.yaml", { "policy.yaml": content });
    assert.equal(program, undefined);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    assert.ok(errors.length > 0);
    for (const { code, message, rendered, line, column } of diagnostics) {
      assert.match(code, /^[a-z][a-z-]+$/);
      assert.ok(message.length < 1000 && rendered.length < 4000, "a message is short, however long the input is");
      assert.ok(line >= 1 && column >= 1);
    }
    assert.ok(diagnostics.length <= 300);
    assert.deepEqual(check("policy.yaml", { "policy.yaml": content }).diagnostics, diagnostics);
    programOf(document);
  });
}

/** Nesting that is allowed must compile and run, in the stack that the builds have; one level more is told. @type {[name: string, condition: (levels: number) => string, most: number][]} */
const deep = [
  ["brackets", (levels) => `${"(".repeat(levels)}a${")".repeat(levels)}`, 249],
  ["negations", (levels) => `${"!".repeat(levels)}a`, 249],
  ["minus signs", (levels) => `${"- ".repeat(levels)}n`, 249],
  ["conditionals", (levels) => `${"a ? a : ".repeat(levels)}a`, 249],
  ["conditionals in brackets", (levels) => `${"(a ? ".repeat(levels)}a${" : a)".repeat(levels)}`, 240],
  ["sums in brackets", (levels) => `${"(n + ".repeat(levels)}n${")".repeat(levels)}`, 249],
  ["sums", (levels) => Array(levels + 1).fill("n").join(" + "), 249],
  ["lists", (levels) => `size(${"[".repeat(levels)}1${"]".repeat(levels)})`, 240],
  ["functions", (levels) => `${"size([".repeat(levels)}a${"])".repeat(levels)} == 1`, 120],
  // No more than 12 comprehensions stand inside one another, since each multiplies the work of those around it.
  ["macros", (levels) => `${"[1].all(x, ".repeat(levels)}a${")".repeat(levels)}`, 12],
];
for (const [name, condition, most] of deep) {
  test(`${most} levels of ${name} compile and decide, and 251 are refused`, { timeout: 60_000 }, () => {
    const { diagnostics, program } = compile("policy.yaml", { "policy.yaml": withCondition(condition(most)) });
    assert.ok(program, JSON.stringify(diagnostics.map(({ code, message }) => [code, message])));
    const policy = load(program);
    assert.deepEqual(policy.decide({ a: true, n: 0 }).scores, { s: 1 });
    assert.equal(policy.possible({}).scores.s?.max, 1);
    const { diagnostics: refused } = compile("policy.yaml", { "policy.yaml": withCondition(condition(251)) });
    assert.deepEqual(refused.map(({ code }) => code), ["nested-too-deeply"]);
  });
}

test("a chain of 20,000 operands is not nesting", () => {
  const { program, diagnostics } = compile("policy.yaml", { "policy.yaml": withCondition(Array(20_000).fill("a").join(" || ")) });
  assert.ok(program, JSON.stringify(diagnostics.map(({ code, message }) => [code, message])));
  assert.deepEqual(load(program).decide({ a: true }).scores, { s: 1 });
});

test("a document of the deepest nesting that is allowed is read", () => {
  const { diagnostics } = compile("policy.yaml", { "policy.yaml": `${head}fields: ${"[".repeat(97)}${"]".repeat(97)}\n` });
  assert.ok(diagnostics.length > 0 && diagnostics.every(({ code }) => !/deep|nest/.test(code)), JSON.stringify(diagnostics.map(({ code }) => code)));
});

/** @type {[name: string, action: () => unknown, expected: { code: string, path: string | RegExp }][]} */
const calls = [
  ["a document that is not among the files", () => compile("other.yaml", { "policy.yaml": "" }), { code: "missing-file", path: "other.yaml" }],
  ["`__proto__` for a path", () => compile("__proto__", {}), { code: "missing-file", path: "__proto__" }],
  ["no path", () => compile(/** @type {any} */ (undefined), {}), { code: "wrong-type", path: "main" }],
  ["no files", () => compile("policy.yaml", /** @type {any} */ (null)), { code: "wrong-type", path: "files" }],
  ["a file that is a number", () => check("policy.yaml", /** @type {any} */ ({ "policy.yaml": 5 })), { code: "wrong-type", path: "policy.yaml" }],
  ["a file that is an array of bytes", () => check("policy.yaml", /** @type {any} */ ({ "policy.yaml": [1, 2] })), { code: "wrong-type", path: "policy.yaml" }],
  ["half of a surrogate pair", () => check("policy.yaml", { "policy.yaml": "a: \ud800" }), { code: "not-unicode", path: "policy.yaml" }],
  ["half of a surrogate pair to format", () => format("a: \ud800"), { code: "not-unicode", path: "text" }],
  ["bytes to format", () => format(/** @type {any} */ (encoder.encode("a: 1"))), { code: "wrong-type", path: "text" }],
  ["brackets to format", () => format("[".repeat(10_000)), { code: "too-deep", path: /^\d+:\d+$/ }],
];
for (const [name, action, expected] of calls) {
  test(`${name}: a typed error`, () => refuses(action, expected));
}

test("a list that is not UTF-8, and one that is missing, are told with the file's name", () => {
  const text = `${head}fields: { a: { type: string } }\nlists: { l: { file: lists/l.txt }, m: { file: m.txt } }\nderive: { d: a in lists.l || a in lists.m }\n`;
  const { diagnostics, missing } = check("policy.yaml", { "policy.yaml": text, "lists/l.txt": Uint8Array.of(0xff, 0xfe, 0x80) });
  assert.deepEqual(missing, ["m.txt"]);
  const said = diagnostics.map(({ rendered }) => rendered).join("\n");
  assert.match(said, /lists\/l\.txt/);
  assert.match(said, /m\.txt/);
});
