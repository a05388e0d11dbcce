// What a lead says, and how it is to be taken.

import { LeadEvent, Moment, State } from "./life.js";

/** Something is wrong with what was given: a document, a program, a lead, a file. */
export class LeadgateError extends Error {
  constructor(code: string, message: string, details?: { path?: string; help?: string; cause?: unknown });
  /** Stable, for programs: `wrong-type`, `truncated-program` … */
  readonly code: string;
  /** The field, or the file with line and byte. */
  readonly path: string | undefined;
  /** What to do about it. */
  readonly help: string | undefined;
}

export type Value = string | number | boolean;

/** What is typed of a policy: its names and values. `npx leadgate types policy.yaml` writes it down for `load<…>`. */
export interface Shape {
  /** By field: its values, and the ids of its question's choices. */
  fields: Record<string, { value: Value; choice: string }>;
  /** Names of scores. */
  scores: string;
  /** By output of the decision tables: its values, or the list that they stand in; a number that several rows make is `number`. */
  outputs: Record<string, Value | Value[]>;
  stages: string;
  /** What the route can be; null where there is none. */
  outcomes: string | null;
  /** Ids of the screen's rows. */
  screen: string;
  /** Ids of what visitors are told. */
  messages: string;
  /** Names of the queues that leads are shared out in. */
  queues: string;
}

/** What a lead says about one field. `null` and `undefined` are absent. */
export type Answer<V extends Value = Value, C extends string = string> =
  | V
  | null
  | undefined
  | { declined: true }
  | { choice: C }
  | { value: V; source?: "typed" | "record" }
  | (V extends number ? { range: unknown; as: number } : never);

/** Answers by field. In `decide` a field that is not named is absent; in `possible` it is open. */
export type Lead<P extends Shape = Shape> = { [F in keyof P["fields"]]?: Answer<P["fields"][F]["value"], P["fields"][F]["choice"]> };

/** `screened:<id>`, or the route, or what `route.on_fault` names; null where the policy has no route. */
export type Outcome<P extends Shape = Shape> = P["outcomes"] | `screened:${P["screen"]}`;

export interface Options<P extends Shape = Shape> {
  /** The stage before the decision; the first one where none is given. */
  stage?: P["stages"];
  /** What to do with an answer that is not valid: throw (the default), or count it as absent and note it. */
  onInvalid?: "refuse" | "absent";
  /** The moment of the decision; needed where the lead has events or a state. Not in the page build, as all that follows. */
  now?: Moment;
  /** What the lead has done up to `now`, in any order; nothing where it is left out. "open": not known yet. */
  events?: LeadEvent[] | "open";
  /** When the signals were computed that the lead brings along as fields: not after `now`. */
  asOf?: Moment;
  /** Where the lead stands, as this package gave it. */
  state?: State | null;
}

export interface PossibleOptions<P extends Shape = Shape> extends Options<P> {
  /** What fields are that are not given: open (the default), or absent, so that in a slice only what is secret stays open. */
  rest?: "open" | "absent";
}

export interface NextOptions<P extends Shape = Shape> extends Options<P> {
  /** How many questions to show at once; as many as the policy's `per_visit` says where it is not given, and one where that says nothing. */
  limit?: number;
  /** How many times this person has sent a form before: questions with `after` wait for it. */
  submissions?: number;
  /** Other fields that are not given and may still come, such as facts that the host has not looked up yet. They are never asked for. */
  open?: (keyof P["fields"] & string)[];
}

export interface Note {
  code: string;
  message: string;
  /** The field. */
  path: string;
}
