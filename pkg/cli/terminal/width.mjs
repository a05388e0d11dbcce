// How many columns a text takes on a terminal.

import { stripVTControlCharacters } from "node:util";

// Unicode's East Asian Width W and F, as blocks; what is drawn as an emoji is wide as well.
const WIDE =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]*$/u;
const ASCII = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** @param {string} grapheme */
const graphemeWidth = (grapheme) => (INVISIBLE.test(grapheme) ? 0 : WIDE.test(grapheme) ? 2 : 1);

/**
 * The columns that `text` takes, colour codes left out.
 * @param {string} text
 */
export function width(text) {
  const plain = stripVTControlCharacters(text);
  if (ASCII.test(plain)) return plain.length;
  let columns = 0;
  for (const { segment } of graphemes.segment(plain)) columns += graphemeWidth(segment);
  return columns;
}

/**
 * `text` filled with spaces to `columns`.
 * @param {string} text
 * @param {number} columns
 * @param {"left" | "right"} [align]
 */
export function pad(text, columns, align = "left") {
  const space = " ".repeat(Math.max(0, columns - width(text)));
  return align === "left" ? text + space : space + text;
}

/**
 * `text` cut to at most `columns`, with an ellipsis where something was left out. Takes no colour codes.
 * @param {string} text
 * @param {number} columns
 */
export function cut(text, columns) {
  if (width(text) <= columns) return text;
  let result = "";
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += graphemeWidth(segment);
    if (used > columns - 1) break;
    result += segment;
  }
  return `${result}…`;
}
