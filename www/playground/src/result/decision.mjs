// The decision in words: where the lead goes and why, its stage, tables, faults.

import { h } from "../dom.mjs";
import { policyText, wordsOf } from "../words/words.mjs";

/** @typedef {import("../store.mjs").State} State */
/** @typedef {import("../engine/decider.mjs").Answered} Answered */

/** Whether no row decided; `default` is nobody's id. @param {string | null} row @returns {row is null} */
const isDefault = (row) => row === null || row === "default";

/** What came out, as one word. @param {Answered} answered */
export const outcomeOf = ({ explanation: { decision } }) => decision.screen ?? decision.outcome ?? decision.stage?.after ?? null;

/** The outcome's headline. @param {Answered} answered @param {State} state */
export function headline({ explanation: { decision, rows }, description }, state) {
  const say = wordsOf(state);
  const { outcome, screen, faults } = decision;
  if (screen !== null) {
    return h("div.headline", { "data-outcome": "screened" },
      h("p.kicker", null, say.screened), h("p.outcome", null, screen), h("p.because", null, policyText(state, "screen", screen) ?? ""));
  }
  if (description.outcomes.length === 0) return h("div.headline", null, h("p.kicker", null, say.route), h("p.because", null, say.noRoute));
  const byFault = faults.includes("route") || faults.includes("screen");
  const because = byFault ? say.byFault : isDefault(rows.route) ? say.byDefault : policyText(state, "route", rows.route);
  return h("div.headline", { "data-outcome": outcome ?? "" },
    h("p.kicker", null, say.route), h("p.outcome", null, outcome ?? say.none),
    h("p.because", null, because ?? "", " ", isDefault(rows.route) || byFault ? null : h("code", null, rows.route)));
}

/** @param {Answered} answered @param {State} state */
export function stageLine({ explanation: { decision } }, state) {
  const say = wordsOf(state);
  const { stage } = decision;
  if (!stage) return null;
  const label = (/** @type {string} */ id) => [h("strong", null, id), policyText(state, "stages", id) ? h("span.quiet", null, policyText(state, "stages", id)) : null];
  const moves = stage.moves.map(({ id, to }) => h("li", null, h("span.arrow", { "aria-hidden": "true" }, "→"), label(to), h("span.because", null, policyText(state, "moves", id) ?? id)));
  return h("section.block", null, h("h3", null, say.stage),
    stage.after === null ? h("p.fault", null, say.stageFaulted)
      : moves.length === 0 ? h("p", null, h("strong", null, stage.after), h("span.quiet", null, policyText(state, "stages", stage.after) ?? ""))
        : h("ol.moves", null, h("li", null, label(stage.before)), moves));
}

/** @param {Answered} answered @param {State} state */
export function tableLines({ explanation: { decision, rows }, description }, state) {
  const say = wordsOf(state);
  if (decision.screen !== null || description.outputs.length === 0) return null;
  return h("section.block", null, h("h3", null, say.tables), h("dl.facts", null, description.outputs.map(({ name, table }) => {
    const value = decision.tables[name];
    // Of several rows that hold, each says why.
    const held = [rows.tables[table]].flat();
    const violated = decision.violations?.some((violation) => violation.table === table);
    const reasons = value === null && !violated ? [say.faulted] : held.map((row) => (isDefault(row) ? say.defaultRow : [policyText(state, "tables", table, row) ?? "", " ", h("code", null, row)]));
    return h("div", { "data-output": name }, h("dt", null, name), h("dd", null, h("strong", null, value === null ? say.none : Array.isArray(value) ? value.join(", ") || say.none : String(value)),
      h("span.because", null, violated ? [say.violated, " "] : null, reasons.map((reason) => [reason, " "]).flat(2))));
  })));
}

/** @param {Answered} answered @param {State} state */
export function faultLines({ explanation: { decision: { faults } } }, state) {
  if (faults.length === 0) return null;
  return h("section.block.faults", null, h("h3", null, wordsOf(state).faults), h("p", null, faults.map((name) => [h("code", null, name), " "]).flat()));
}

/** @param {Answered} answered @param {State} state */
export function identityLines({ explanation: { decision: { identity } } }, state) {
  if (identity.length === 0) return null;
  const keys = identity.map((key) => h("li", null, key.map(([field, value]) => h("span", null, policyText(state, "fields", field) ?? field, " ", h("strong", null, String(value))))));
  return h("section.block", null, h("h3", null, wordsOf(state).identity), h("ul.identity", null, keys));
}
