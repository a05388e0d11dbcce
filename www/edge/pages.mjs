// Pages that the edge writes itself: for browsers without script, and where something is wrong. `html` escapes whatever is put into it.

import { html } from "hono/html";
import { OF_THE_FORM } from "./answers.mjs";
import { TEXTS } from "./texts.mjs";
import { DECLINED } from "../shared/form.mjs";
import { declinable, hintOf } from "../site/build/hints.mjs";

/** @typedef {import("./texts.mjs").Locale} Locale */

const LANGUAGES = { en: "en", zh: "zh-CN" };
const HOME = { en: "/", zh: "/zh/" };

/** @param {Locale} locale @param {string} title @param {unknown} content */
function page(locale, title, content) {
  return html`<!doctype html>
<html lang="${LANGUAGES[locale]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<title>${title}</title>
<link rel="stylesheet" href="/edge.css">
</head>
<body><main>
<h1>${title}</h1>
${content}
</main></body>
</html>`;
}

/** @param {Locale} locale @param {string} [base] where the policy's pages begin */
const back = (locale, base = "") => html`<p class="back"><a href="${base}${HOME[locale]}">${TEXTS[locale].back}</a></p>`;

/** @param {import("./policy.mjs").EdgePolicy} policy @param {Locale} locale @param {string} message id */
export function thanksPage(policy, locale, message) {
  const { thanksTitle, thanks } = TEXTS[locale];
  return page(locale, thanksTitle, html`<p class="lead">${(policy.messages.has(message) && policy.text(`messages.${message}`, locale)) || thanks}</p>${back(locale, policy.base)}`);
}

/** Where a form could not be taken as a whole. @param {Locale} locale @param {string} base where the policy's pages begin @param {string} code @param {number} seconds to wait, where that is all */
export function refusalPage(locale, base, code, seconds) {
  const { busyTitle, busy, sorryTitle, sorry } = TEXTS[locale];
  return code === "too-often" ? page(locale, busyTitle, html`<p class="lead">${busy(seconds)}</p>${back(locale, base)}`) : page(locale, sorryTitle, html`<p class="lead">${sorry[code] ?? sorry.unavailable}</p>${back(locale, base)}`);
}

/**
 * The form with what was typed, and what is wrong with it.
 * @param {import("./policy.mjs").EdgePolicy} policy
 * @param {Locale} locale
 * @param {URLSearchParams} form
 * @param {import("./answers.mjs").Refusal[]} problems
 */
export function formPage(policy, locale, form, problems) {
  const { formTitle, formLead, send, problems: words } = TEXTS[locale];
  const say = (/** @type {string} */ code) => words[code] ?? words.other;
  const asked = policy.questions;
  const own = new Set(asked.map(({ name }) => name));
  // Values that the page itself put in go along; whatever else was sent does not.
  const hidden = [...form].filter(([name]) => name !== "hp" && !own.has(name) && (policy.visitorFields.has(name) || OF_THE_FORM.includes(name)));
  const general = problems.filter(({ path }) => !own.has(path));
  return page(locale, formTitle, html`
<p class="lead">${formLead}</p>
<form class="card" method="post" action="${policy.base}/leads" accept-charset="utf-8">
${general.length > 0 ? html`<ul role="alert">${general.map(({ code }) => html`<li class="error">${say(code)}</li>`)}</ul>` : ""}
${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${asked.map((field) => question(policy, locale, field, form.get(field.name) ?? "", problems.find(({ path }) => path === field.name)))}
<button type="submit">${send}</button>
</form>
${back(locale, policy.base)}`);
}

/**
 * A question as the landing page has it (www/site/templates/question.mjs), with its answer.
 * @param {import("./policy.mjs").EdgePolicy} policy
 * @param {Locale} locale
 * @param {import("./policy.mjs").EdgePolicy["questions"][number]} field
 * @param {string} value
 * @param {import("./answers.mjs").Refusal} [problem]
 */
function question(policy, locale, { name, type, choices = [], values = [], required, cost }, value, problem) {
  const { yes, no, decline, needed, problems } = TEXTS[locale];
  const label = policy.text(`ask.${name}`, locale) ?? policy.text(`fields.${name}`, locale) ?? name;
  const mark = required ? html` <span class="mark">${needed}</span>` : "";
  const words = policy.text(`ask.${name}.help`, locale);
  const help = words ? html`<p class="help" id="h-${name}">${words}</p>` : "";
  const about = [...(words ? [`h-${name}`] : []), ...(problem ? [`e-${name}`] : [])].join(" ");
  const state = html`${problem ? html` aria-invalid="true"` : ""}${about ? html` aria-describedby="${about}"` : ""}`;
  const error = problem ? html`<p class="error" id="e-${name}">${problems[problem.code] ?? problems.other}</p>` : "";
  /** @type {[string, string][]} */
  const options = choices.length > 0
    ? choices.map((id) => [id, policy.text(`ask.${name}.choices.${id}`, locale) ?? id])
    : type === "bool" ? [["true", yes], ["false", no]] : values.map((id) => [`${id}`, `${id}`]);
  if (options.length === 0) {
    const { type: kind = "text", autocomplete, inputmode } = hintOf({ field: name, type });
    return html`<div class="question">
<label for="f-${name}">${label}${mark}</label>
${help}<input id="f-${name}" name="${name}" type="${kind}" autocomplete="${autocomplete}"${inputmode ? html` inputmode="${inputmode}"` : ""} value="${value}"${state}>
${error}</div>`;
  }
  const count = options.length;
  // Whoever declined still does.
  if (value === DECLINED || declinable({ choices, cost, required })) options.push([DECLINED, decline]);
  return html`<fieldset class="question" role="radiogroup"${state}>
<legend>${label}${mark}</legend>
${help}<div class="choices" data-count="${count}">${options.map(([id, text]) => html`<label class="choice"><input type="radio" name="${name}" value="${id}"${id === value ? html` checked` : ""}><span>${text}</span></label>`)}</div>
${error}</fieldset>`;
}
