// Expressions by themselves: what comes of good lines and of bad ones.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cel } from "leadgate/author";

/** @param {object | string} line */
const answer = (line) => JSON.parse(cel(typeof line === "string" ? line : JSON.stringify(line)));
const bool = { x: { primitive: "BOOL" }, y: { primitive: "BOOL" } };
const open = { x: { unknown: true }, y: { unknown: true } };

test("values come back with their types", () => {
  assert.deepEqual(answer({ id: "a", expr: "[1, 2].map(x, x * n)", bindings: { n: { int64Value: "3" } }, type_env: { n: { primitive: "INT64" } } }), {
    id: "a", value: { listValue: { values: [{ int64Value: "3" }, { int64Value: "6" }] } }, type: "list(int)",
  });
  assert.deepEqual(answer({ id: 2, expr: "[optional.none(), optional.of(1)]", check_only: true }), { id: 2, type: "list(optional_type(int))" });
});

test("errors name their phase, and all of one phase come at once", () => {
  assert.equal(answer({ id: 1, expr: "1 +" }).phase, "parse");
  const { phase, error } = answer({ id: 1, expr: "1 + 'a' + nobody + size(1)" });
  assert.equal(phase, "check");
  assert.equal(error.split("; ").length, 3);
  assert.equal(answer({ id: 1, expr: "1 / 0" }).phase, "evaluate");
  assert.equal(answer({ id: 1, expr: "1 + 'a'", disable_check: true }).phase, "evaluate");
});

test("what an element of an empty list would be is an error, whatever is made of it", () => {
  for (const made of ["", ".map(x, x)", ".exists(x, x)", ".filter(a, a)", ".exists(a, b, a == b)", ".startsWith(3)", ".a", " + 'a' == 'a'", " ? 1 : 2"]) {
    assert.equal(answer({ id: 0, expr: `[][0]${made}` }).phase, "evaluate", made);
    assert.equal(answer({ id: 0, expr: `{}.k${made}`, disable_check: true }).phase, "evaluate", made);
  }
});

test("times are written in the suite's JSON: digits after the point in threes", () => {
  /** @param {string} expr */
  const held = (expr) => answer({ id: 0, expr }).value.objectValue.value;
  assert.deepEqual(["0s", "1.5s", "-0.000001s", "1.000000001s"].map((text) => held(`duration('${text}')`)), ["0s", "1.500s", "-0.000001s", "1.000000001s"]);
  assert.deepEqual(["00Z", "00.25Z"].map((text) => held(`timestamp('2026-03-29T04:00:${text}')`)), ["2026-03-29T04:00:00Z", "2026-03-29T04:00:00.250Z"]);
});

test("lines that cannot be read give errors", () => {
  for (const line of ["", "not json", "[1]", "{}", '{"id":1,"expr":7}', '{"id":1,"expr":"1","bindings":[]}', '{"id":1,"expr":"x","bindings":{"x":{"bogus":1}}}', "[".repeat(100_000)]) {
    const { error, phase } = answer(line);
    assert.equal(phase, "parse", line.slice(0, 40));
    assert.ok(error.length > 0);
  }
});

test("open variables leave definite what they do not decide", () => {
  /** @param {string} expr */
  const of = (expr) => answer({ id: 0, expr, bindings: open, type_env: bool });
  assert.deepEqual(of("x || true").value, { boolValue: true });
  assert.deepEqual(of("x ? 1 : 1").value, { int64Value: "1" });
  assert.deepEqual(of("x < false").value, { boolValue: false });
  assert.equal(of("x ? 1 / 0 : 2 / 0").phase, "evaluate");
  assert.deepEqual(of("x && false || y").unknown, ["y"]);
  assert.deepEqual(of("x || y").unknown, ["x", "y"]);
  assert.deepEqual(of("[true].map(i, i == x || y)").unknown, ["x", "y"]);
  assert.deepEqual(of("cel.bind(b, x || true, b && (y || b))").value, { boolValue: true });
  assert.deepEqual(of("cel.bind(b, x, y && b)").unknown, ["x", "y"]);
  assert.deepEqual(of("(x ? optional.of(1) : optional.of(2)).optMap(n, n > 0)").value, { optionalValue: { boolValue: true } });
  assert.deepEqual(of("(x ? optional.of(1) : optional.none()).orValue(1)").value, { int64Value: "1" });
  assert.deepEqual(of("(x ? optional.of(1) : optional.none()).orValue(2)").unknown, ["x"]);
});

test("numbers beyond 32 bits are no other faults than natively", () => {
  assert.equal(answer({ id: 1, expr: "lists.range(5000000000) == [] || true" }).error, "1:1: the expression takes too much work");
  assert.equal(answer({ id: 1, expr: "[1].slice(5000000000, 0)" }).error, "1:1: the function does not take this argument");
});

test("optional values are bound as they are answered", () => {
  const some = { optionalValue: { int64Value: "7" } };
  assert.deepEqual(answer({ id: 1, expr: "o.optMap(x, x)", bindings: { o: some } }).value, some);
  assert.deepEqual(answer({ id: 1, expr: "o", bindings: { o: { optionalValue: null } } }).value, { optionalValue: null });
});
