// Text out of a file to the value of a field, by the field's declared type.

const INTEGER = /^([+-]?\d+)(?:\.0*)?$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const BOOLS = new Map([
  ["true", true], ["yes", true], ["1", true], ["是", true],
  ["false", false], ["no", false], ["0", false], ["否", false],
]);

/**
 * @typedef {object} Problem
 * @property {string} code
 * @property {string} message
 * @property {string} [path] the field, or the column
 * @property {string} [help]
 */

/** A text as people are shown it: never longer than a line's part. @param {string} text */
export const shown = (text) => {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
};

/** A problem in a sentence that names its field. @param {Problem} problem */
export const inWords = ({ path, message }) => (path && !message.includes(`\`${path}\``) ? `${path}: ${message}` : message);

/** @param {string} text @param {string} path @param {string} what @param {string} [help] @returns {{ problem: Problem }} */
const wrong = (text, path, what, help) => ({ problem: { code: "wrong-type", path, message: `\`${shown(text)}\` is not ${what}`, help } });

/**
 * The value that a text stands for; undefined for an empty text. Bounds and an enum's values are the engine's to check.
 * @param {string} text
 * @param {import("../../src/index.d.ts").FieldDescription} field
 * @returns {{ value?: string | number | boolean, problem?: Problem }}
 */
export function convert(text, { name, type }) {
  if (type === "string") return text === "" ? {} : { value: text };
  const word = text.trim();
  if (word === "") return {};
  switch (type) {
    case "int": {
      const digits = INTEGER.exec(word)?.[1];
      if (digits === undefined) return wrong(text, name, "a whole number", "write digits alone, without separators or units");
      const value = Number(digits);
      return Number.isSafeInteger(value) ? { value } : wrong(text, name, "within ±9007199254740991");
    }
    case "double": {
      const value = NUMBER.test(word) ? Number(word) : NaN;
      return Number.isFinite(value) ? { value } : wrong(text, name, "a number", "write digits with a point, without separators or units");
    }
    case "bool": {
      const value = BOOLS.get(word.toLowerCase());
      return value === undefined ? wrong(text, name, "true or false", "write true or false, yes or no, 1 or 0, 是 or 否") : { value };
    }
    case "enum":
      return { value: word };
  }
}
