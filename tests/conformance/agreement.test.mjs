// The known disagreements are as they are described, and what makes disagreements small does. The other implementations are not needed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readClasses } from "./agreement/classes.mjs";
import { says } from "./agreement/literal.mjs";
import { line, shrunk, written } from "./agreement/shrink.mjs";
import { engines } from "./engines.mjs";

test("every class has its example, and Leadgate answers it as the example says", async () => {
  const classes = readClasses();
  const exprs = classes.map(({ example }) => example.split(" → ")[0]);
  const answers = await engines.native(exprs.map((expr) => line({ expr, bindings: {} })));
  classes.forEach(({ peer, pattern, right, example }, at) => {
    assert.match(example, pattern);
    assert.equal(classes.find((one) => one.peer === peer && one.pattern.test(example))?.pattern, pattern, `${example} is of another class before`);
    assert.ok(["Leadgate", "unsettled"].includes(right), `where ${right} is right Leadgate has to be mended`);
    assert.ok(example.startsWith(`${exprs[at]} → ${says(answers[at])} / `), `${example}: ${JSON.stringify(answers[at])}`);
  });
});

test("a disagreement is found inside what it is part of", async () => {
  /** As Leadgate, but it has no `reverse`. @type {import("./engines.mjs").Engine} */
  const other = async (lines) => (await engines.native(lines)).map((answer, at) => (lines[at].includes("reverse") ? { id: 0, error: "no reverse" } : answer));
  const cases = [
    { expr: "[[1, 2], [3]].map(x, (x + [a * 2]).reverse().size())[0] > 2 || b", bindings: { a: { int64Value: "4" }, b: { boolValue: false } } },
    { expr: "{'k': [c]}.k.reverse() == [c]", bindings: { c: { doubleValue: -0 } } },
    { expr: "cel.bind(y, [r\"\\\"], y.reverse())", bindings: {} },
  ];
  const small = await shrunk(cases, engines.native, other, (mine, theirs) => mine.error === undefined && theirs.error !== undefined);
  assert.deepEqual(small.map(written), ["[1, 2, 8].reverse()", "[(-0.0)].reverse()", "[\"\\\\\"].reverse()"]);
});
