// What is wrong with the document, under its text.

import { fill, h, sentence } from "../dom.mjs";
import { wordsOf } from "../words/words.mjs";
import { unitsOf } from "./places.mjs";

/** @typedef {import("leadgate/author").Diagnostic} Diagnostic */
/** @typedef {import("../store.mjs").State} State */

/** So many are written out; whoever has more begins with these. */
const SHOWN = 50;
/** Characters of an excerpt. */
const LONGEST = 160;
/** Characters shown before the place in a long line. */
const BEFORE = 40;

/** The line that a diagnostic is about, with its place marked. @param {Diagnostic} diagnostic @param {string} text */
function excerpt({ line, column, endLine, endColumn }, text) {
  const whole = text.split("\n", line)[line - 1]?.replace(/\r$/, "");
  if (whole === undefined) return null;
  const from = unitsOf(whole, column - 1);
  const to = endLine === line ? unitsOf(whole, endColumn - 1) : whole.length;
  const left = whole.length <= LONGEST ? whole.length - whole.trimStart().length : Math.max(0, from - BEFORE);
  const right = Math.min(whole.length, left + LONGEST);
  const end = Math.max(to, from + 1);
  return h("pre.excerpt", { translate: "no" }, h("span.line-number", null, line), h("code", null, left > 0 && whole.length > LONGEST ? "…" : null, whole.slice(Math.min(left, from), from), h("mark", null, whole.slice(from, Math.min(end, right)) || " "), whole.slice(end, right), right < whole.length ? "…" : null));
}

/**
 * @param {import("../store.mjs").Store} store
 * @param {(diagnostic: Diagnostic) => void} show
 * @param {(path: string) => void} add a file that the document refers to
 */
export function problems(store, show, add) {
  const title = h("h3", { id: "problems-title" });
  const count = h("p.count", { role: "status" });
  const leave = h("p.leave", { "aria-hidden": "true" });
  const list = h("ol.problem-list");
  const missing = h("p.missing");
  const element = h("section.problems", { "aria-labelledby": "problems-title", tabindex: -1 }, h("header", null, title, count, leave), h("div.problem-scroll", null, missing, list));

  /** @param {Diagnostic} diagnostic @param {State} state */
  function item(diagnostic, state) {
    const say = wordsOf(state);
    const { severity, message, help, file, line, code } = diagnostic;
    return h("li", { "data-severity": severity, "data-code": code },
      h("div.problem-head", null, h("span.severity", null, say.severity[severity]),
        h("button.link", { type: "button", onclick: () => show(diagnostic) }, say.place(file, line))),
      h("p.message", { lang: "en" }, sentence(message)),
      excerpt(diagnostic, state.files[file] ?? ""),
      help ? h("p.help", { lang: "en" }, sentence(help)) : null);
  }

  store.watch(["study", "unloaded", "locale"], (state) => {
    const say = wordsOf(state);
    const found = state.study?.diagnostics ?? [];
    const errors = found.filter(({ severity }) => severity === "error");
    const warnings = found.filter(({ severity }) => severity === "warning");
    title.textContent = say.problems;
    // For eyes; the editor itself says it to screen readers.
    leave.textContent = say.leaveEditor;
    const text = !state.study ? (state.unloaded ? say.notChecked : say.checking) : found.length === 0 ? say.sound
      : [errors.length > 0 ? say.errors(errors.length) : null, warnings.length > 0 ? say.warnings(warnings.length) : null].filter(Boolean).join(state.locale === "zh" ? "，" : ", ");
    // Written only when it says something else, for it is read out.
    if (count.textContent !== text) count.textContent = text;
    element.dataset.severity = errors.length > 0 ? "error" : warnings.length > 0 ? "warning" : "none";
    fill(missing, (state.study?.missing ?? []).map((path) => h("button.quiet", { type: "button", onclick: () => add(path) }, say.missing(path))));
    const shown = [...errors, ...warnings].slice(0, SHOWN);
    fill(list, shown.map((diagnostic) => item(diagnostic, state)), found.length > shown.length ? h("li.quiet", null, say.moreProblems(found.length - shown.length)) : null);
  });
  return element;
}
