// Lines and columns of diagnostics, which count characters, as offsets of the editor, which count UTF-16 units.

/** @typedef {import("leadgate/author").Diagnostic} Diagnostic */

/** How many UTF-16 units the first characters of a line take. @param {string} line @param {number} characters */
export function unitsOf(line, characters) {
  let units = 0;
  for (const character of line) {
    if (characters <= 0) break;
    units += character.length;
    characters -= 1;
  }
  return units;
}

/**
 * Where a diagnostic stands. The text may have moved on since it was checked, so that its places may lie outside.
 * @param {Pick<Diagnostic, "line" | "column" | "endLine" | "endColumn">} diagnostic
 * @param {import("@codemirror/state").Text} text
 */
export function rangeOf({ line, column, endLine, endColumn }, text) {
  const offset = (/** @type {number} */ at, /** @type {number} */ characters) => {
    const found = text.line(Math.min(Math.max(at, 1), text.lines));
    return found.from + unitsOf(found.text, characters - 1);
  };
  const from = offset(line, column);
  return { from, to: Math.max(from, offset(endLine, endColumn)) };
}
