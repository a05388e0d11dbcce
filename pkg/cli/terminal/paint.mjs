// Colours, for terminals only.

/** @param {boolean} enabled */
export function paints(enabled) {
  const paint = (/** @type {number} */ on, /** @type {number} */ off) =>
    (/** @type {string} */ text) => (enabled && text !== "" ? `\u001b[${on}m${text}\u001b[${off}m` : text);
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}

/** @typedef {ReturnType<typeof paints>} Paints */
