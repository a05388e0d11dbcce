// The form, whole: without script it is one page of questions and an ordinary post.

import { html } from "../build/html.mjs";
import { questionMarkup } from "./question.mjs";

/** @template T @param {T[]} items @param {number} size */
function chunks(items, size) {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

/** @param {import("./document.mjs").Page} page */
export function formMarkup({ locale, texts, questions, perVisit, provinces, slice, base, origin }) {
  const { form } = texts;
  return html`
  <leadgate-form program="${slice}" locale="${locale}">
  <form id="lead-form" method="post" action="${base}/leads" accept-charset="utf-8">
    <input type="hidden" name="locale" value="${locale}">
    ${origin.website && html`<input type="hidden" name="source" value="website">`}
    <div class="hp" aria-hidden="true"><label for="hp">${form.honeypot}</label><input id="hp" name="hp" tabindex="-1" autocomplete="off"></div>
    <div id="form-note" role="alert"></div>
    <div id="questions">
    ${chunks(questions, perVisit).map((part, at) => html`
    <fieldset class="part" data-part>
      <legend>${form.part(at + 1)}</legend>${part.map((question) => questionMarkup(question, form))}
    </fieldset>`)}
    </div>
    <div class="actions">
      <button type="button" id="back" class="button quiet" data-back hidden>${form.back}</button>
      <button type="submit" id="send" class="button">${form.send}</button>
    </div>
    <p class="consent">${form.consent}</p>
    <datalist id="provinces">${provinces.map((name) => html`<option value="${name}">`)}</datalist>
  </form>
  </leadgate-form>`;
}
