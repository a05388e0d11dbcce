// What single answers would change, as lines for people.

import { messages } from "./messages.mjs";
import { textAt } from "./policy/texts.mjs";
import { table } from "./terminal/table.mjs";

/** @typedef {import("../src/index.d.ts").Change} Change */

/** Columns of a text; longer ones are cut. */
const LONGEST = 60;

/** The double after a finite one. @param {number} value */
function nextUp(value) {
  if (value === 0) return Number.MIN_VALUE;
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0] += value < 0 ? -1n : 1n;
  return new Float64Array(bits.buffer)[0];
}

/** Whether a number that lies next to another is the longer one: then a threshold stands between them. @param {number} value @param {number} beside */
const isLonger = (value, beside) => `${value}`.length > `${beside}`.length;

/**
 * A range of numbers in words. A field without bounds of its own goes as far as numbers go, and nobody has to be told.
 * @param {[low: number, high: number]} range
 * @param {typeof messages["en"]} say
 */
export function rangeText([low, high], say) {
  const [above, below] = [-nextUp(-low), nextUp(high)];
  const from = low <= Number.MIN_SAFE_INTEGER ? undefined : isLonger(low, above) ? say.moreThan(above) : say.from(low);
  const to = high >= Number.MAX_SAFE_INTEGER ? undefined : isLonger(high, below) ? say.lessThan(below) : say.upTo(high);
  if (from === undefined || to === undefined) return from ?? to ?? say.anyNumber;
  return isLonger(low, above) || isLonger(high, below) ? say.both(from, to) : say.between(low, high);
}

/** @param {Change["from"] | Change["to"]} answer @param {typeof messages["en"]} say */
function answerText(answer, say) {
  if ("absent" in answer) return say.keys.unanswered;
  if ("declined" in answer) return say.keys.declined;
  if ("range" in answer) return rangeText(answer.range, say);
  return "example" in answer ? say.suchAs(`${answer.value}`) : `${answer.value}`;
}

/**
 * @param {import("../src/index.d.ts").WhatIf} found
 * @param {import("./explanation.mjs").Style} style
 * @returns {string[]}
 */
export function whatIfLines({ settle, now, changes, untold }, { texts, locale, paint }) {
  const say = messages[locale];
  const nameOf = (/** @type {string} */ field) => textAt(texts, locale, ["fields", field]) ?? field;
  const thing = settle === "route" ? say.outcome : settle === "stage" ? say.stage : settle;
  const [, ...rows] = table(
    [{ title: "", max: LONGEST }, { title: "", max: LONGEST }, { title: "", paint: paint.dim }, { title: "", max: LONGEST }, { title: "" }],
    changes.map(({ field, from, to, outcome, stage, outputs }) => {
      const then = settle === "route" ? outcome : settle === "stage" ? stage : outputs?.[settle];
      return [nameOf(field), answerText(from, say), "→", answerText(to, say), `${then ?? say.none}`];
    }),
    { indent: "  " },
  );
  return [
    "",
    paint.bold(changes.length === 0 ? say.nothingWould(thing, `${now ?? say.none}`) : say.whatWould(thing, `${now ?? say.none}`)),
    ...rows,
    ...untold.map(({ field, reason }) => paint.dim(`  ${say.key(nameOf(field), say.untold[reason])}`)),
  ];
}
