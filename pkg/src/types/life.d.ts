// A lead in its life: moments, events, states, steps, what is due.

import { Options, Shape } from "./lead.js";

/** A moment: a time by RFC 3339, a date, or milliseconds since 1970. */
export type Moment = string | Date | number;

/** Something that a lead did: its type, its time, and the attributes that the policy declares. Of several events with one id one counts. */
export interface LeadEvent {
  type: string;
  at: Moment;
  id?: string;
  [attribute: string]: unknown;
}

/** Where a lead stands in its life: what the host stores between calls. */
export interface State {
  /** Digest of the program that made it. */
  program?: string;
  stage?: string;
  /** When the lead entered the stage in which its history begins. */
  since?: Moment;
  /** Every change of the stage, the oldest first. */
  history?: { move: string; from: string; to: string; at: Moment; reason?: string; by?: string }[];
  /** What behaviours up to a moment are still worth in a score, in thousandths. */
  resets?: { score: string; factor: number; at: Moment }[];
  /** Schedules that were begun. */
  enrolled?: { sop: string; at: Moment }[];
  /** Steps of schedules that were sent. */
  sent?: { sop: string; step: string; at: Moment }[];
  /** How often the form was visited. */
  visits?: number;
  /** What a person has fixed by hand. */
  pins?: { stage?: Pin; owner?: Pin };
}

/** What a state is to advance by: an event or a move, or what `decide` proposes; why, and who says so. */
export interface Step {
  event?: string;
  move?: string;
  reason?: string;
  by?: string;
}

/** What became of a step. */
export type Advance<P extends Shape = Shape> =
  | { ok: true; state: State; moves: NonNullable<State["history"]> }
  | { ok: false; code: string; message: string; stage: P["stages"]; legal: Legal<P>[] };

/** A move from the stage that a lead is in; with nothing in `needs` it can be made now, a reason apart. */
export interface Legal<P extends Shape = Shape> {
  move: string;
  to: P["stages"];
  /** The event that it is taken on. */
  event?: string;
  /** When time makes it. */
  at?: string;
  /** What must be said of why. */
  reason?: "required" | string[];
  needs: { code: string; message: string; fields?: string[]; at?: string }[];
}

/** Fixes the stage or the owner, or with `null` lets go of it. */
export type PinOptions = ({ stage: string | null } | { owner: string | null }) & { by: string; reason?: string; now: Moment };

/** A stay in a stage. */
export interface Stay {
  stage: string;
  from?: string;
  until?: string;
  /** The moves that entered and left it. */
  enteredBy?: string;
  leftBy?: string;
  /** Why it was left. */
  reason?: string;
}

/** A value that a person has fixed by hand. */
export interface Pin {
  value: string;
  by: string;
  reason?: string;
  at: Moment;
}

export interface UntilOptions<P extends Shape = Shape> extends Options<P> {
  now: Moment;
  /** How far ahead is looked: 366 days where it is left out. */
  horizon?: Moment;
}

/** When what comes out of a lead next changes by itself. */
export interface Until<P extends Shape = Shape> {
  /** The first moment at which something comes out differently; null where that is not so by `checked`. */
  at: string | null;
  /** Up to this moment nothing else changes: the horizon, or an earlier one where too many moments would have to be looked at. */
  checked: string;
  /** What changes: `outcome`, `stage`, outputs of tables by name, `due`. */
  changes: string[];
  before: Come<P>;
  after: Come<P> | null;
}

/** What comes out of a lead at a moment. */
export interface Come<P extends Shape = Shape> {
  outcome?: P["outcomes"];
  stage?: P["stages"];
  scores: { [name: string]: number };
  tables: { [name: string]: unknown };
  /** Steps of schedules that are due, each with the time when its schedule began: now, where it begins with this. */
  due: { sop: string; step: string; enrolled: string }[];
}

/** What is due to a lead. */
export interface Due {
  /** The moment that was asked about. */
  at: string;
  /** Steps to be sent now, by time. */
  steps: DueStep[];
  /** Schedules that begin now, and those that end, as they had begun: `commit` takes both into the state. */
  begin: { sop: string; at: string }[];
  end: { sop: string; at: string }[];
  /** What nothing can be told of, because it faults: `screen`, a schedule, or a step (`nurture.day1-welcome`). */
  faults: string[];
  /** When a step next comes due by its time; whether its condition holds then is not looked at. */
  next: string | null;
}

/** A step to be sent. */
export interface DueStep {
  /** The schedule. */
  sop: string;
  /** The step, by its id. */
  step: string;
  /** What is sent. */
  send: string;
  /** Since when it is due; where it waits for a condition alone, since now. */
  at: string;
  /** For how many milliseconds it has been due. */
  overdue: number;
  /** When the schedule began: with `sop` and `step` it tells this sending from all others. */
  enrolled: string;
}
