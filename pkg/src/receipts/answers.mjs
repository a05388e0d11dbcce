// What a receipt says of answers: which fields, of which kind and source, and a keyed digest of each value. A plain digest of a telephone number can be
// undone by trying all numbers.

import { reading } from "../given.mjs";
import { canonical, toBase64url, utf8 } from "./canonical.mjs";

/**
 * An answer in its one form; undefined where it is absent.
 * @param {unknown} answer as a lead has it
 * @returns {{ kind: "value" | "choice" | "range" | "declined", of: unknown, source: "typed" | "record" } | undefined}
 */
export function answerOf(answer) {
  if (answer === null || answer === undefined) return undefined;
  if (typeof answer !== "object") return { kind: "value", of: answer, source: "typed" };
  const { declined, choice, value, source, range, as } = /** @type {Record<string, unknown>} */ (answer);
  if (declined === true) return { kind: "declined", of: null, source: "typed" };
  if (choice !== undefined) return { kind: "choice", of: choice, source: "typed" };
  if (as !== undefined) return { kind: "range", of: [range ?? null, as], source: "typed" };
  if (value === null || value === undefined) return undefined;
  return { kind: "value", of: value, source: source === "record" ? "record" : "typed" };
}

/**
 * A lead's answers in their one form, by field, absent ones left out.
 * @param {Record<string, unknown>} lead
 */
export function answersOf(lead) {
  /** @type {Map<string, NonNullable<ReturnType<typeof answerOf>>>} */
  const answers = new Map();
  reading("lead", () => {
    for (const [field, given] of Object.entries(lead)) {
      const answer = answerOf(given);
      if (answer !== undefined) answers.set(field, answer);
    }
  });
  return answers;
}

/**
 * The keyed digest of something: HMAC-SHA-256 over canonical JSON.
 * @param {CryptoKey} key @param {unknown} content
 */
export async function keyedDigest(key, content) {
  return toBase64url(new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8(canonical(content)))));
}

/** What is digested of an answer: with the receipt's id, so that equal answers look different in two receipts. @param {string} id @param {string} field @param {string} kind @param {unknown} of */
export const answerContent = (id, field, kind, of) => ["leadgate answer 1", id, field, kind, of];

/**
 * What is digested of a decision: all of it but the words of notes.
 * @param {string} id @param {import("../index.d.ts").Decision} decision
 */
export function decisionContent(id, decision) {
  const { outcome, message, screen, scores, tables, stage, route, faults, identity, notes } = decision;
  return ["leadgate decision 1", id, { outcome, message, screen, scores, tables, stage, route, faults, identity, notes: notes.map(({ code, path }) => ({ code, path })) }];
}

/**
 * What a receipt says of each answer.
 * @param {CryptoKey} key @param {string} id @param {Record<string, unknown>} lead
 * @returns {Promise<Record<string, import("../receipts.d.ts").ReceiptAnswer>>}
 */
export async function digestAnswers(key, id, lead) {
  /** @type {[string, import("../receipts.d.ts").ReceiptAnswer][]} */
  const found = [];
  for (const [field, { kind, of, source }] of answersOf(lead)) {
    const mac = kind === "declined" ? undefined : await keyedDigest(key, answerContent(id, field, kind, of));
    found.push([field, { kind, ...(mac === undefined ? {} : { mac }), ...(source === "record" ? { source } : {}) }]);
  }
  // Not as an object literal: a field may be called `__proto__`.
  return Object.fromEntries(found);
}
