// What test runners say of themselves, as numbers.

/**
 * @typedef {object} Tally
 * @property {boolean} ok
 * @property {number} passed tests, or 1 for a stage that is one check
 * @property {number} failed
 * @property {number} [skipped]
 */

/** @param {boolean} ok @returns {Tally} */
export const oneCheck = (ok) => ({ ok, passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

/** @param {string} output @param {RegExp} pattern */
const sum = (output, pattern) => [...output.matchAll(pattern)].reduce((total, [, count]) => total + Number(count), 0);

/** What did not come as far as its tests has failed all the same. @param {Tally} tally @returns {Tally} */
const atLeastOne = (tally) => ({ ...tally, failed: tally.ok ? tally.failed : Math.max(tally.failed, 1) });

/** Of `cargo test`. @param {number | null} status @param {string} output */
export const cargoTally = (status, output) => atLeastOne({
  ok: status === 0,
  passed: sum(output, /^test result: .*? (\d+) passed;/gm),
  failed: sum(output, /^test result: .*? (\d+) failed;/gm),
  skipped: sum(output, /^test result: .*? (\d+) ignored;/gm),
});

/** Of Node's test runner, as TAP. @param {number | null} status @param {string} output */
export const tapTally = (status, output) => atLeastOne({
  ok: status === 0,
  passed: sum(output, /^# pass (\d+)/gm),
  failed: sum(output, /^# fail (\d+)/gm) + sum(output, /^# cancelled (\d+)/gm),
  skipped: sum(output, /^# skipped (\d+)/gm),
});
