import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, pad, width } from "../../pkg/cli/terminal/width.mjs";
import { table } from "../../pkg/cli/terminal/table.mjs";

/** @type {[text: string, columns: number][]} */
const columns = [
  ["", 0],
  ["seats", 5],
  ["端口数", 6],
  ["ＡＢ", 4],
  ["ｱｲ", 2],
  ["é", 1],
  ["e\u0301", 1],
  ["한국", 4],
  ["日本語text", 10],
  ["\u200bx", 1],
  ["👍", 2],
  ["👩‍👩‍👧", 2],
  ["❤️", 2],
  ["\u001b[31mred\u001b[39m", 3],
  ["𠀀", 2],
  ["…", 1],
];

for (const [text, expected] of columns) {
  test(`${JSON.stringify(text)} takes ${expected} columns`, () => assert.equal(width(text), expected));
}

test("padding counts columns, not characters", () => {
  assert.equal(pad("端口", 6), "端口  ");
  assert.equal(pad("12", 4, "right"), "  12");
  assert.equal(pad("toolong", 3), "toolong");
});

test("a cut never exceeds its columns, nor halves a character", () => {
  assert.equal(cut("上海市浦东", 6), "上海…");
  assert.equal(cut("上海", 4), "上海");
  assert.equal(cut("abcdef", 4), "abc…");
  for (let columns = 1; columns < 12; columns++) assert.ok(width(cut("端a口b数c👩‍👩‍👧d", columns)) <= columns);
});

test("tables align Chinese and Latin text", () => {
  assert.deepEqual(
    table([{ title: "字段" }, { title: "points", align: "right" }], [["端口数", "12"], ["seats", "-7.5"]]),
    ["字段    points", "端口数      12", "seats     -7.5"],
  );
});

test("a lead's own text cannot move the cursor or break a line", () => {
  assert.deepEqual(table([{ title: "a" }], [["x\u001b[2Jy\nz"]]), ["a", "x [2Jy z"]);
});
