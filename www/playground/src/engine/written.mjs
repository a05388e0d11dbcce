// What the engine does not tell of a document, read out of its text: schedules, teams, stories, and on what moves are taken.

import { parseDocument } from "yaml";

/**
 * @typedef {object} Written
 * @property {Schedule[]} schedules
 * @property {Team[]} teams
 * @property {Record<string, StoryStep[]>} stories the steps of golden leads, by the lead's id
 * @property {Move[]} moves
 *
 * @typedef {{ name: string, enter: unknown, leave: unknown, steps: ScheduleStep[] }} Schedule
 * @typedef {{ id: string, send: string, on: "day" | "week" | "working_day" | "after" | "when", time: string, at: string | null, when: unknown }} ScheduleStep `on` is what `time` counts, `at` the time of day, `when` a condition as written
 * @typedef {{ name: string, members: { id: string, weight: number, daily: number | null }[] }} Team
 * @typedef {{ at: string, event?: string, move?: string, reason?: string, by?: string }} StoryStep
 * @typedef {{ id: string, from: string[], to: string, event: string | null }} Move
 */

/** @param {unknown} value @returns {value is Record<string, any>} */
const isMap = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {unknown} value @returns {[string, Record<string, any>][]} */
const entries = (value) => (isMap(value) ? Object.entries(value).filter(([, item]) => isMap(item)) : []);

/** @param {unknown} value @returns {Record<string, any>[]} */
const maps = (value) => (Array.isArray(value) ? value.filter(isMap) : []);

/** @param {unknown} value */
const text = (value) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/** @param {Record<string, any>} step @param {Record<string, any>} schedule @returns {ScheduleStep} */
function scheduleStep(step, schedule) {
  const on = /** @type {const} */ (["day", "week", "working_day", "after"]).find((key) => key in step) ?? "when";
  const time = on === "when" ? "" : text(step[on]);
  const send = text(step.send);
  // A step without an id is called by its time and what it sends, as the engine calls it.
  return { id: text(step.id) || `${on}${time}-${send}`, send, on, time, at: text(step.at ?? schedule.at) || null, when: step.when };
}

/** @param {string} source a policy document @returns {Written | null} null where it cannot be read for now */
export function writtenIn(source) {
  let document;
  try {
    // Whatever is wrong with it the engine tells; here it is nothing.
    document = parseDocument(source, { prettyErrors: false, logLevel: "silent", uniqueKeys: false }).toJS({ maxAliasCount: 0 });
  } catch {
    return null;
  }
  if (!isMap(document)) return null;
  const steps = entries(document.tests).filter(([, { steps }]) => maps(steps).length > 0);
  return {
    schedules: entries(document.sops).map(([name, schedule]) => ({ name, enter: schedule.enter, leave: schedule.leave, steps: maps(schedule.steps).map((step) => scheduleStep(step, schedule)) })),
    teams: entries(document.queues).map(([name, { members, daily }]) => ({
      name, members: maps(members).map((member) => ({ id: text(member.id), weight: typeof member.weight === "number" ? member.weight : 1, daily: member.daily ?? daily ?? null })),
    })),
    stories: Object.fromEntries(steps.map(([id, test]) => [id, maps(test.steps).map(({ at, event, move, reason, by }) => ({
      at: text(at), ...Object.fromEntries(Object.entries({ event, move, reason, by }).filter(([, value]) => value !== undefined && value !== null).map(([key, value]) => [key, text(value)])),
    }))])),
    moves: maps(document.stages?.moves).map(({ id, from, to, event }) => ({ id: text(id), from: [from].flat().map(text), to: text(to), event: text(event) || null })),
  };
}
