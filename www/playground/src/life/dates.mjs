// Moments as people read and write them: in the browser's own time zone.

/** @typedef {import("../store.mjs").State} State */

/** What such inputs hold at most: the engine knows years of four digits. */
export const LATEST = "9999-12-31T23:59";

/** @param {number} part @param {number} [digits] */
const two = (part, digits = 2) => String(part).padStart(digits, "0");

/** What an input for date and time holds. @param {number} moment */
export function localOf(moment) {
  const date = new Date(moment);
  return `${two(date.getFullYear(), 4)}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment that such an input holds; NaN where it holds none. @param {string} text */
export const fromLocal = (text) => new Date(text).getTime();

/** @param {Pick<State, "locale">} state @param {Intl.DateTimeFormatOptions} style */
const format = ({ locale }, style) => new Intl.DateTimeFormat(locale === "zh" ? "zh-CN" : "en-GB", style);

/** @param {number} moment @param {Pick<State, "locale">} state */
export const dateTime = (moment, state) => format(state, { dateStyle: "long", timeStyle: "short" }).format(moment);

/** @param {number} moment @param {Pick<State, "locale">} state */
export const day = (moment, state) => format(state, { dateStyle: "medium" }).format(moment);
