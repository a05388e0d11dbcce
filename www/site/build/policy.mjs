// The policy as the site needs it: its public slice, and the form's questions and messages with their texts.

import { join } from "node:path";
import { LeadgateError, load } from "leadgate";
import { startForm } from "leadgate/form";
import { compileFile, DocumentErrors } from "../../../pkg/cli/policy/open.mjs";
import { textAt } from "../../../pkg/cli/policy/texts.mjs";
import { root } from "../../../scripts/paths.mjs";
import { MAIN } from "../../shared/policies.mjs";

/** The policy that decides the leads of the landing page. */
export const POLICY = join(root, "policies", MAIN, "policy.yaml");

/**
 * One question of the form, in one language.
 * @typedef {object} Question
 * @property {string} field
 * @property {string} label
 * @property {string} [help]
 * @property {"string" | "int" | "double" | "bool" | "enum"} type
 * @property {{ id: string, label: string }[]} choices none where the visitor writes the answer
 * @property {boolean} first asked on the first page
 * @property {boolean} required
 * @property {number} cost its friction; a usual question's is 1
 */

/**
 * @typedef {object} PagePolicy
 * @property {Uint8Array} slice what the page loads
 * @property {number} perVisit how many questions a step shows
 * @property {(locale: string) => Question[]} questions
 * @property {Origin} origin
 * @property {(locale: string) => Record<string, string>} messages what visitors are told, by message id, in the policy's order
 */

/**
 * What the page may say of where a visitor came from.
 * @typedef {object} Origin
 * @property {boolean} website whether `source` can say that it was the site itself
 * @property {string[]} campaign the fields that the address may fill
 */

/** The landing page's own. @returns {Promise<PagePolicy>} */
export async function pagePolicy() {
  const compilation = await compileFile(POLICY);
  const { slice, sliceTexts } = compilation;
  if (!compilation.program) throw new DocumentErrors(compilation);
  if (!slice) throw new LeadgateError("no-page", "the policy lists nothing that may leave for the page", { path: POLICY, help: "add a section `page`" });
  return pageOf(slice, sliceTexts);
}

/** What a field can be, where its question has no choices. @param {import("leadgate").FieldDescription} field */
const valuesOf = ({ type, values }) => (type === "bool" ? ["true", "false"] : type === "enum" ? values ?? [] : []);

/** @type {Record<"en" | "zh", Record<string, string>>} */
const YES_NO = { en: { true: "Yes", false: "No" }, zh: { true: "是", false: "否" } };

/** What a page makes of a slice. @param {Uint8Array} slice @param {import("leadgate/author").Texts} [texts] @returns {PagePolicy} */
export function pageOf(slice, texts = {}) {
  const policy = load(slice);
  const { fields, messages } = policy.describe();
  const form = policy.form({});
  const website = fields.some(({ name, type, values }) => name === "source" && (type === "string" || values?.includes("website") === true));
  const first = startForm(policy, website ? { facts: { source: "website" } } : {}).page;
  return {
    slice,
    messages: (locale) => Object.fromEntries(messages.map((id) => [id, textAt(texts, locale, ["messages", id]) ?? id])),
    origin: {
      website,
      campaign: fields.filter(({ name, type }) => name.startsWith("utm_") && type === "string").map(({ name }) => name),
    },
    perVisit: form.perVisit ?? form.questions.length,
    questions: (locale) => form.questions.map(({ field: name, required, cost }) => {
      const field = fields.find((candidate) => candidate.name === name);
      if (!field) throw new Error(`the form asks for \`${name}\`, which is no field of the policy`);
      return {
        field: name,
        label: textAt(texts, locale, ["ask", name]) ?? textAt(texts, locale, ["fields", name]) ?? name,
        help: textAt(texts, locale, ["ask", name, "help"]),
        type: field.type,
        choices: (field.choices?.length ? field.choices : valuesOf(field)).map((id) => ({ id, label: textAt(texts, locale, ["ask", name, "choices", id]) ?? YES_NO[locale === "zh" ? "zh" : "en"][id] ?? id })),
        first: first.includes(name),
        required,
        cost,
      };
    }),
  };
}
