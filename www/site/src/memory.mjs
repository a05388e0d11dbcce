// What is kept for this tab only, so that a change of language or a reload loses nothing.

import { base } from "./page.mjs";

/** Each policy's answers are its own. */
const KEY = `leadgate.form${base}`;

/** @returns {unknown} */
export function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  } catch {
    // Storage that is switched off or spoilt is no reason to lose the form.
    return null;
  }
}

/** @param {import("leadgate/form").SavedForm | null} saved null forgets */
export function remember(saved) {
  try {
    if (saved === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(saved));
  } catch {
    // As above.
  }
}
