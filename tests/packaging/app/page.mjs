// A page: the answers as its text, and whether its policy of contents would let it evaluate texts.

import { decided } from "./entry.mjs";

try {
  const answers = decided();
  let evaluates = true;
  try {
    new Function("");
  } catch {
    evaluates = false;
  }
  document.body.textContent = JSON.stringify({ answers, evaluates });
} catch (error) {
  document.body.textContent = JSON.stringify({ failed: `${/** @type {Error} */ (error).stack}` });
}
document.body.dataset.done = "";
