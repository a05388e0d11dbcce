// What a lead did and the moment at which it is decided, as the page keeps them.

/**
 * @typedef {import("leadgate").LeadEvent} LeadEvent
 *
 * @typedef {object} Life
 * @property {LeadEvent[]} events in the order in which they were put in
 * @property {number} now the moment of the decision, in milliseconds
 * @property {number} anchor the moment that the slider goes back and ahead from
 * @property {import("leadgate").State | null} state where the lead stands, its stage apart
 */

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Days that the slider goes ahead, and days that it goes back where nothing was done. */
const AHEAD = 90;
const BACK = 30;

/** @param {number} [now] @returns {Life} */
export function newLife(now = Date.now()) {
  // Whole minutes, as people write times.
  const moment = Math.floor(now / 60_000) * 60_000;
  return { events: [], now: moment, anchor: moment, state: null };
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether what was kept is whole. @param {unknown} value @returns {value is Life} */
export const isLife = (value) => isObject(value) && Number.isFinite(value.now) && Number.isFinite(value.anchor) && (value.state === null || isObject(value.state))
  && Array.isArray(value.events) && value.events.every((event) => isObject(event) && typeof event.type === "string" && !Number.isNaN(momentOf(event.at)));

/** Milliseconds of a moment; NaN where it is none. @param {unknown} at */
export const momentOf = (at) => (typeof at === "number" ? at : at instanceof Date ? at.getTime() : typeof at === "string" ? Date.parse(at) : Number.NaN);

/** The life of a golden lead; one that names no moment is decided at the one that is. @param {import("leadgate/author").GoldenLead} golden @param {Life} life @returns {Life} */
export function lifeOf({ given }, life) {
  const now = momentOf(given.now);
  const moment = Number.isNaN(now) ? life.now : now;
  const { stage: _, ...state } = given.state ?? {};
  return { events: given.events ?? [], now: moment, anchor: Number.isNaN(now) ? life.anchor : now, state: Object.keys(state).length === 0 ? null : state };
}

/** Whether two lives are decided alike. @param {Life} one @param {Life} other */
export const isSameLife = (one, other) => one.now === other.now && JSON.stringify([one.events, one.state]) === JSON.stringify([other.events, other.state]);

/** The last moment that a state tells of: nothing can be decided before it. @param {Life["state"]} state */
function tellsOf(state) {
  const { since, history = [], resets = [], enrolled = [], sent = [], pins = {} } = state ?? {};
  return [since, ...[...history, ...resets, ...enrolled, ...sent, ...Object.values(pins)].map((item) => item?.at)].map(momentOf).filter((at) => !Number.isNaN(at)).reduce((last, at) => Math.max(last, at), Number.NEGATIVE_INFINITY);
}

/** How many days the slider goes back from its anchor, and how many ahead. @param {Life} life @returns {{ back: number, ahead: number }} */
export function spanOf({ events, now, anchor, state }) {
  const first = events.length > 0 ? Math.min(...events.map(({ at }) => momentOf(at))) : anchor - BACK * DAY;
  const back = Math.max(Math.ceil((anchor - Math.min(first, now)) / DAY), 1);
  const known = Math.floor((anchor - tellsOf(state)) / DAY);
  return { back: Math.max(Math.min(back, known), 0), ahead: Math.max(AHEAD, Math.ceil((now - anchor) / DAY)) };
}
