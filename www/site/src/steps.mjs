// Which questions a step shows. Pure: fields in, fields out.

/**
 * The way through the form: the fields of each step that was shown, in order, and which of them is current.
 * @typedef {{ steps: string[][], at: number }} Way
 */

/** @param {Way} way @param {string[]} shown fields whose questions apply, in order */
export const pending = ({ steps }, shown) => shown.filter((field) => !steps.some((step) => step.includes(field)));

/** The current step's questions that apply. @param {Way} way @param {string[]} shown */
export const current = ({ steps, at }, shown) => (steps[at] ?? []).filter((field) => shown.includes(field));

/** The nearest other step that has a question to show. @param {Way} way @param {string[]} shown @param {1 | -1} direction */
function neighbour({ steps, at }, shown, direction) {
  for (let to = at + direction; to >= 0 && to < steps.length; to += direction) {
    if (steps[to].some((field) => shown.includes(field))) return to;
  }
  return null;
}

/** @param {Way} way @param {string[]} shown */
export const hasNext = (way, shown) => neighbour(way, shown, 1) !== null || pending(way, shown).length > 0;

/** @param {Way} way @param {string[]} shown */
export const hasBack = (way, shown) => neighbour(way, shown, -1) !== null;

/**
 * The way after "Continue": a step that was there already, or new questions.
 * @param {Way} way
 * @param {string[]} shown
 * @param {number} perVisit
 * @returns {Way}
 */
export function next(way, shown, perVisit) {
  const to = neighbour(way, shown, 1);
  if (to !== null) return { ...way, at: to };
  const fields = pending(way, shown).slice(0, perVisit);
  return fields.length === 0 ? way : { steps: [...way.steps, fields], at: way.steps.length };
}

/** The way after "Back". @param {Way} way @param {string[]} shown @returns {Way} */
export function back(way, shown) {
  const to = neighbour(way, shown, -1);
  return to === null ? way : { ...way, at: to };
}
