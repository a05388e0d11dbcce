// What comes out of a lead: decisions, why, and what can still come out.

import { Note, Outcome, Shape, Value } from "./lead.js";

export interface Decision<P extends Shape = Shape> {
  /** `screened:<id>`, or the route, or what `route.on_fault` names; null where the policy has no route. */
  outcome: Outcome<P>;
  /** What the visitor is told, by its id; null where the policy has no messages. */
  message: P["messages"] | null;
  /** The row of the screen that ended the decision. */
  screen: P["screen"] | null;
  /** null where the lead was screened or the score faulted. */
  scores: Record<P["scores"], number | null>;
  /** Outputs of the decision tables; null where the lead was screened or the table faulted. */
  tables: { [O in keyof P["outputs"]]: P["outputs"][O] | null };
  /** null where the policy has no stages or the lead was screened; `after` is null where the moves faulted. With a state each move says when it takes effect. */
  stage: { before: P["stages"]; after: P["stages"] | null; moves: { id: string; from: P["stages"]; to: P["stages"]; at?: string }[] } | null;
  /** null where the lead was screened or the route rests on a fault. */
  route: P["outcomes"] | null;
  /** Names of what faulted. */
  faults: string[];
  /** Tables whose rows violate their hit policy, with the rows that hold; these tables have faulted. Only where the policy has a table that is not decided by its first row that holds. */
  violations?: { table: string; rows: string[] }[];
  /** Keys that tell whether two leads are the same: names and values. */
  identity: [field: keyof P["fields"] & string, value: Value][][];
  /** Answers that were not valid and counted as absent. */
  notes: Note[];
}

/** One contribution to a score. */
export interface Line {
  /** `rule`: a rule's points; `cap` and `floor`: what a group's bounds took or gave; `range`: what the score's range took or gave; `score`: another score. */
  kind: "rule" | "cap" | "floor" | "range" | "score" | "reset" | "bound";
  /** The group; null for the score's own rules, for `range` and for `score`. */
  group: string | null;
  /** The rule, or the score that was added; null for `cap`, `floor` and `range`. */
  id: string | null;
  /** The key of a `by` rule that held, as the author wrote it. */
  key: string | null;
  points: number;
}

/** Why a score is what it is: the points of `lines` sum to `value`. */
export interface ScoreExplanation<P extends Shape = Shape> {
  name: P["scores"];
  value: number;
  lines: Line[];
  /** Rules that gave nothing because something was not known. */
  missing: { group: string | null; rule: string; field: string }[];
}

export interface Explanation<P extends Shape = Shape> {
  decision: Decision<P>;
  /**
   * Ids of the rows that decided; null for a default, and where the lead was screened or something faulted. Of a table of which more than the first row that holds counts, the ids
   * of all that hold, `default` for the default; where they violate the hit policy, these rows.
   */
  rows: { tables: Record<string, string | string[] | null>; route: string | null };
  /** The scores that have a value, in the policy's order. */
  scores: ScoreExplanation<P>[];
}

/** What can still come out while fields are open. Scores, tables and stages are those of the completions that pass the screen; the others have none. */
export interface Possible<P extends Shape = Shape> {
  /** Exactly what enumeration of every completion would give, not merely a superset. */
  exact: boolean;
  /** Outcomes; null in a policy without a route. */
  outcomes: Outcome<P>[];
  /** Stages after the moves; empty where the policy has none. */
  stages: P["stages"][];
  /** Whether the moves may fault, which leaves the decision without a stage after them. */
  stageMayFault: boolean;
  /** Bounds of each score; null where it cannot have a value. */
  scores: Record<P["scores"], { min: number; max: number; mayFault: boolean } | null>;
  /** What each output of the decision tables can be. */
  tables: { [O in keyof P["outputs"]]: OutputPossible<P["outputs"][O]> };
}

/** What a list can hold: some list holds each of `may`, every list each of `must`; `must` is null where there cannot be a list. */
export interface ListPossible<V extends Value = Value> {
  may: V[];
  must: V[] | null;
  mayFault: boolean;
}

/** Bounds of a number that several rows make; null where it cannot have a value. */
export type NumberPossible = { min: number; max: number; mayFault: boolean } | null;

/** Values, with null among them where the table may fault; of a list or a number that several rows make, what bounds it. */
export type OutputPossible<T> = [Value | Value[]] extends [T]
  ? (Value | null)[] | ListPossible | NumberPossible
  : [T] extends [readonly (infer V extends Value)[]] ? ListPossible<V> : [number] extends [T] ? NumberPossible : (T | null)[];
