// Pages that the edge writes itself: for browsers without script, and where something is wrong. `html` escapes whatever is put into it.

import { html } from "hono/html";
import { OF_THE_FORM } from "./answers.mjs";
import { TEXTS } from "./texts.mjs";
import { DECLINED } from "../shared/form.mjs";

/** @typedef {import("./texts.mjs").Locale} Locale */

export const STYLES = `:root { color-scheme: light dark; font: 1.0625rem/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; }
body { margin: 0; background: Canvas; color: CanvasText; }
main { max-width: 34rem; margin: 0 auto; padding: 3rem 1.25rem; }
h1 { font-size: 1.6rem; line-height: 1.25; }
.field { margin: 1.25rem 0; }
label { display: block; font-weight: 600; margin-bottom: .25rem; }
input, select, textarea { box-sizing: border-box; width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; border: 1px solid GrayText; border-radius: .375rem; background: Field; color: FieldText; }
[aria-invalid="true"] { border: 2px solid #b3261e; }
.error { margin: .25rem 0 0; font-weight: 600; color: #b3261e; }
@media (prefers-color-scheme: dark) { .error { color: #ffb4ab; } [aria-invalid="true"] { border-color: #ffb4ab; } }
button { min-height: 2.75rem; padding: .5rem 1.5rem; font: inherit; font-weight: 600; border: 0; border-radius: .375rem; background: #1f4fd8; color: #fff; cursor: pointer; }
:focus-visible { outline: 3px solid #1f4fd8; outline-offset: 2px; }
`;

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
const back = (locale, base = "") => html`<p><a href="${base}${HOME[locale]}">${TEXTS[locale].back}</a></p>`;

/** @param {import("./policy.mjs").EdgePolicy} policy @param {Locale} locale @param {string} message id */
export function thanksPage(policy, locale, message) {
  const { thanksTitle, thanks } = TEXTS[locale];
  return page(locale, thanksTitle, html`<p>${(policy.messages.has(message) && policy.text(`messages.${message}`, locale)) || thanks}</p>${back(locale, policy.base)}`);
}

/** Where a form could not be taken as a whole. @param {Locale} locale @param {string} base where the policy's pages begin @param {string} code @param {number} seconds to wait, where that is all */
export function refusalPage(locale, base, code, seconds) {
  const { busyTitle, busy, sorryTitle, sorry } = TEXTS[locale];
  return code === "too-often" ? page(locale, busyTitle, html`<p>${busy(seconds)}</p>${back(locale, base)}`) : page(locale, sorryTitle, html`<p>${sorry[code] ?? sorry.unavailable}</p>${back(locale, base)}`);
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
  const asked = [...policy.visitorFields.values()].filter(({ questioned }) => questioned);
  const own = new Set(asked.map(({ name }) => name));
  // Values that the page itself put in go along; whatever else was sent does not.
  const hidden = [...form].filter(([name]) => name !== "hp" && !own.has(name) && (policy.visitorFields.has(name) || OF_THE_FORM.includes(name)));
  const general = problems.filter(({ path }) => !own.has(path));
  return page(locale, formTitle, html`
<p>${formLead}</p>
${general.length > 0 ? html`<ul class="error" role="alert">${general.map(({ code }) => html`<li>${say(code)}</li>`)}</ul>` : ""}
<form method="post" action="${policy.base}/leads" accept-charset="utf-8">
${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${asked.map((field) => {
    const problem = problems.find(({ path }) => path === field.name);
    return html`<div class="field">
<label for="f-${field.name}">${policy.text(`ask.${field.name}`, locale) ?? policy.text(`fields.${field.name}`, locale) ?? field.name}</label>
${control(policy, locale, field, form.get(field.name) ?? "", problem !== undefined)}
${problem ? html`<p class="error" id="e-${field.name}">${say(problem.code)}</p>` : ""}</div>`;
  })}
<button type="submit">${send}</button>
</form>
${back(locale, policy.base)}`);
}

/**
 * @param {import("./policy.mjs").EdgePolicy} policy
 * @param {Locale} locale
 * @param {import("leadgate").FieldDescription} field
 * @param {string} value
 * @param {boolean} invalid
 */
function control(policy, locale, field, value, invalid) {
  const { choose, yes, no, decline } = TEXTS[locale];
  const state = invalid ? html` aria-invalid="true" aria-describedby="e-${field.name}"` : "";
  /** @type {[string, string][]} */
  const options = field.choices?.length
    ? field.choices.map((id) => [id, policy.text(`ask.${field.name}.choices.${id}`, locale) ?? id])
    : field.type === "bool" ? [["true", yes], ["false", no]] : (field.values ?? []).map((id) => [`${id}`, `${id}`]);
  // Whoever declined still does.
  if (value === DECLINED) options.push([DECLINED, decline]);
  if (options.length === 0) return html`<input id="f-${field.name}" name="${field.name}" value="${value}"${state}>`;
  return html`<select id="f-${field.name}" name="${field.name}"${state}><option value="">${choose}</option>${options.map(([id, label]) => html`<option value="${id}"${id === value ? html` selected` : ""}>${label}</option>`)}</select>`;
}
