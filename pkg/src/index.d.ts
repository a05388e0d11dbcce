/// <reference lib="esnext.disposable" />

import { Column, DecidedColumns, ManyOptions } from "./types/columns.js";
import { Shadowed, WhatIf, WhatIfOptions } from "./types/compare.js";
import { Decision, Explanation, Possible } from "./types/decision.js";
import { Description } from "./types/description.js";
import { Form, Next } from "./types/form.js";
import { Lead, NextOptions, Options, PossibleOptions, Shape } from "./types/lead.js";
import { Advance, Due, DueStep, Legal, Moment, PinOptions, State, Stay, Step, Until, UntilOptions } from "./types/life.js";
import { AssignOptions, Assignment, Returned, Rotation } from "./types/queue.js";

export * from "./types/lead.js";
export * from "./types/life.js";
export * from "./types/columns.js";
export * from "./types/description.js";
export * from "./types/form.js";
export * from "./types/decision.js";
export * from "./types/compare.js";
export * from "./types/queue.js";

/** A compiled policy, ready to decide. */
export interface Policy<P extends Shape = Shape> {
  describe(): Description;
  /**
   * Which questions the form shows for these answers; a field that is not named is not answered. Gates may read signals, so what the lead has done belongs to
   * the `options`; the page build takes `onInvalid` alone, and refuses a state or events.
   */
  form(lead: Lead<P>, options?: Pick<Options<P>, "onInvalid" | "now" | "events" | "asOf" | "state">): Form<P>;
  /**
   * Which questions to ask next, or that nothing asked from here on can change what the form is there to find out (`ask.settle` of the policy). A question is open where
   * nothing is said about its field; `null` says that it was asked and left, `{ declined: true }` that the answer was refused.
   */
  next(lead: Lead<P>, options?: NextOptions<P>): Next<P>;
  /** Decides a lead: nothing is open. A slice in which something is secret throws `provisional-program`. */
  decide(lead: Lead<P>, options?: Options<P>): Decision<P>;
  /** Decides many leads by columns: fields by name, each with a value for every lead. Row by row it is what `decide` gives; docs/columns.md says which columns are quick. Not in the page build. */
  decideMany(columns: Record<string, Column>, options?: ManyOptions): DecidedColumns;
  /** Decides a lead and says why. */
  explain(lead: Lead<P>, options?: Options<P>): Explanation<P>;
  /** What can still come out. */
  possible(lead: Lead<P>, options?: PossibleOptions<P>): Possible<P>;
  /**
   * Commits an event, a move, or (with neither) what `decide` proposes at `options.now`: the new state with the time of every change, or why not, with the moves that there are.
   * Moves after a time are made first, each at its deadline.
   */
  advance(lead: Lead<P>, step: Step | null | undefined, options: Options<P> & { now: Moment }): Advance<P>;
  /** The moves from where a lead is, moves after a time made, each with what it still needs. */
  legal(lead: Lead<P>, options: Options<P> & { now: Moment }): { stage: P["stages"]; legal: Legal<P>[] };
  /** A state with the names of this version of the policy; throws `older-state` where the document does not say what a name is called now. */
  migrate(state: State): State;
  /** A state with its stage or owner fixed by a person, or with `null` let go of. */
  pin(state: State | null | undefined, pin: PinOptions): State;
  /** The stays of a lead in its stages, the oldest first: what credit and times between stages are counted from. */
  stays(state: State): Stay[];
  /** When outcome, stage, an output of a table or a due step next changes by itself, if nothing else happens. Not in the page build. */
  until(lead: Lead<P>, options: UntilOptions<P>): Until<P>;
  /** Which single changes of an answer would make another route come out, the easiest first. Not in the page build. */
  whatIf(lead: Lead<P>, options?: WhatIfOptions<P>): WhatIf<P>;
  /** Another policy to be decided beside this one, never acted on: what it would have said is told with each decision. Not in the page build. */
  shadow(candidate: Policy<any>): Shadowed<P>;
  /** Gives the engine's memory back at once. Without it that happens when the policy is no longer referred to. Whatever is asked afterwards throws `freed`. */
  free(): void;
  /** As `free`, for `using policy = load(…)`. */
  [Symbol.dispose](): void;
  /** Who of a queue takes a lead: its owner, who has its account, or whose turn it is by smooth weighted round robin. Without a state, the queue begins. Not in the page build, as all that follows. */
  assign(queue: P["queues"], state?: Rotation | null, options?: AssignOptions<P>): Assignment;
  /** Where a queue stands when a lead is given back: its member has their turn again, the number of the day is one less, and the lead's account is nobody's. */
  returned(queue: P["queues"], state: Rotation | null | undefined, answer: Returned): Rotation;
  /** What is due to a lead at a moment. It stores nothing: `commit` takes what begins and ends into the state, `sent` what was sent. */
  due(lead: Lead<P>, options: Omit<Options<P>, "now"> & { now: Moment }): Due;
  /** The state in which what `due` proposes has begun and ended. The same again changes nothing. */
  commit(state: State | null | undefined, due: Due): State;
  /** The state in which a step was sent. The same again changes nothing. */
  sent(state: State | null | undefined, step: Pick<DueStep, "sop" | "step"> & Partial<DueStep>, at: Moment): State;
}

/**
 * Loads a program that `compile` made; throws a {@link LeadgateError} where the bytes are not one. The shape is the caller's word: nothing checks
 * that the program is of that policy.
 */
export function load<P extends Shape = Shape>(program: Uint8Array, options?: LoadOptions): Policy<P>;

export interface LoadOptions {
  /** The lists that the program names and does not hold (`detached: true`), by name: the files that `compile` wrote, or lists that were loaded and that several policies share. Not in the page build. */
  lists?: Record<string, Uint8Array | List>;
}

/** A list that was loaded from a file of its own; policies that are given it share it. */
export interface List {
  /** SHA-256 of its file, in hexadecimal: what programs name it by. */
  readonly digest: string;
  readonly entries: number;
  /** Gives the engine's memory back, once no policy has the list any more. */
  free(): void;
}

/** Loads a list's file, for several policies to share. Throws a {@link LeadgateError} where the bytes are none. Not in the page build. */
export function loadList(list: Uint8Array): List;

/** The lists that a program names and does not hold. Not in the page build. */
export function listsOf(program: Uint8Array): { name: string; digest: string }[];
