// The compiled policy as the edge uses it.

import { load } from "leadgate";
import { identityFieldsOf, telephonesOf } from "./identities.mjs";

/**
 * What the build step wrote.
 * @typedef {object} Compiled
 * @property {Uint8Array} program
 * @property {Uint8Array} slice what of it the page has
 * @property {Record<string, Record<string, string>>} texts by locale and path
 */

/**
 * @param {Compiled} compiled
 * @param {string} [base] where its addresses begin: nothing for the policy of the landing page
 */
export function openPolicy({ program, slice, texts }, base = "") {
  const full = load(program);
  const open = load(slice);
  const { policy, version, program: digest, fields, queues, messages, ask } = full.describe();
  const sliced = open.describe();
  // What the form asks, and what the page may know. Whatever the host looks up is not the visitor's to say, whoever lists it.
  const shown = new Set(sliced.fields.map(({ name }) => name));
  const visitor = fields.filter(({ name, host, questioned }) => !host && (questioned || shown.has(name)));
  return {
    id: policy,
    base,
    version,
    full,
    slice: open,
    /** The digest of the program that decides. */
    digest,
    /** The digest that a page of today names. */
    sliceDigest: sliced.program,
    messages: new Set(messages),
    /** The answers that a page may know. @param {import("leadgate").Lead} answers */
    shownTo: (answers) => Object.fromEntries(Object.entries(answers).filter(([name]) => shown.has(name))),
    visitorFields: new Map(visitor.map((field) => [field.name, field])),
    /** What the form asks, in its order. */
    questions: ask.questions.flatMap(({ field, required, cost }) => visitor.filter(({ name, questioned }) => name === field && questioned).map((found) => ({ ...found, required, cost }))),
    hostFields: new Map(fields.filter(({ host }) => host).map((field) => [field.name, field])),
    /** Those that say who somebody is, whether an answer completes the identity key or not. */
    identityFields: identityFieldsOf(full),
    /** Those of them that are telephone numbers. */
    telephones: telephonesOf(full),
    queues: new Set(queues.map(({ name }) => name)),
    /** Of a lead what its queue goes by: the fields that name its owner and its account. @param {string} queue @param {import("leadgate").Lead} lead */
    namesFor(queue, lead) {
      const { owner, account } = queues.find(({ name }) => name === queue) ?? {};
      return Object.fromEntries(Object.entries(lead).filter(([name]) => name === owner || name === account));
    },
    /**
     * A text for people, in their language, else in English, else the one that serves all.
     * @param {string} path
     * @param {string} locale
     */
    text: (path, locale) => texts[locale]?.[path] ?? texts.en?.[path] ?? texts[""]?.[path],
  };
}

/** @typedef {ReturnType<typeof openPolicy>} EdgePolicy */
