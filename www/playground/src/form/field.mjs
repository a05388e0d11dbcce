// One field of the form: its name, the input that fits its type, and its standing.

import { h } from "../dom.mjs";
import { grouped, policyText, wordsOf } from "../words/words.mjs";
import { choiceOf, standingOf, valueOf, withStanding, withValue } from "./answer.mjs";

/**
 * @typedef {import("leadgate/author").Outline["fields"][number]} Field
 * @typedef {import("leadgate/author").Outline["questions"][number]} Question
 * @typedef {import("../store.mjs").State} State
 * @typedef {import("./answer.mjs").Answer} Answer
 *
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {(answer: Answer) => void} show
 * @property {(message: string | null) => void} complain
 * @property {(asked: boolean) => void} ask whether the question applies to the other answers
 */

const EXACT = "\u0000exact";

/** What the field can be, in words. @param {Field} field @param {ReturnType<typeof wordsOf>} say */
function limits({ type, min, max, maxLength, unit }, say) {
  const [low, high] = [min, max].map((bound) => (bound === undefined ? undefined : grouped(bound)));
  const range = low !== undefined && high !== undefined ? say.between(low, high) : low !== undefined ? say.from(low) : high !== undefined ? say.upTo(high) : null;
  const length = type === "string" && maxLength !== undefined ? say.characters(maxLength) : null;
  return [range ?? length, unit].filter(Boolean).join(" · ");
}

/** The choices that a field offers by name, with the answer that each of them is. @param {Field} field @param {Question | undefined} question @param {State} state */
function optionsOf(field, question, state) {
  const say = wordsOf(state);
  /** @type {{ key: string, label: string, answer: Answer }[]} */
  const options = [];
  const choiceText = (/** @type {string} */ id) => policyText(state, "ask", field.name, "choices", id);
  if (field.type === "bool") options.push({ key: "true", label: say.yes, answer: true }, { key: "false", label: say.no, answer: false });
  for (const value of field.values ?? []) {
    const choice = question?.choices.find(({ is }) => is === value);
    options.push({ key: value, label: (choice && choiceText(choice.id)) ?? value, answer: value });
  }
  for (const { id, is } of question?.choices ?? []) {
    if (!field.values?.includes(is)) options.push({ key: `\u0000${id}`, label: choiceText(id) ?? is, answer: { choice: id } });
  }
  return options;
}

/** @param {Field} field @param {string} text @returns {string | number | undefined} */
function read(field, text) {
  if (text === "") return undefined;
  if (field.type !== "int" && field.type !== "double") return text;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

/**
 * @param {Field} field
 * @param {Question | undefined} question
 * @param {State} state
 * @param {(change: (answer: Answer) => Answer) => void} change
 * @returns {Control}
 */
export function fieldControl(field, question, state, change) {
  const say = wordsOf(state);
  const id = `field-${field.name}`;
  const label = policyText(state, "ask", field.name) ?? policyText(state, "fields", field.name) ?? field.name;
  const options = optionsOf(field, question, state);
  const typed = field.type === "string" || field.type === "int" || field.type === "double";
  const numeric = field.type === "int" || field.type === "double";
  const hintText = limits(field, say);
  const help = policyText(state, "ask", field.name, "help");
  const hint = h("p.hint", { id: `${id}-hint` }, [help, hintText].filter(Boolean).join(state.locale === "zh" ? "。" : ". "));
  const masked = h("p.masked", { id: `${id}-masked`, hidden: true }, say.notAsked);
  const complaint = h("p.complaint", { id: `${id}-complaint`, hidden: true });

  let exact = false;
  /** @type {Answer} */
  let shown;
  const select = options.length > 0
    ? h("select", { id, "aria-describedby": `${id}-hint ${id}-masked ${id}-complaint`, onchange: choose },
      h("option", { value: "" }, say.none), options.map(({ key, label }) => h("option", { value: key }, label)),
      typed ? h("option", { value: EXACT }, numeric ? say.exactNumber : say.otherText) : null)
    : null;
  const input = typed
    ? h("input", {
      id: select ? `${id}-value` : id, "aria-label": select ? label : undefined, "aria-describedby": `${id}-hint ${id}-masked ${id}-complaint`,
      type: numeric ? "number" : "text", inputmode: numeric ? (field.type === "int" ? "numeric" : "decimal") : field.email ? "email" : undefined,
      min: field.min, max: field.max, step: field.type === "int" ? 1 : numeric ? "any" : undefined,
      autocomplete: "off", autocapitalize: "off", spellcheck: "false", hidden: select !== null,
      oninput: () => change((before) => (input?.validity.badInput ? withValue(before, "?") : withValue(before, read(field, input?.value ?? "")))),
    })
    : null;
  const standing = h("select.standing", { "aria-label": say.state(label), onchange: () => change((before) => withStanding(before, /** @type {import("./answer.mjs").Standing} */ (standing.value))) },
    (field.host ? /** @type {const} */ (["absent", "value", "declined"]) : /** @type {const} */ (["absent", "value", "record", "declined"])).map((key) => h("option", { value: key }, say.states[key])));

  function choose() {
    const key = select?.value;
    exact = key === EXACT;
    if (exact) {
      if (input) input.hidden = false;
      change((before) => withValue(before, valueOf(before)));
      input?.focus();
      return;
    }
    const chosen = options.find((option) => option.key === key)?.answer;
    change((before) => (typeof chosen === "object" ? chosen : withValue(before, chosen)));
  }

  /** @param {Answer} answer */
  function show(answer) {
    shown = answer;
    const value = valueOf(answer);
    const choice = choiceOf(answer);
    const key = choice !== undefined ? options.find((option) => choiceOf(option.answer) === choice || option.key === question?.choices.find(({ id }) => id === choice)?.is)?.key : options.find((option) => option.answer === value)?.key;
    if (select) {
      exact = typed && key === undefined && (value !== undefined || exact);
      select.value = exact ? EXACT : key ?? "";
      if (input) input.hidden = !exact;
    }
    // What is being typed is left alone: `1e` is not a number yet.
    if (input && document.activeElement !== input) input.value = value === undefined ? "" : String(value);
    else if (input && read(field, input.value) !== value && !input.validity.badInput) input.value = value === undefined ? "" : String(value);
    const now = standingOf(answer);
    for (const option of standing.options) option.disabled = (option.value === "value" || option.value === "record") && value === undefined && option.value !== now;
    standing.value = now;
    element.dataset.standing = now;
  }

  const element = h("div.field", null,
    h("div.field-head", null,
      h("label", { for: id }, label, question?.required ? h("span.mark", null, ` ${say.required}`) : null),
      h("code.field-name", null, field.name)),
    h("div.field-row", null, h("div.field-input", null, select, input), standing),
    hint.textContent ? hint : null, masked, complaint);
  show(state.lead[field.name]);

  return {
    element,
    show: (answer) => { if (answer !== shown) show(answer); },
    ask(asked) {
      masked.hidden = asked;
      element.dataset.shown = String(asked);
    },
    complain(message) {
      complaint.hidden = message === null;
      complaint.textContent = message ?? "";
      for (const control of [select, input]) control?.setAttribute("aria-invalid", String(message !== null));
    },
  };
}
