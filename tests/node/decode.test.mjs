import assert from "node:assert/strict";
import { test } from "node:test";
import { Decoder } from "../../pkg/cli/leads/decode.mjs";

/** @param {Uint8Array} bytes @param {number} at where the bytes are cut in two */
function decode(bytes, at, encoding = "utf-8") {
  const decoder = new Decoder(encoding, "leads.csv");
  return decoder.push(bytes.subarray(0, at)) + decoder.push(bytes.subarray(at)) + decoder.end();
}

const GBK = Buffer.from([0xb6, 0xcb, 0xbf, 0xda]); // 端口

/** @type {[string, Buffer, string, RegExp][]} what, bytes, place, help */
const errors = [
  ["GBK read as UTF-8", Buffer.concat([Buffer.from("a,b\nx,"), GBK, Buffer.from("\n")]), "leads.csv: line 2, byte 7", /--encoding gbk/],
  ["GBK on the first line", Buffer.concat([GBK, Buffer.from(",b\n1,2\n")]), "leads.csv: line 1, byte 1", /--encoding gbk/],
  ["a character cut off at the end", Buffer.from([0x61, 0x0a, 0xe7, 0xab]), "leads.csv: line 2, byte 4", /encoding/],
  ["a stray byte", Buffer.concat([Buffer.from("端口\nb\n\nx"), Buffer.from([0xff]), Buffer.from("y\nz\n")]), "leads.csv: line 4, byte 12", /encoding/],
  ["UTF-16", Buffer.from("\ufeffa,b\n", "utf16le"), "leads.csv: line 1, byte 1", /utf-16le/],
];

for (const [what, bytes, path, help] of errors) {
  test(`${what} is an error that names the place, wherever the chunks are cut`, () => {
    for (let at = 0; at <= bytes.length; at++) {
      assert.throws(() => decode(bytes, at), (/** @type {any} */ error) => {
        assert.equal(error.code, "wrong-encoding");
        assert.equal(error.path, path, `cut at ${at}`);
        assert.match(error.help, help);
        return true;
      });
    }
  });
}

test("the encoding that was named is used, and is checked as well", () => {
  const bytes = Buffer.concat([Buffer.from("x\n"), GBK]);
  for (let at = 0; at <= bytes.length; at++) assert.equal(decode(bytes, at, "gbk"), "x\n端口");
  assert.throws(() => decode(Buffer.from([0x61, 0x0a, 0xb6]), 1, "gbk"), { code: "wrong-encoding", path: "leads.csv: line 2, byte 3" });
});

test("an encoding that does not exist is an error", () => {
  assert.throws(() => new Decoder("gbk-2", "leads.csv"), { code: "unknown-encoding" });
});
