// Random ways through forms, for properties that hold on all of them. The same number makes the same way.

import { load } from "leadgate/page";
import { compile } from "leadgate/author";
import { policies } from "leadgate/policies";

/** @typedef {import("leadgate").Policy<any>} Policy */
/** @typedef {import("leadgate/form").FormState} FormState */
/** @typedef {ReturnType<typeof import("../life/stories.mjs").numbers>} Numbers */

/** Gates on gates, one that opens where nothing was answered, one behind two questions. */
export const GATES = `
leadgate: 1
policy: gates
version: "1"
fields:
  project: { type: bool }
  budget:  { type: int, min: 0, max: 1000000 }
  plan:    { type: string }
  role:    { type: enum, values: [buyer, user, student] }
  seats:   { type: int, min: 1, max: 100000 }
  why:     { type: string }
  name:    { type: string }
  source:  { type: string }
scores:
  fit:
    rules:
      size: { by: seats, points: { "20..99": 30, ">= 100": 60 } }
      money: { when: { budget: ">= 1000" }, points: 20 }
      buys: { when: { role: buyer }, points: 20 }
route:
  outcomes: [sales, nurture]
  rows: [{ id: good, when: { fit: ">= 60" }, to: sales }]
  default: nurture
ask:
  settle: route
  per_visit: 2
  questions:
    - { field: project, label: Is there a project? }
    - { field: role, label: What do you do?, choices: { buyer: buyer, user: user, student: student } }
    - { field: budget, label: What is its budget?, when: { project: "true" }, cost: 2.5, choices: { little: 0..999, much: ">= 1000" } }
    - { field: plan, label: How is it spent?, when: { budget: ">= 1000" }, required: true }
    - { field: seats, label: For how many people?, choices: { few: 1..19, team: 20..99, many: ">= 100" } }
    - { field: why, label: Why none?, when: "project == false && role != 'student'" }
    - { field: name, label: What are you called?, required: true }
`;

/** @param {string} document */
export function policyOf(document) {
  const { program, diagnostics } = compile("policy.yaml", { "policy.yaml": document });
  if (!program) throw new Error(diagnostics.map(({ rendered }) => rendered).join("\n"));
  return load(program);
}

/** The page's program of a shipped policy. @param {string} name */
export async function slicedPolicy(name) {
  const shipped = policies.find((policy) => policy.name === name);
  if (!shipped) throw new Error(`there is no policy \`${name}\``);
  const { main, files } = await shipped.open();
  const { slice } = compile(main, files);
  if (!slice) throw new Error(`the policy \`${name}\` has no public slice`);
  return load(slice);
}

/** An answer that the field takes, a refusal, or nothing. @param {Numbers} random @param {Policy} policy @param {string} name @returns {any} */
export function anyAnswer(random, policy, name) {
  const field = policy.describe().fields.find((candidate) => candidate.name === name);
  if (random.chance(15)) return null;
  if (random.chance(10)) return { declined: true };
  if (field?.choices?.length) return { choice: random.pick(field.choices) };
  if (field?.type === "bool") return random.chance(50);
  if (field?.type === "enum") return random.pick(field.values ?? []);
  return field?.type === "string" ? random.pick(["CIO", "student", "wang@donghai.example", "15400138000", "Shanghai"]) : random.pick([1, 12, 120, 20_000]);
}

/** Answers that do not fit are none: most questions are about texts of one kind. @param {FormState} form @param {Numbers} random @param {Policy} policy @param {string} field */
export function giveAny(form, random, policy, field) {
  form.answer(field, anyAnswer(random, policy, field));
  if (form.fault(field) && form.fault(field)?.code !== "required") form.answer(field, null);
}

/** Goes at random for so many moves: answers, changes, back, on. @param {FormState} form @param {Numbers} random @param {Policy} policy @param {number} moves */
export function wander(form, random, policy, moves) {
  for (let move = 0; move < moves; move += 1) {
    if (random.chance(60) && form.page.length > 0) giveAny(form, random, policy, random.pick(form.page));
    else if (random.chance(40)) form.back();
    else if (!form.forward()) for (const { field } of form.check()) giveAny(form, random, policy, field);
  }
}

/** Everything that can be seen of a form. What is kept aside for questions that are not asked is not seen. @param {FormState} form */
export function seen(form) {
  const { at, page, last, settled, certificate, canGoBack, lead, submission, origins } = form;
  return { at, page, last, settled, certificate, canGoBack, lead, submission, origins, faults: form.check() };
}
