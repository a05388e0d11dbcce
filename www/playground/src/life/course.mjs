// What comes out of a lead as time passes: whether that is a question at all, each score at moments along the slider, and the next change.

import { DAY, spanOf } from "./life.mjs";

/**
 * @typedef {import("leadgate").Policy} Policy
 * @typedef {import("leadgate").Description} Description
 * @typedef {import("leadgate").Lead} Lead
 * @typedef {import("leadgate").Options} Options
 * @typedef {import("./life.mjs").Life} Life
 *
 * @typedef {object} Course
 * @property {{ at: number, scores: Record<string, number | null> | null }[]} samples in order; null where the lead could not be decided
 * @property {import("leadgate").Until | null} next null where it cannot be told
 */

/** How many moments along the slider are decided, at most and at least; between them, so many that the decision is not kept waiting: each looks at every event. */
const MOST = 180;
const LEAST = 24;
const WORK = 20_000;

/** Whether time says something in a policy: behaviours, or moves that wait for something. @param {Policy} policy @param {Description} description */
export function knowsTime(policy, { events = [], signals = [], stages }) {
  if (events.length > 0 || signals.length > 0) return true;
  return stages.some((stage) => policy.legal({}, { now: 0, state: { stage, since: 0 } }).legal.some(({ event, at, needs }) => event !== undefined || at !== undefined || needs.some((need) => need.at !== undefined)));
}

/** Whether a schedule waits for a lead; a state that is refused is told with the decision. @param {Policy} policy @param {Lead} lead @param {Options & { now: number }} options */
export function isScheduled(policy, lead, options) {
  const due = attempt(() => policy.due(lead, options));
  return due === null || due.steps.length > 0 || due.begin.length > 0 || due.next !== null;
}

/** The life as calls take it: without what the document has lost, which may come back. @param {Life} life @param {string | null} stage @param {Description} description @returns {Pick<Options, "events" | "state"> & { now: number }} */
export function lifeOptions({ now, events, state }, stage, { events: types = [], stages }) {
  const known = events.filter(({ type }) => types.some(({ name }) => name === type)).map(({ type, at, id, ...attributes }) => {
    const declared = types.find(({ name }) => name === type)?.attributes ?? [];
    return { type, at, ...(id === undefined ? {} : { id }), ...Object.fromEntries(Object.entries(attributes).filter(([name]) => declared.some((attribute) => attribute.name === name))) };
  });
  const standing = stage !== null && stages.includes(stage) ? { stage } : state && stages.length > 0 ? { stage: stages[0] } : {};
  return { now, events: known, state: state || stage !== null ? { ...state, ...standing } : undefined };
}

/** Remembers the last curve: the slider moves along it without making it anew. */
export function courses() {
  let key = "";
  /** @type {Course["samples"]} */
  let samples = [];

  /** @param {Policy} policy @param {Lead} lead @param {Options} options @param {Life} life @param {boolean} fresh whether the policy is another one @returns {Course} */
  return (policy, lead, options, life, fresh) => {
    const { back, ahead } = spanOf(life);
    const now = JSON.stringify([lead, { ...options, now: null }, life.anchor, back, ahead]);
    if (fresh || now !== key) {
      key = now;
      samples = [];
      const step = Math.max(Math.ceil((back + ahead) / Math.max(Math.min(MOST, WORK / (life.events.length + 1)), LEAST)), 1);
      for (let at = -back; at <= ahead; at += step) {
        const moment = life.anchor + at * DAY;
        samples.push({ at: moment, scores: attempt(() => policy.decide(lead, { ...options, now: moment }).scores) });
      }
    }
    return { samples, next: attempt(() => policy.until(lead, begun(policy, lead, { ...options, now: life.now }))) };
  };
}

/** Schedules that begin with the decision have begun from then on: their steps are among what comes next. @param {Policy} policy @param {Lead} lead @param {Options & { now: number }} options */
function begun(policy, lead, options) {
  const due = policy.due(lead, options);
  return due.begin.length === 0 ? options : { ...options, state: policy.commit(options.state, due) };
}

/** Null where the engine refuses; what it says of the present moment is told there. @template T @param {() => T} question @returns {T | null} */
function attempt(question) {
  try {
    return question();
  } catch (error) {
    if (error instanceof Error && error.name === "LeadgateError") return null;
    throw error;
  }
}
