// What is written down about requests: what happened, to which lead, how long it took. Nothing that a visitor typed and nothing that tells who they are comes near it: an entry is made of
// the words and numbers below, and errors are written with their name and code, for their messages may quote what was sent.

/**
 * @typedef {object} Entry
 * @property {string} event
 * @property {string} [lead] a lead's id, which the client made up
 * @property {boolean} [verified]
 * @property {boolean} [merged]
 * @property {number} [status]
 * @property {number} [attempts]
 * @property {string[]} [codes]
 * @property {string} [error] an error's name and code
 *
 * @typedef {(entry: Entry) => void} Log
 */

/** @param {(line: string) => void} write @param {() => number} clock @returns {Log} */
export function createLog(write, clock) {
  return (entry) => write(JSON.stringify({ at: new Date(clock()).toISOString(), ...entry }));
}

/** @param {unknown} error */
export function nameOfError(error) {
  if (!(error instanceof Error)) return typeof error;
  const { code } = /** @type {{ code?: unknown }} */ (/** @type {unknown} */ (error));
  return typeof code === "string" && /^[\w-]{1,60}$/.test(code) ? `${error.name} ${code}` : error.name;
}
