// Whether an answer of the runner is what a test of the suite expects.

import { isDeepStrictEqual } from "node:util";

/** @typedef {import("./suite.mjs").Typed} Typed */

/** A double, whichever way it is written. @param {any} value */
const double = (value) => (typeof value === "string" ? { NaN, Infinity, "-Infinity": -Infinity }[value] ?? Number(value) : value);

/**
 * A value in one form: entries of maps in one order, what proto3 JSON leaves out filled in.
 * @param {Typed} value
 * @returns {any}
 */
export function normal(value) {
  const [[kind, held]] = Object.entries(value);
  switch (kind) {
    case "int64Value":
    case "uint64Value":
      return [kind, BigInt(held)];
    case "doubleValue":
      return [kind, double(held)];
    case "listValue":
      return [kind, (held.values ?? []).map(normal)];
    case "mapValue":
      return [kind, new Map((held.entries ?? []).map((/** @type {any} */ { key, value }) => [JSON.stringify(key), normal(value)]))];
    case "optionalValue":
      return [kind, held && normal(held)];
    default:
      return [kind, held];
  }
}

/**
 * What is wrong with an answer; nothing where it is right.
 * @param {import("./suite.mjs").Test} test
 * @param {any} answer
 * @returns {string | undefined}
 */
export function wrong(test, answer) {
  if (answer.id !== test.line.id) return `answers ${answer.id}`;
  if (test.fails) return answer.phase === "evaluate" ? undefined : `must fail while it is evaluated: ${JSON.stringify(answer)}`;
  if (answer.error !== undefined || answer.unknown !== undefined) return JSON.stringify(answer);
  if (test.type !== undefined && answer.type !== test.type) return `type ${answer.type}, not ${test.type}`;
  if (test.value !== undefined && !isDeepStrictEqual(normal(answer.value), normal(test.value))) {
    return `${JSON.stringify(answer.value)}, not ${JSON.stringify(test.value)}`;
  }
  return undefined;
}
