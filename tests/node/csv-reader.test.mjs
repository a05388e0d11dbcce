// The CSV reader against tests/fixtures/csv: each file is read in chunks of every size, and always gives the same records.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { CsvReader, delimiterOf } from "../../pkg/cli/leads/csv-reader.mjs";
import { Decoder } from "../../pkg/cli/leads/decode.mjs";

const folder = new URL("../fixtures/csv/", import.meta.url);

/** @param {Uint8Array} bytes @param {number} size @param {{ encoding?: string, options?: { delimiter?: string } }} given */
function read(bytes, size, { encoding = "utf-8", options = {} }) {
  const decoder = new Decoder(encoding, "leads.csv");
  const reader = new CsvReader(options);
  const records = [];
  for (let at = 0; at < bytes.length; at += size) records.push(...reader.push(decoder.push(bytes.subarray(at, at + size))));
  records.push(...reader.push(decoder.end()), ...reader.end());
  return {
    delimiter: reader.delimiter ?? null,
    records: records.map(({ line, fields, error }) => (error ? { line, error: error.code } : { line, fields })),
  };
}

for (const file of readdirSync(folder).filter((name) => name.endsWith(".csv")).sort()) {
  test(`csv: ${file}`, () => {
    const bytes = readFileSync(new URL(file, folder));
    const { delimiter, records, ...how } = JSON.parse(readFileSync(new URL(file.replace(/csv$/, "json"), folder), "utf8"));
    for (let size = 1; size <= bytes.length + 1; size++) {
      assert.deepEqual(read(bytes, size, how), { delimiter, records }, `in chunks of ${size} bytes`);
    }
  });
}

test("a record that is too long is an error, and the ones after it are read", () => {
  const long = "x".repeat(3_000_000);
  for (const middle of [`${long},1`, `"${long}\n${long}",1`, `"a""${long}""","b\n"`]) {
    const { records } = read(Buffer.from(`a,b\nbefore,0\n${middle}\nafter,2\n`), 65_536, {});
    assert.deepEqual(records.map(({ fields, error }) => error ?? fields.join()), ["a,b", "before,0", "record-too-long", "after,2"]);
    const lines = `a,b\nbefore,0\n${middle}\n`.split("\n").length;
    assert.equal(records.at(-1)?.line, lines);
  }
});

test("a header without line end is no reason to keep the whole file", () => {
  const reader = new CsvReader();
  const records = [];
  for (let chunk = 0; chunk < 64; chunk++) records.push(...reader.push("x".repeat(65_536)));
  records.push(...reader.end());
  assert.deepEqual(records.map(({ line, error }) => [line, error?.code]), [[1, "record-too-long"]]);
});

test("the delimiter is the one that the header holds most of", () => {
  assert.equal(delimiterOf("a,b;c,d"), ",");
  assert.equal(delimiterOf("a;b;c,d"), ";");
  assert.equal(delimiterOf('"a;b;c"\td'), "\t");
  assert.equal(delimiterOf("alone"), ",");
});
