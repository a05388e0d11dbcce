/// <reference lib="esnext.disposable" />

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

/** A value that a person has fixed by hand. */
export interface Pin {
  value: string;
  by: string;
  reason?: string;
  at: Moment;
}

export interface PossibleOptions<P extends Shape = Shape> extends Options<P> {
  /** What fields are that are not given: open (the default), or absent, so that in a slice only what is secret stays open. */
  rest?: "open" | "absent";
}

/** What a policy is made of. */
export interface Description {
  policy: string;
  version: string;
  /** Digest of the logic, in hexadecimal. */
  logic: string;
  /** Digest of the program's bytes, in hexadecimal. */
  program: string;
  /** It is the public slice of a policy: outcomes are messages, `version` and `logic` say nothing, and `program` is the slice's own digest. */
  slice: boolean;
  /** Ids of what visitors are told; empty where the policy has no messages. */
  messages: string[];
  fields: FieldDescription[];
  scores: { name: string; groups: string[] }[];
  /** Outputs of the decision tables. */
  outputs: OutputDescription[];
  /** In order; empty where the policy has none. */
  stages: string[];
  /** What the route can be. */
  outcomes: string[];
  /** Ids of the screen's rows. */
  screen: string[];
  /** The queues that leads are shared out in, with their members. */
  queues: { name: string; members: string[] }[];
}

export interface OutputDescription {
  name: string;
  table: string;
  /** Of a list, the type of what it holds. */
  type: FieldDescription["type"];
  /** It is a list: the table collects what all rows give that hold. */
  list?: true;
  /** What it can be, of a list what it can hold; empty for a number that several rows make. */
  values?: Value[];
}

export interface FieldDescription {
  name: string;
  type: "string" | "int" | "double" | "bool" | "enum";
  /** The values of an enum. */
  values?: string[];
  /** Ids of its question's choices. */
  choices?: string[];
  /** It is looked up by the host. */
  host?: boolean;
  /** There is a question for it. */
  questioned?: boolean;
}

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
  /** null where the policy has no stages or the lead was screened; `after` is null where the moves faulted. */
  stage: { before: P["stages"]; after: P["stages"] | null; moves: { id: string; from: P["stages"]; to: P["stages"] }[] } | null;
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

export interface Note {
  code: string;
  message: string;
  /** The field. */
  path: string;
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

/** The form for a lead as far as it is filled in. */
export interface Form<P extends Shape = Shape> {
  /** How many new questions a visit shows at most; null where the policy sets no limit. */
  perVisit: number | null;
  /** All questions, in the policy's order. */
  questions: Question<P>[];
}

export interface Question<P extends Shape = Shape> {
  /** The field that it asks for. */
  field: keyof P["fields"] & string;
  /** Whether it applies to what is answered so far. The answer of a question that does not is kept and counts as masked. */
  shown: boolean;
  /** The form is not complete without an answer, where the question is shown. */
  required: boolean;
  /** Its friction; a usual question's is 1. */
  cost: number;
}

/** Where a queue stands: plain JSON, to be stored and given back. */
export interface Rotation {
  /** What each member is owed, in parts of a lead: as many parts as the weights add up to. */
  current: Record<string, number>;
}

/** A compiled policy, ready to decide. */
export interface Policy<P extends Shape = Shape> {
  describe(): Description;
  /** Which questions the form shows for these answers; a field that is not named is not answered. */
  form(lead: Lead<P>, options?: Pick<Options, "onInvalid">): Form<P>;
  /** Decides a lead: nothing is open. A slice in which something is secret throws `provisional-program`. */
  decide(lead: Lead<P>, options?: Options<P>): Decision<P>;
  /** Decides a lead and says why. */
  explain(lead: Lead<P>, options?: Options<P>): Explanation<P>;
  /** What can still come out. */
  possible(lead: Lead<P>, options?: PossibleOptions<P>): Possible<P>;
  /** Gives the engine's memory back at once. Without it that happens when the policy is no longer referred to. Whatever is asked afterwards throws `freed`. */
  free(): void;
  /** As `free`, for `using policy = load(…)`. */
  [Symbol.dispose](): void;
  /** Who of a queue's members takes the next lead, by smooth weighted round robin, and where the queue stands then. Without a state, the queue begins. */
  assign(queue: P["queues"], state?: Rotation | null): { member: string; state: Rotation };
}

/**
 * Loads a program that `compile` made; throws a {@link LeadgateError} where the bytes are not one. The shape is the caller's word: nothing checks
 * that the program is of that policy.
 */
export function load<P extends Shape = Shape>(program: Uint8Array): Policy<P>;
