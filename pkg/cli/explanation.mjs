// An explanation as lines for people.

import { inWords } from "./leads/convert.mjs";
import { messages } from "./messages.mjs";
import { textAt } from "./policy/texts.mjs";
import { table } from "./terminal/table.mjs";

/** Kinds of lines that a group's bounds see. */
const counted = new Set(["rule", "reset", "bound"]);

/**
 * @typedef {import("../src/index.d.ts").Explanation} Explanation
 * @typedef {import("../src/index.d.ts").ScoreExplanation} ScoreExplanation
 * @typedef {{ texts: import("../src/author.d.ts").Texts, locale: "en" | "zh", paint: import("./terminal/paint.mjs").Paints }} Style
 */

/** Columns of a text; longer ones are cut. */
const LONGEST = 120;

/** @param {number} points */
const signed = (points) => (points > 0 ? `+${points}` : `${points}`);

/** Points as thousandths, in which they sum exactly. @param {number} points */
const milli = (points) => Math.round(points * 1000);

/** Where a rule stands: its group and itself. @param {(string | null)[]} parts */
const place = (parts) => parts.filter((part) => part !== null && part !== "").join(".");

/**
 * What the lines of a score are about, in words. Bounds are what the lines before them come to, together with what the bound gave or took.
 * @param {ScoreExplanation} score
 * @param {Style} style
 */
function reasons({ name, value, lines }, { texts, locale }) {
  const say = messages[locale];
  return lines.map(({ kind, group, id, key, points }, at) => {
    switch (kind) {
      case "rule": {
        const text = textAt(texts, locale, ["scores", name, group, id]) ?? id ?? "";
        return key ? say.key(text, say.keys[key] ?? key) : text;
      }
      case "score":
        return "";
      case "cap":
      case "floor": {
        const sum = lines.slice(0, at).filter((line) => counted.has(line.kind) && line.group === group).reduce((sum, line) => sum + milli(line.points), milli(points));
        return say[kind](textAt(texts, locale, ["groups", name, group]) ?? group ?? name, sum / 1000);
      }
      case "reset":
      case "bound":
        return say[kind];
      case "range":
        return (points < 0 ? say.atMost : say.atLeast)(value);
    }
  });
}

/** @param {ScoreExplanation} score @param {Style} style */
function scoreLines(score, style) {
  const { texts, locale, paint } = style;
  const { name, value, lines, missing } = score;
  const say = messages[locale];
  const words = reasons(score, style);
  const rows = lines.map(({ kind, group, id, points }, at) => [kind === "range" ? name : place([group, id]), signed(points), words[at]]);
  const unknown = missing.map(({ group, rule, field }) =>
    [place([group, rule]), "–", say.missing(textAt(texts, locale, ["scores", name, group, rule]), textAt(texts, locale, ["fields", field]) ?? field)]);
  const [, ...body] = table(
    [{ title: "" }, { title: "", align: "right" }, { title: "", max: LONGEST }],
    [...rows, [say.total, `${value}`, ""], ...unknown],
    { indent: "  " },
  );
  return ["", paint.bold(`${name}  ${value}`), ...body.map((line, at) => (at < rows.length ? line : at === rows.length ? paint.bold(line) : paint.dim(line)))];
}

/** An output of a table; of a list its values. @param {unknown} value @param {string} none */
const shownOutput = (value, none) => (Array.isArray(value) ? value.join(", ") || none : value === null ? none : `${value}`);

/**
 * @param {Explanation} explanation
 * @param {import("../src/index.d.ts").Description["outputs"]} outputs
 * @param {Style} style
 * @returns {string[]}
 */
export function explanationLines({ decision, rows, scores }, outputs, style) {
  const { texts, locale, paint } = style;
  const say = messages[locale];
  const { outcome, screen, stage, tables, faults, notes } = decision;
  const because = (/** @type {(string | null)[]} */ ...path) => {
    const text = textAt(texts, locale, path);
    return text === undefined ? "" : say.aside(text);
  };
  const stageName = (/** @type {string} */ id) => `${id}${because("stages", id)}`;
  const reason = screen !== null ? because("screen", screen) : rows.route !== null ? because("route", rows.route) : "";
  const facts = [
    [say.outcome, `${outcome ?? say.none}${reason}`],
    ...(stage ? [[say.stage, stageName(stage.before)]] : []),
    ...(stage?.moves ?? []).map(({ id, to }) => ["", say.key(`→ ${stageName(to)}`, textAt(texts, locale, ["moves", id]) ?? id)]),
    ...(screen === null ? outputs.map(({ name, table }) => [name, `${shownOutput(tables[name], say.none)}${[rows.tables[table] ?? []].flat().map((row) => because("tables", table, row)).join("")}`]) : []),
    ...(decision.violations ?? []).map(({ table, rows: held }) => [say.violation(table), held.join(", ")]),
    ...(faults.length > 0 ? [[say.faults, faults.join(", ")]] : []),
    ...(notes.length > 0 ? [[say.notes, notes.map(inWords).join("; ")]] : []),
  ];
  const [, ...head] = table([{ title: "", paint: paint.dim }, { title: "" }], facts);
  return [...head, ...scores.flatMap((score) => scoreLines(score, style))];
}
