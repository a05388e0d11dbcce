// Company codes, mobile numbers and written forms of numbers, judged by python-stdnum and libphonenumber: node --test tests/contact/vectors.test.mjs

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { contact } from "./policy.mjs";

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const lines = (name) => read(name).trimEnd().split("\n").map((line) => JSON.parse(line));

/** What is wrong with a code, or null. */
async function fault(uscc) {
  const policy = await contact();
  try {
    policy.decide({ phone: "13812345678", uscc });
    return null;
  } catch (error) {
    assert.equal(error.path, "uscc");
    return error;
  }
}

test("337 company codes, with the check digits of both standards", async () => {
  const vectors = lines("uscc-vectors.jsonl");
  assert.equal(vectors.length, 337);
  for (const { code, valid, org_check, kind } of vectors) {
    // Nothing typed is nothing given.
    const right = code === "" || valid && org_check !== false;
    const error = await fault(code);
    assert.equal(error === null, right, `${code} (${kind}): ${error?.message}`);
  }
});

test("a refusal says what is wrong", async () => {
  for (const [code, expected, message] of [
    ["9111000060003734", "wrong-code", /18 characters/],
    ["9111000060003I341L", "wrong-code", /without I, O, S, V and Z/],
    ["91A10000600037341L", "wrong-code", /third to eighth/],
    ["91330106MA33H11B95", "wrong-check-digit", /17th .*GB 11714/],
    ["91110000600037341M", "wrong-check-digit", /18th .*GB 32100-2015/],
  ]) {
    const error = await fault(code);
    assert.equal(error?.code, expected, code);
    assert.match(error.message, message);
  }
});

test("a code is the same in small letters, with spaces and full width", async () => {
  const policy = await contact();
  const key = (uscc) => policy.decide({ phone: "13812345678", uscc }).identity;
  for (const uscc of ["91110000600037341l", " 9111-0000 6000-37341L ", "９１１１００００６０００３７３４１Ｌ"]) assert.deepEqual(key(uscc), key("91110000600037341L"));
});

test("150 mobile numbers", async () => {
  const policy = await contact();
  const vectors = lines("mobile-vectors.jsonl");
  assert.equal(vectors.length, 150);
  for (const { number, mobile, carrier } of vectors) {
    const { tables } = policy.decide({ phone: number });
    assert.equal(tables.phone_is === "mobile", mobile, number);
    assert.equal(tables.first_carrier, carrier === null ? "unknown" : carrier.replace("China ", "").toLowerCase(), number);
  }
});

test("16 ways to write a number", async () => {
  const policy = await contact();
  const forms = JSON.parse(read("phone-forms.json"));
  assert.equal(forms.length, 16);
  for (const { input, e164, mobile, error } of forms) {
    const { identity, tables } = policy.decide({ phone: input });
    assert.equal(tables.phone_is === "mobile", mobile === true, input);
    // What is no number stays as it was written.
    assert.deepEqual(JSON.stringify(identity).includes(error === undefined ? e164 : input), true, `${input}: ${JSON.stringify(identity)}`);
  }
});
