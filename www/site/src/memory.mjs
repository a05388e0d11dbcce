// What is kept for this tab only, so that a change of language or a reload loses nothing.

import { base } from "./page.mjs";

/** Each policy's answers are its own. */
const KEY = `leadgate.form${base}`;

/**
 * @typedef {object} Kept
 * @property {Record<string, string>} values what was answered, by field: ids of choices and texts
 * @property {string[][]} steps
 * @property {number} at
 */

/** @returns {Kept | null} */
export function recall() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return Array.isArray(kept?.steps) && kept.values ? kept : null;
  } catch {
    // Storage that is switched off or spoilt is no reason to lose the form.
    return null;
  }
}

/** @param {Kept | null} kept null forgets */
export function remember(kept) {
  try {
    if (kept === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // As above.
  }
}
