// What is wrong with a document, on a terminal.

import { ABSENT } from "./files.mjs";

/**
 * @typedef {import("../../src/author.d.ts").Diagnostic} Diagnostic
 */

/** @param {number} count @param {string} word */
const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** @param {Diagnostic[]} diagnostics */
export const hasErrors = (diagnostics) => diagnostics.some(({ severity }) => severity === "error");

/**
 * Diagnostics as text: each with its excerpt, then how many there are.
 * @param {Diagnostic[]} diagnostics
 * @param {{ path: string, reason: string }[]} unreadable files that the document names and that could not be read
 * @param {import("../terminal/paint.mjs").Paints} paint
 */
export function rendered(diagnostics, unreadable, paint) {
  const blocks = diagnostics.map(({ severity, rendered }) => {
    const [first, ...rest] = rendered.trimEnd().split("\n");
    return [(severity === "error" ? paint.red : paint.yellow)(first), ...rest].join("\n");
  });
  // The engine knows only that a file was not given; why is said where that is not the whole story.
  const told = (/** @type {string} */ path) => diagnostics.some(({ message }) => message.includes(`\`${path}\``));
  for (const { path, reason } of unreadable.filter(({ path, reason }) => reason !== ABSENT || !told(path))) blocks.push(paint.red(`\`${path}\` cannot be read: ${reason}`));
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const counts = [counted(errors, "error"), counted(diagnostics.length - errors, "warning")].filter((text) => !text.startsWith("0 "));
  return [...blocks, ...(counts.length > 0 ? [counts.join(", ")] : [])].join("\n\n");
}
