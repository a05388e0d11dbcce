// An explanation as lines for people.

import { inWords } from "./leads/convert.mjs";
import { messages } from "./messages.mjs";
import { textAt } from "./policy/texts.mjs";
import { table } from "./terminal/table.mjs";

/**
 * @typedef {import("../src/index.d.ts").Explanation} Explanation
 * @typedef {import("../src/index.d.ts").ScoreExplanation} ScoreExplanation
 * @typedef {{ texts: import("../src/author.d.ts").Texts, locale: "en" | "zh", paint: import("./terminal/paint.mjs").Paints }} Style
 */

/** @param {number} points */
const signed = (points) => (points > 0 ? `+${points}` : `${points}`);

/**
 * What a line is about, in words.
 * @param {import("../src/index.d.ts").Line} line
 * @param {string} score
 * @param {Style} style
 */
function because({ kind, group, id, key }, score, { texts, locale }) {
  const say = messages[locale];
  switch (kind) {
    case "rule": {
      const text = textAt(texts, locale, ["scores", score, group, id]) ?? id ?? "";
      return key ? `${text}: ${key}` : text;
    }
    case "score":
      return textAt(texts, locale, ["scores", id]) ?? id ?? "";
    case "cap":
      return say.cap(group ?? score);
    case "floor":
      return say.floor(group ?? score);
    case "range":
      return say.range;
  }
}

/** @param {ScoreExplanation} explanation @param {Style} style */
function scoreLines({ name, value, lines, missing }, style) {
  const { texts, locale, paint } = style;
  const say = messages[locale];
  const rows = lines.map((line) => [[line.group, line.kind === "rule" ? line.id : null].filter(Boolean).join(".") || "–", signed(line.points), because(line, name, style)]);
  const [, ...body] = table(
    [{ title: "" }, { title: "", align: "right" }, { title: "", max: 60 }],
    [...rows, [say.total, `${value}`, ""]],
    { indent: "  " },
  );
  const total = body.pop() ?? "";
  const unknown = missing.map(({ group, rule, field }) =>
    `  ${paint.dim(`${[group, rule].filter(Boolean).join(".")}: ${say.missing}: ${textAt(texts, locale, ["fields", field]) ?? field}`)}`);
  return ["", paint.bold(`${name}  ${value}`), ...body, paint.bold(total), ...unknown];
}

/**
 * @param {Explanation} explanation
 * @param {Style} style
 * @returns {string[]}
 */
export function explanationLines({ decision, scores }, style) {
  const { texts, locale, paint } = style;
  const say = messages[locale];
  const { outcome, screen, stage, tables, faults, notes } = decision;
  const reason = screen === null ? undefined : textAt(texts, locale, ["screen", screen]);
  const facts = [
    [say.outcome, `${outcome ?? say.none}${reason ? ` (${reason})` : ""}`],
    ...(stage ? [[say.stage, [stage.before, ...stage.moves.map(({ id, to }) => `→ ${to} (${textAt(texts, locale, ["stages", "moves", id]) ?? id})`)].join(" ")]] : []),
    ...(screen === null ? Object.entries(tables).map(([name, value]) => [name, value === null ? say.none : String(value)]) : []),
    ...(faults.length > 0 ? [[say.faults, faults.join(", ")]] : []),
    ...(notes.length > 0 ? [[say.notes, notes.map(inWords).join("; ")]] : []),
  ];
  const [, ...head] = table([{ title: "", paint: paint.dim }, { title: "" }], facts);
  return [...head, ...scores.flatMap((score) => scoreLines(score, style))];
}
