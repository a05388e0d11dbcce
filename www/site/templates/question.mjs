// One question of the form.

import { declinable, hintOf } from "../build/hints.mjs";
import { attribute, html } from "../build/html.mjs";
import { DECLINED } from "../../shared/form.mjs";

/**
 * @param {import("../build/policy.mjs").Question} question
 * @param {import("../texts/texts.mjs").SiteTexts["form"]} texts
 */
const mark = ({ required }, texts) => required && html`<span class="mark">${texts.required}</span>`;

/** @param {import("../build/policy.mjs").Question} question @param {import("../texts/texts.mjs").SiteTexts["form"]} texts */
function choices(question, texts) {
  const { field, label, help, required } = question;
  const describedBy = help && `${field}-help`;
  const radio = (/** @type {string} */ id, /** @type {string} */ text, /** @type {string} */ kind) => html`
        <label class="${kind}"><input type="radio" name="${field}" value="${id}"${attribute("required", required)}><span>${text}</span></label>`;
  return html`
    <fieldset class="question" id="q-${field}" data-field="${field}"${attribute("data-first", question.first)}${attribute("data-required", required)}${attribute("aria-describedby", describedBy)}>
      <legend>${label} ${mark(question, texts)}</legend>
      ${help && html`<p class="help" id="${field}-help">${help}</p>`}
      <div class="choices" data-count="${question.choices.length}">${question.choices.map(({ id, label: text }) => radio(id, text, "choice"))}
      </div>
      ${declinable(question) && radio(DECLINED, texts.decline, "decline")}
      <p class="error" id="${field}-error" data-error hidden></p>
    </fieldset>`;
}

/** @param {import("../build/policy.mjs").Question} question @param {import("../texts/texts.mjs").SiteTexts["form"]} texts */
function written(question, texts) {
  const { field, label, help, required } = question;
  const { type = "text", autocomplete, inputmode, suggestions } = hintOf(question);
  const describedBy = help && `${field}-help`;
  return html`
    <div class="question" id="q-${field}" data-field="${field}"${attribute("data-first", question.first)}${attribute("data-required", required)}${attribute("data-number", question.type === "int" || question.type === "double")}>
      <label for="${field}">${label} ${mark(question, texts)}</label>
      ${help && html`<p class="help" id="${field}-help">${help}</p>`}
      <input id="${field}" name="${field}" type="${type}"${attribute("autocomplete", autocomplete)}${attribute("inputmode", inputmode)}${attribute("list", suggestions)}${attribute("required", required)}${attribute("aria-describedby", describedBy)}>
      <p class="error" id="${field}-error" data-error hidden></p>
    </div>`;
}

/** @param {import("../build/policy.mjs").Question} question @param {import("../texts/texts.mjs").SiteTexts["form"]} texts */
export const questionMarkup = (question, texts) => (question.choices.length > 0 ? choices : written)(question, texts);
