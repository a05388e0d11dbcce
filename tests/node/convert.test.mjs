import assert from "node:assert/strict";
import { test } from "node:test";
import { convert } from "../../pkg/cli/leads/convert.mjs";

const bad = Symbol("bad");

/** @type {[string, string, unknown][]} type, text, value */
/** @type {[type: any, text: string, expected: unknown][]} */
const conversions = [
  ["string", "  as it is ", "  as it is "],
  ["string", "", undefined],
  ["int", "120", 120],
  ["int", " -7 ", -7],
  ["int", "+7", 7],
  ["int", "007", 7],
  ["int", "120.0", 120],
  ["int", "120.", 120],
  ["int", "9007199254740991", 9007199254740991],
  ["int", "", undefined],
  ["int", "   ", undefined],
  ["int", "9007199254740992", bad],
  ["int", "99999999999999999999999999999999", bad],
  ["int", "12.5", bad],
  ["int", "1,200", bad],
  ["int", "1e3", bad],
  ["int", "0x10", bad],
  ["int", "twelve", bad],
  ["int", "１２", bad],
  ["int", "NaN", bad],
  ["double", "12.5", 12.5],
  ["double", "-.5", -0.5],
  ["double", "5.", 5],
  ["double", "1e3", 1000],
  ["double", "1E-3", 0.001],
  ["double", "1e999", bad],
  ["double", "Infinity", bad],
  ["double", "NaN", bad],
  ["double", "1,5", bad],
  ["double", "12 CNY", bad],
  ["double", ".", bad],
  ["bool", "true", true],
  ["bool", "YES", true],
  ["bool", "1", true],
  ["bool", "是", true],
  ["bool", "False", false],
  ["bool", "no", false],
  ["bool", "0", false],
  ["bool", "否", false],
  ["bool", "", undefined],
  ["bool", "maybe", bad],
  ["bool", "2", bad],
  ["enum", " finance ", "finance"],
  ["enum", "", undefined],
];

for (const [type, text, expected] of conversions) {
  test(`${type} ${JSON.stringify(text)} is ${expected === bad ? "not one" : JSON.stringify(expected)}`, () => {
    const { value, problem } = convert(text, { name: "x", type });
    if (expected === bad) {
      assert.equal(value, undefined);
      assert.equal(problem?.code, "wrong-type");
      assert.equal(problem?.path, "x");
    } else {
      assert.equal(problem, undefined);
      assert.equal(value, expected);
    }
  });
}

test("a message never shows more than the beginning of a value, nor its control characters", () => {
  const { problem } = convert(`\u001b[2J${"9".repeat(1000)}x`, { name: "x", type: "int" });
  assert.ok(problem && problem.message.length < 120);
  assert.doesNotMatch(problem.message, /\u001b/);
});
