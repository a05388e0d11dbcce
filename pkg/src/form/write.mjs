// A form of a policy's questions, for pages that bring none along. Loaded only there.

import { DECLINED } from "./question.mjs";

/**
 * @typedef {import("./element.mjs").LeadgateForm} LeadgateForm
 * @typedef {import("../index.d.ts").FieldDescription} Field
 */

/** What browsers fill in by themselves, by what fields are usually called: input type and autocomplete. @type {Record<string, [type: string, autocomplete: string]>} */
const PURPOSES = {
  email: ["email", "email"],
  mobile: ["tel", "tel"],
  phone: ["tel", "tel"],
  name: ["text", "name"],
  title: ["text", "organization-title"],
  company: ["text", "organization"],
};

/**
 * Makes an element; texts among its children are text, never markup.
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} name @param {Record<string, string | undefined>} [attributes] @param {(Node | string | undefined | false)[]} [children]
 */
function made(name, attributes = {}, children = []) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(attribute, value);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** Where the policy has no words, its names have to do. @param {LeadgateForm} host @param {Field} field */
function groupOf(host, { name, type, values, choices }, /** @type {boolean} */ required, /** @type {number} */ cost) {
  const text = (/** @type {string} */ key) => host.text(key);
  const label = text(`ask.${name}`) ?? text(`fields.${name}`) ?? name;
  const help = text(`ask.${name}.help`);
  const id = `leadgate-${name}`;
  const mark = required && made("span", { "data-mark": "" }, [` ${host.word("needed")}`]);
  const line = help === undefined ? undefined : made("p", { "data-help": "", id: `${id}-help` }, [help]);
  const root = { "data-field": name, ...(required ? { "data-required": "" } : {}) };
  const describedBy = line && { "aria-describedby": line.id };
  const offered = choices?.length ? choices : type === "enum" ? values ?? [] : type === "bool" ? ["true", "false"] : [];
  if (offered.length === 0) {
    const [kind, autocomplete] = PURPOSES[name] ?? ["text", "off"];
    const numeric = type === "int" || type === "double" ? { inputmode: type === "int" ? "numeric" : "decimal" } : {};
    return made("div", root, [made("label", { for: id }, [label, mark]), line, made("input", { id, name, type: kind, autocomplete, ...numeric, ...describedBy })]);
  }
  const choice = (/** @type {string} */ value, /** @type {string} */ words, /** @type {string} */ hook) => made("label", { [hook]: "" }, [made("input", { type: "radio", name, value, id: `${id}-${value}` }), made("span", {}, [words])]);
  const words = (/** @type {string} */ value) => text(`ask.${name}.choices.${value}`) ?? (type === "bool" ? host.word(value) : value);
  return made("fieldset", { ...root, ...describedBy }, [
    made("legend", {}, [label, mark]), line,
    made("div", { "data-choices": `${offered.length}` }, offered.map((value) => choice(value, words(value), "data-choice"))),
    // What costs the visitor more than a usual question may be declined in so many words.
    !required && cost > 1 && choice(DECLINED, host.word("decline"), "data-decline"),
  ]);
}

/**
 * Puts a form of all questions into the element.
 * @param {LeadgateForm} host @param {import("../index.d.ts").Policy<any>} policy
 */
export function writeForm(host, policy) {
  const { fields } = policy.describe();
  const groups = policy.form({}).questions.flatMap(({ field: name, required, cost }) => {
    const field = fields.find((field) => field.name === name);
    return field ? [groupOf(host, field, required, cost)] : [];
  });
  const form = host.querySelector("form") ?? host.appendChild(made("form", { method: "post", action: host.getAttribute("action") ?? "" }));
  const trap = host.getAttribute("honeypot");
  form.lang = host.locale;
  form.replaceChildren(...groups, ...(trap ? [made("div", { "data-trap": "", "aria-hidden": "true" }, [made("input", { name: trap, tabindex: "-1", autocomplete: "off" })])] : []),
    made("div", { "data-actions": "" }, [made("button", { type: "button", "data-back": "", hidden: "" }), made("button", { type: "submit" }, [host.word("send")])]));
  return form;
}
