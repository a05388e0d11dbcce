// The explanation for us: what the page knows of the decision, what it does not, and what the edge made of it.

import "../styles/inspector.css";
import { base, element, filled, messages, others, texts } from "./page.mjs";

const { inspector: words } = texts;

/** Milliseconds of decisions that are timed at once: one is shorter than what a browser's clock can tell. */
const TIMED = 4;

/** The width in per cent of a range that is one number. */
const HAIR = 1.5;

/** What was possible after each step, by message. @type {Map<number, string[]>} */
const trail = new Map();

/** @param {string} title @param {(Node | string)[]} children */
const section = (title, ...children) => element("section", {}, [element("h3", {}, [title]), ...children]);

/** @param {unknown} value */
const json = (value) => element("pre", { tabindex: "0" }, [JSON.stringify(value, null, 2)]);

/** @param {[string, Node | string][]} rows */
const list = (rows) => element("dl", {}, rows.flatMap(([name, value]) => [element("dt", {}, [name]), element("dd", {}, [value])]));

/**
 * Message ids with what was possible at each step.
 * @param {string[]} now
 * @param {number} at the current step
 * @param {string | null} [answer] the message that the edge answered with
 */
function outcomesTable(now, at, answer) {
  const steps = [...trail].filter(([step]) => step < at);
  const ids = [...new Set([...Object.keys(messages), ...now])];
  const cell = (/** @type {boolean} */ possible) => {
    const said = possible ? words.possible : words.excluded;
    return element("td", { class: possible ? "yes" : "no" }, [element("span", { class: "hidden" }, [said])]);
  };
  const head = [...steps.map(([step]) => (step < 0 ? words.start : filled(texts.step, { step: step + 1 }))), words.now, ...(answer ? [words.answer] : [])];
  return element("table", {}, [
    element("thead", {}, [element("tr", {}, [element("td"), ...head.map((name) => element("th", { scope: "col" }, [name]))])]),
    element("tbody", {}, ids.map((id) => element("tr", {}, [
      element("th", { scope: "row" }, [element("code", {}, [id]), element("span", {}, [messages[id] ?? ""])]),
      ...steps.map(([, possible]) => cell(possible.includes(id))),
      cell(now.includes(id)),
      ...(answer ? [cell(id === answer)] : []),
    ]))),
  ]);
}

/** @param {{ min: number, max: number } | null} bounds @param {number} full */
function meter(bounds, full) {
  if (!bounds) return element("span", {}, ["–"]);
  const { min, max } = bounds;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 100 6");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const spans = [["rail", 0, 100], ["range", Math.min((min / full) * 100, 100 - HAIR), Math.max(((max - min) / full) * 100, HAIR)]];
  for (const [kind, from, width] of spans) {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    bar.setAttribute("class", String(kind));
    for (const [name, value] of Object.entries({ x: from, y: 0, width, height: 6 })) bar.setAttribute(name, String(value));
    svg.append(bar);
  }
  return element("span", { class: "meter" }, [svg, element("span", {}, [min === max ? String(min) : `${min} – ${max}`])]);
}

/** @param {import("./engine.mjs").Engine} engine @param {import("leadgate/page").Possible} possible @returns {[string, Node | string][]} */
function scoreRows({ description, policy }, possible) {
  const whole = policy.possible({});
  const scores = description.scores.filter(({ name }) => name in possible.scores).map(({ name }) => /** @type {[string, Node]} */ ([name, meter(possible.scores[name], whole.scores[name]?.max || 100)]));
  const tables = description.outputs.map(({ name, values = [] }) => /** @type {[string, Node]} */ ([name, element("span", { class: "values" }, values.map((value) => {
    const found = possible.tables[name];
    // The page runs no tables of which several rows count.
    const can = Array.isArray(found) && found.includes(value);
    return element(can ? "b" : "s", {}, [String(value)]);
  }))]));
  return [...scores, ...tables];
}

/** @param {import("./engine.mjs").Engine} engine @param {import("leadgate/page").Lead} lead */
function microseconds(engine, lead) {
  const begin = performance.now();
  let [rounds, spent] = [0, 0];
  for (; spent < TIMED; rounds += 1) {
    engine.possible(lead);
    spent = performance.now() - begin;
  }
  return (spent * 1000) / rounds;
}

/** @param {import("./form.mjs").LeadForm} form */
function answered(form) {
  const { verdict } = form;
  if (!verdict) return element("p", {}, [words.notYet]);
  const { differences } = verdict;
  return element("div", {}, [
    element("p", { class: verdict.verified ? "agrees" : "differs" }, [verdict.verified ? words.agrees : words.differs]),
    element("ul", {}, differences.map(({ code, kind = code ?? "", path, message }) => element("li", {}, [element("code", {}, [path ? `${kind} ${path}` : kind]), ` ${message}`]))),
    list([[words.receipt, element("code", {}, [verdict.receipt])]]),
  ]);
}

/** @param {HTMLElement} body @param {import("./form.mjs").LeadForm} form */
function render(body, form) {
  const { engine, lead } = form;
  const at = (form.form.state?.at ?? 1) - 1;
  if (!engine) return body.replaceChildren(element("p", {}, [form.failed ? words.failed : texts.decision.loading]));
  const possible = engine.possible(lead);
  const now = engine.messages(possible);
  if (!trail.has(-1)) trail.set(-1, engine.messages(engine.possible({})));
  trail.set(at, now);
  const claim = form.submitted?.claim ?? engine.claim(form.lead, new Date().toISOString());
  body.replaceChildren(
    section(words.outcomes, outcomesTable(now, at, form.verdict?.message)),
    section(words.scores, list(scoreRows(engine, possible)), list([[words.secret, element("span", {}, [element("b", {}, [words.edge]), ` ${words.secretNote}`])]])),
    section(words.cost, list([
      [words.kind[0], words.kind[possible.exact ? 1 : 2]],
      [words.time[0], filled(words.time[1], { micro: microseconds(engine, lead).toFixed(1) })],
      [words.bytes[0], filled(words.bytes[1], { bytes: engine.bytes.toLocaleString("en-US") })],
      [words.digest, element("code", {}, [engine.description.program])],
    ])),
    section(words.claim, json(claim)),
    section(words.verified, answered(form)),
  );
}

/** @type {{ root: HTMLElement, body: HTMLElement } | null} */
let drawer = null;
/** @type {Element | null} */
let opener = null;

/** The way to the same form by another policy. */
function switcher() {
  if (others.length === 0) return [];
  const end = document.documentElement.lang === "en" ? "/?inspect" : "/zh/?inspect";
  const all = [{ title: words.landing, base: "" }, ...others];
  return [section(words.policies, element("ul", { class: "switch" }, all.map((one) => element("li", {}, [
    element("a", { href: `${one.base}${end}`, ...(one.base === base ? { "aria-current": "page" } : {}) }, [one.title]),
  ]))))];
}

/** @param {import("./form.mjs").LeadForm} form */
function build(form) {
  const close = element("button", { type: "button", class: "button quiet close" }, [words.close]);
  const body = element("div", { class: "body", "aria-live": "off" });
  const root = element("aside", { id: "inspector", class: "inspector", "aria-labelledby": "inspector-title", tabindex: "-1" }, [
    element("header", {}, [element("h2", { id: "inspector-title" }, [words.title]), close]),
    element("p", { class: "note" }, [words.intro]),
    body,
    ...switcher(),
  ]);
  const shut = () => {
    root.hidden = true;
    document.documentElement.classList.remove("inspecting");
    if (opener instanceof HTMLElement) opener.focus();
  };
  close.addEventListener("click", shut);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shut();
  });
  form.form.addEventListener("leadgate:change", () => {
    if (!root.hidden) render(body, form);
  });
  document.body.append(root);
  return { root, body };
}

/** @param {import("./form.mjs").LeadForm} form */
export function openInspector(form) {
  opener = document.activeElement;
  drawer ??= build(form);
  drawer.root.hidden = false;
  document.documentElement.classList.add("inspecting");
  render(drawer.body, form);
  drawer.root.focus({ preventScroll: true });
}
