// Lines of JSON in, answers out, one at a time: the program around a peer in JavaScript.

import { createInterface } from "node:readline";

/** @param {(line: any) => object} answer throws what the peer says is wrong */
export function serve(answer) {
  createInterface({ input: process.stdin }).on("line", (text) => {
    const line = JSON.parse(text);
    let said;
    try {
      said = answer(line);
    } catch (error) {
      // The peers tell no phases that are ours; for them any error is one of evaluation.
      said = { error: error instanceof Error ? error.message : String(error), phase: "evaluate" };
    }
    process.stdout.write(`${JSON.stringify({ id: line.id, ...said })}\n`);
  });
}

/** A double in proto3 JSON. @param {number} number */
export const double = (number) => (Number.isFinite(number) && !Object.is(number, -0) ? number : Object.is(number, -0) ? "-0" : String(number));

/** @param {Uint8Array} bytes */
export const base64 = (bytes) => Buffer.from(bytes).toString("base64");

/** @param {string} text */
export const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));

/** A timestamp or a duration in the suite's form. @param {"Timestamp" | "Duration"} name @param {string} value */
export const timed = (name, value) => ({ objectValue: { "@type": `type.googleapis.com/google.protobuf.${name}`, value } });
