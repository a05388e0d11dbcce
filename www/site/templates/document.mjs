// A whole page.

import { html, Markup } from "../build/html.mjs";
import { formMarkup } from "./form.mjs";
import { answers, does, figures, footer, header, hero, works } from "./sections.mjs";

/**
 * @typedef {object} Page
 * @property {"en" | "zh"} locale
 * @property {import("../texts/texts.mjs").SiteTexts} texts
 * @property {import("../build/policy.mjs").Question[]} questions
 * @property {number} perVisit
 * @property {Record<string, string>} messages what visitors are told, by message id
 * @property {string} base where the addresses of the policy begin
 * @property {import("../build/policy.mjs").Origin} origin
 * @property {{ name: string, title: string, about: string, base: string }[]} others the other policies with a form
 * @property {string[]} provinces names to suggest
 * @property {string} slice address of the page's program
 */

/** JSON for a data block: nothing in it can end the element. @param {unknown} value */
const data = (value) => new Markup(JSON.stringify(value).replaceAll("<", "\\u003c"));

/** What the scripts are given. @param {Page} page */
export const pageData = ({ texts, messages, base, origin, others }) => html`<script type="application/json" id="page-data">${data({ texts: texts.client, messages, base, origin, others: others.map(({ title, base }) => ({ title, base })) })}</script>`;

/** @param {Page} page */
export const contact = (page) => html`
<section class="contact" aria-labelledby="contact-title">
  <div class="wide">
    <div class="intro"><h2 id="contact-title">${page.texts.contact.title}</h2><p class="lead">${page.texts.contact.lead}</p></div>
    <div class="card">${formMarkup(page)}</div>
    <aside class="beside">
      <div id="decision" aria-live="polite" hidden></div>
      <div class="next"><h3>${page.texts.contact.aside.title}</h3>
      <ol>${page.texts.contact.aside.steps.map((step) => html`<li>${step}</li>`)}</ol></div>
    </aside>
  </div>
</section>`;

/** @param {Page} page @returns {string} */
export function documentMarkup(page) {
  const { texts } = page;
  return html`<!doctype html>
<html lang="${texts.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${texts.title}</title>
<meta name="description" content="${texts.description}">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#fbfaf6" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#121614" media="(prefers-color-scheme: dark)">
<link vite-ignore rel="alternate" hreflang="en" href="/">
<link vite-ignore rel="alternate" hreflang="zh-CN" href="/zh/">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/styles/site.css">
</head>
<body>
<a class="skip" href="#lead-form">${texts.skip}</a>
${header(texts)}
<main>
${hero(texts)}
${does(texts)}
${works(texts)}
${figures(texts)}
${answers(texts)}
${contact(page)}
</main>
${footer(texts)}
${pageData(page)}
<script type="module" src="/src/main.mjs"></script>
</body>
</html>
`.source;
}
