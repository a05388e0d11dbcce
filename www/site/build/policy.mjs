// The policy as the site needs it: a program for the page, and the form's questions with their texts.

import { join } from "node:path";
import { load } from "leadgate";
import { compileFile, DocumentErrors } from "../../../pkg/cli/policy/open.mjs";
import { textAt } from "../../../pkg/cli/policy/texts.mjs";
import { MESSAGES } from "./messages.mjs";
import { root } from "../../../scripts/paths.mjs";

/** The policy that decides the leads of the landing page. */
export const POLICY = join(root, "policies", "saas-inbound", "policy.yaml");

/**
 * One question of the form, in one language.
 * @typedef {object} Question
 * @property {string} field
 * @property {string} label
 * @property {string} [help]
 * @property {"string" | "int" | "double" | "bool" | "enum"} type
 * @property {{ id: string, label: string }[]} choices none where the visitor writes the answer
 * @property {boolean} gated shown for some answers only
 * @property {boolean} required
 * @property {number} cost its friction; a usual question's is 1
 * @property {number} [maxLength]
 */

/**
 * @typedef {object} PagePolicy
 * @property {Uint8Array} program what the page loads
 * @property {string} digest of the program, in hexadecimal
 * @property {number} perVisit how many questions a step shows
 * @property {(locale: string) => Question[]} questions
 * @property {(locale: "en" | "zh") => Record<string, string>} messages what visitors are told, by message id
 * @property {Record<string, string>} outcomes message ids of outcomes
 */

/** @returns {Promise<PagePolicy>} */
export async function pagePolicy() {
  const compilation = await compileFile(POLICY);
  const { program, texts } = compilation;
  if (!program) throw new DocumentErrors(compilation);
  const policy = load(program);
  const { fields, program: digest } = policy.describe();
  const form = policy.form({});
  return {
    program,
    digest,
    messages: (locale) => Object.fromEntries(Object.entries(MESSAGES).map(([id, message]) => [id, message[locale]])),
    outcomes: Object.fromEntries(policy.describe().outcomes.map((outcome) => [outcome, Object.entries(MESSAGES).find(([, message]) => message.for.includes(outcome))?.[0] ?? "thanks"])),
    perVisit: form.perVisit ?? form.questions.length,
    questions: (locale) => form.questions.map(({ field: name, shown, required, cost }) => {
      const field = fields.find((candidate) => candidate.name === name);
      if (!field) throw new Error(`the form asks for \`${name}\`, which is no field of the policy`);
      return {
        field: name,
        label: textAt(texts, locale, ["ask", name]) ?? textAt(texts, locale, ["fields", name]) ?? name,
        help: textAt(texts, locale, ["ask", name, "help"]),
        type: field.type,
        choices: (field.choices ?? []).map((id) => ({ id, label: textAt(texts, locale, ["ask", name, "choices", id]) ?? id })),
        gated: !shown,
        required,
        cost,
      };
    }),
  };
}
