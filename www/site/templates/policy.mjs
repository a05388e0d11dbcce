// The page of another policy: what it is, and its form. The form and what it says are the same as on the landing page.

import { html } from "../build/html.mjs";
import { contact, pageData } from "./document.mjs";
import { logo } from "./sections.mjs";

/** @param {import("./document.mjs").Page} page @param {{ name: string, title: string, about: string }} about @returns {string} */
export function policyMarkup(page, { name, title, about }) {
  const { texts, locale, base, others } = page;
  const { policy } = texts;
  const home = (/** @type {string} */ at, /** @type {"en" | "zh"} */ language = locale) => (language === "zh" ? `${at}/zh/` : `${at}/`);
  const playground = `/playground/#policy=${name}&lang=${locale}`;
  const other = locale === "zh" ? "en" : "zh";
  return html`<!doctype html>
<html lang="${texts.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Leadgate</title>
<meta name="description" content="${about}">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#fbfaf6" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#121614" media="(prefers-color-scheme: dark)">
<link vite-ignore rel="alternate" hreflang="en" href="${home(base, "en")}">
<link vite-ignore rel="alternate" hreflang="zh-CN" href="${home(base, "zh")}">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/styles/site.css">
</head>
<body class="policy">
<a class="skip" href="#lead-form">${texts.skip}</a>
<header class="top">
  <div class="wide">
    <a class="brand" href="${home("")}">${logo}<span>Leadgate</span></a>
    <nav aria-label="${policy.nav}"><ul><li><a href="${home("")}">${policy.landing}</a></li><li><a href="${playground}">${policy.playground}</a></li></ul></nav>
    <a class="language" href="${home(base, other)}" hreflang="${texts.nav.language.lang}" lang="${texts.nav.language.lang}">${texts.nav.language.label}</a>
  </div>
</header>
<main>
<section class="policy-head wide">
  <p class="eyebrow">${policy.eyebrow}</p>
  <h1>${title}</h1>
  <p class="lead">${about}</p>
</section>
${contact({ ...page, texts: { ...texts, contact: { ...texts.contact, ...policy.contact } } })}
<section class="policies wide" aria-labelledby="policies-title">
  <h2 id="policies-title">${policy.others}</h2>
  <ul>${[{ title: policy.landing, about: policy.landingAbout, base: "" }, ...others.filter((one) => one.name !== name)].map((one) => html`<li><a href="${home(one.base)}">${one.title}</a><p>${one.about}</p></li>`)}</ul>
</section>
</main>
<footer class="foot"><div class="wide"><p class="demo">${policy.demo} <a href="${playground}">${policy.playground}</a></p></div></footer>
${pageData(page)}
<script type="module" src="/src/main.mjs"></script>
</body>
</html>
`.source;
}
