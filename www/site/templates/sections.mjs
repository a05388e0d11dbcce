// The sections of the page between its head and the form.

import { html } from "../build/html.mjs";
import { windowMarkup } from "./window.mjs";

/** @typedef {import("../texts/texts.mjs").SiteTexts} SiteTexts */

export const logo = html`<svg class="logo" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="M5 2.75h9.5L19.25 7.5v13.75H5z" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"/><path d="M8.5 11h7M8.5 14.5h7" stroke="currentColor" stroke-width="1.5"/><rect class="dot" x="11.5" y="16.75" width="4" height="4" rx="2"/></svg>`;

/** @param {SiteTexts} texts */
export const header = ({ name, home, nav }) => html`
<header class="top">
  <div class="wide">
    <a class="brand" href="${home}">${logo}<span>${name}</span></a>
    <nav aria-label="${nav.label}"><ul>${nav.items.map(([href, label]) => html`<li><a href="${href}">${label}</a></li>`)}</ul></nav>
    <a class="language" href="${nav.language.href}" hreflang="${nav.language.lang}" lang="${nav.language.lang}">${nav.language.label}</a>
    <a class="talk" href="#lead-form">${nav.talk}</a>
  </div>
</header>`;

/** @param {SiteTexts} texts */
export const hero = ({ hero: { eyebrow, claim, lead, act, look, note }, window }) => html`
<section class="hero wide">
  <div class="say">
    <p class="eyebrow">${eyebrow}</p>
    <h1>${claim.map((phrase) => html`<span>${phrase}</span> `)}</h1>
    <p class="lead">${lead}</p>
    <p class="acts"><a class="button" href="#lead-form">${act}</a> <a class="more" href="#works">${look}</a></p>
    <p class="note">${note}</p>
  </div>
  ${windowMarkup(window)}
</section>`;

/** @param {SiteTexts} texts */
export const does = ({ does: { title, lead, items } }) => html`
<section class="does wide" id="does" aria-labelledby="does-title">
  <div class="intro"><h2 id="does-title">${title}</h2><p class="lead">${lead}</p></div>
  <div class="items">${items.map(([what, how]) => html`<div><h3>${what}</h3><p>${how}</p></div>`)}</div>
</section>`;

/** @param {SiteTexts} texts */
export const works = ({ works: { title, steps } }) => html`
<section class="works" id="works" aria-labelledby="works-title">
  <div class="wide">
    <h2 id="works-title">${title}</h2>
    <ol>${steps.map(([when, what, how]) => html`<li><p class="when">${when}</p><h3>${what}</h3><p>${how}</p></li>`)}</ol>
  </div>
</section>`;

/** @param {SiteTexts} texts */
export const figures = ({ figures: { title, items, quote, by, note } }) => html`
<section class="figures wide" id="figures" aria-labelledby="figures-title">
  <h2 id="figures-title">${title}</h2>
  <dl>${items.map(([figure, what]) => html`<div><dt>${what}</dt><dd>${figure}</dd></div>`)}</dl>
  <figure class="quote"><blockquote><p>${quote}</p></blockquote><figcaption>${by}</figcaption></figure>
  <p class="note">${note}</p>
</section>`;

/** @param {SiteTexts} texts */
export const answers = ({ answers: { title, items } }) => html`
<section class="answers wide" id="questions-answered" aria-labelledby="answers-title">
  <h2 id="answers-title">${title}</h2>
  <div>${items.map(([question, answer]) => html`<details><summary>${question}</summary><p>${answer}</p></details>`)}</div>
</section>`;

/** @param {SiteTexts} texts */
export const footer = ({ footer: { demo, links, rights }, name, nav }) => html`
<footer class="foot">
  <div class="wide">
    <p class="brand">${logo}<span>${name}</span></p>
    <p class="demo">${demo} ${links.map(([href, label]) => html`<a href="${href}">${label}</a>`)}</p>
    <p class="rights">${rights} · <a href="${nav.language.href}" hreflang="${nav.language.lang}" lang="${nav.language.lang}">${nav.language.label}</a></p>
  </div>
</footer>`;
