// The illustration: the product's window with what falls due, drawn as markup and SVG.

import { html } from "../build/html.mjs";

/** Where each duty lies on the three months, in per cent: when there is something to do, when it falls due. */
const BARS = [[0, 11.8], [16, 36.5], [37, 52.7], [51, 75]];

/** @param {import("../texts/texts.mjs").SiteTexts["window"]} texts */
export function windowMarkup({ label, title, span, months, rows, clause }) {
  return html`
  <figure class="window" role="img" aria-label="${label}">
    <div class="pane" aria-hidden="true">
      <div class="pane-head"><b>${title}</b><span>${span}</span></div>
      <div class="months"><span></span>${months.map((month) => html`<span>${month}</span>`)}</div>
      ${rows.map(({ what, contract, who, day, amount, state }, at) => html`
      <div class="duty ${state}">
        <div class="what"><b>${what}</b><span>${contract}</span></div>
        <svg class="track" viewBox="0 0 100 20" preserveAspectRatio="none"><path class="grid" d="M0 0V20M33.3 0V20M66.6 0V20"/><rect class="span" x="${BARS[at][0]}" y="7" width="${BARS[at][1] - BARS[at][0]}" height="6" rx="1"/><rect class="due" x="${BARS[at][1] - 0.8}" y="3" width="0.8" height="14"/></svg>
        <span class="who"><b>${day}</b><span>${who}</span></span><span class="amount">${amount}</span>
      </div>`)}
    </div>
    <div class="clause" aria-hidden="true"><span>${clause.from}</span><p>${clause.text}<mark>${clause.mark}</mark>${clause.after}</p></div>
  </figure>`;
}
