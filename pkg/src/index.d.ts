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

/**
 * A column of leads: an answer for each, an array of numbers (NaN: none), codes into a list of values (a code beyond it: none), or texts in UTF-8. Quickest are arrays of numbers,
 * codes in a Uint8Array, and texts in UTF-8.
 */
export type Column = readonly unknown[] | Float64Array | Float32Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Int8Array | Uint8Array | { values: readonly unknown[]; codes: ArrayLike<number> } | TextColumn;

/** Texts in UTF-8: that of lead n stands in the bytes from `offsets[n]` to `offsets[n + 1]`; where these are equal there is none. */
export interface TextColumn {
  bytes: Uint8Array;
  offsets: ArrayLike<number>;
}

/** The events of many leads: those of lead n stand from `offsets[n]` to `offsets[n + 1]`. Attributes are columns by name. */
export interface EventColumns {
  offsets: ArrayLike<number>;
  type: Column;
  at: Column;
  id?: Column;
  [attribute: string]: Column | ArrayLike<number> | undefined;
}

export interface ManyOptions extends Pick<Options, "onInvalid"> {
  /** How many leads there are, where there is no column that says so. */
  count?: number;
  /** The moment of the decisions, or a column of them. */
  now?: Moment | Column;
  events?: EventColumns;
  /** The stage of each lead. */
  stage?: Column;
  /** The state of each lead. */
  state?: Column;
}

/** A column of results: that of lead n is `values[codes[n]]`, and none where the code is the greatest of its type. */
export interface CodedColumn<T = string> {
  values: T[];
  codes: Uint16Array;
}

/** Decisions by columns: row n is that of lead n, as `decide` gives it. */
export interface DecidedColumns {
  count: number;
  /** The values are the rows of the screen, then all outcomes, in the policy's order. */
  outcome: CodedColumn;
  /** The stage after the moves; the values are the policy's stages. Null in a policy without stages. */
  stage: CodedColumn | null;
  /** NaN where a score has no value. */
  scores: Record<string, Float64Array>;
  /** The outputs of tables. Of one that collects rows into a number the numbers, NaN for none; of one that collects lists the lists, with codes of 32 bits. */
  tables: Record<string, CodedColumn<Value> | { values: Value[][]; codes: Uint32Array } | Float64Array>;
  /** 1 where something faulted. */
  faulted: Uint8Array;
  notes: (Note & { row: number })[];
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

/** What to ask next. */
export interface Next<P extends Shape = Shape> {
  /** Whatever is answered, declined or left out from here on, what the form is there to find out stays as it is. What must be asked in any case may still be in `ask`. */
  settled: boolean;
  /** The fields whose questions to show now, best first; empty where there is nothing to ask. */
  ask: (keyof P["fields"] & string)[];
  /** Why it is settled; null where it is not. */
  certificate: Certificate<P> | null;
}

/** Why no question can change what a form is there to find out. */
export interface Certificate<P extends Shape = Shape> {
  /** `route`, `stage` or the name of an output. */
  goal: string;
  /** What it comes to: one thing; several where fields of `open` decide among them. Null stands for a fault, and for a lead that is screened before it. */
  comesTo: (string | number | boolean | null)[];
  /** The questions that are still open. `unread`: nothing reads the answer; `masked`: it does not apply, and will not; `idle`: it is read, and no answer to it makes a difference. */
  remaining: { field: keyof P["fields"] & string; why: "unread" | "masked" | "idle" }[];
  /** Between which points each score still lies; null where it faults whatever comes. */
  scores: Record<string, [number, number] | null>;
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
  /** The form; without questions where the policy has none. */
  ask: AskDescription;
  /** The queues that leads are shared out in, with their members. */
  queues: { name: string; members: string[]; owner?: string; account?: string }[];
  /** What a lead may do, with the attributes of each event. Not in the page build, as the next one. */
  events?: { name: string; attributes: AttributeDescription[] }[];
  /** Fields that are computed from events where they are not given. */
  signals?: string[];
}

export interface AttributeDescription {
  name: string;
  type: FieldDescription["type"];
  /** The values of an enum or a bool. */
  values?: (string | boolean)[];
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

export interface AskDescription {
  /** What the form is there to find out: `route`, `stage` or the name of an output. In a slice, an output that is public, or the route's messages. */
  settle: string;
  /** How many new questions a visit shows at most; null where the policy sets no limit. */
  perVisit: number | null;
  /** In the policy's order. */
  questions: QuestionDescription[];
}

export interface QuestionDescription {
  /** The field that it asks for; its choices stand there. */
  field: string;
  /** The form is not complete without an answer, where the question applies. */
  required: boolean;
  /** It is asked whatever is known. */
  always: boolean;
  /** It is asked only of who sent the form so many times before. */
  after: number;
  /** Its friction; a choice's is 1. */
  cost: number;
  /** It has a condition: whether it applies depends on what is answered. */
  gated: boolean;
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
  /** Its friction; a choice's is 1. */
  cost: number;
}

export interface WhatIfOptions<P extends Shape = Shape> extends Options<P> {
  /** What is to change: the route (the default: what comes out, a row of the screen included), the stage after the moves, or an output of a table. */
  settle?: "route" | "stage" | (keyof P["outputs"] & string);
  /**
   * The fields whose answers may change; those that the host looks up, and those that are masked, are tried only where they are named. Where this is left out: the fields
   * that the form asks for, or in a policy without a form all that the host does not look up.
   */
  fields?: (keyof P["fields"] & string)[];
}

/** What single answers would change. */
export interface WhatIf<P extends Shape = Shape> {
  /** What is to change. */
  settle: string;
  /** What comes out of the lead as it is; null where nothing does. */
  now: Value | null;
  /** Every change of one answer that makes something else come out, the easiest first. */
  changes: Change<P>[];
  /**
   * Fields of which not every answer was tried, so that there may be more changes: there are too many answers (`too-many`), expressions calculate with the value
   * (`calculated`), or the policy tells texts apart of which no example was found (`no-example`).
   */
  untold: { field: keyof P["fields"] & string; reason: "too-many" | "calculated" | "no-example" }[];
}

/** A change of one answer. All other answers stay as they are. */
export interface Change<P extends Shape = Shape> {
  field: keyof P["fields"] & string;
  /** The answer now; a choice is told by the value that stands for it. */
  from: { value: Value } | { declined: true } | { absent: true };
  /**
   * The answer then. `example`: the value stands for all texts that the policy does not tell from it. `range`: any number from the first to the second, both included;
   * `nearest` is the one of them that is next to the number now, where there is one.
   */
  to: { value: Value; example?: true } | { range: [low: number, high: number]; nearest?: number } | { declined: true } | { absent: true };
  /** What comes out then, where the route is to change. */
  outcome?: Outcome<P>;
  /** The stage after the moves, where the stage is to change; null where they fault or the lead is screened. */
  stage?: P["stages"] | null;
  /** The output that is to change; null where its table faults or the lead is screened. */
  outputs?: { [O in keyof P["outputs"]]?: P["outputs"][O] | null };
  /**
   * Changes are in the order of `cost`, the question's (1 where the field has no question); then of `steps`: for a number that becomes another one, how many intervals that the
   * policy tells apart lie between, the last one counted, and 1 for all else; then of the form.
   */
  effort: { cost: number; steps: number };
}

/** A policy with another one beside it. */
export interface Shadowed<P extends Shape = Shape> {
  /** As the policy decides alone, and throws where it does; beside it, what the other one would have said of the same lead. */
  decide(lead: Lead<P>, options?: Options<P>): Decision<P> & { shadow: Shadow };
}

/** What another policy would have said. */
export interface Shadow {
  /** It decides the same: there are no differences and no error. */
  same: boolean;
  differences: Difference[];
  /** Fields of the lead that it does not have; it was asked without them. */
  unknown: string[];
  /** Why it could not decide this lead. */
  error?: { code: string; message: string; path: string | undefined; help: string | undefined };
}

/** A part of two decisions that is not the same. What only one of them has is `undefined` in the other. */
export interface Difference {
  /** Where it stands in a decision: `outcome`, `message`, `scores.fit`, `tables.grade`, `stage.after`, `stage.moves` (ids), `faults`, `identity`. */
  path: string;
  now: unknown;
  candidate: unknown;
}

/** Where a queue stands: plain JSON, to be stored and given back. */
export interface Rotation {
  /** What each member is owed, in parts of a lead. */
  current: Record<string, number>;
  /** How many parts a lead has. */
  parts?: number;
  /** The day whose leads are counted, where members have a number for the day. */
  day?: string;
  /** How many leads each member has had on that day. */
  today?: Record<string, number>;
  /** Who has which account; the account that had a lead last stands last. At most 10,000. */
  accounts?: { account: string; member: string }[];
}

/** What is known where a lead is assigned. */
export interface AssignOptions<P extends Shape = Shape> extends Pick<Options<P>, "onInvalid" | "state"> {
  /** The lead, for the fields that name its owner and its account. */
  lead?: Lead<P>;
  /** When: needed where members have a number for the day, are away, or have to answer in time. */
  now?: Moment;
  /** Who is absent now. Whoever is not in the queue means nothing. */
  absent?: string[];
}

/** Who takes a lead. */
export type Assignment = Assigned | Unassigned;

/** Somebody takes it. */
export interface Assigned {
  member: string;
  /** `owner`: they have the lead already; `account`: they have its account; `turn`: it was their turn. */
  reason: "owner" | "account" | "turn";
  /** Where the queue stands then. */
  state: Rotation;
  /** By when they have to answer. */
  deadline?: string;
  /** Who could not take it. */
  without?: string[];
  /** The day that it counts for. */
  day?: string;
  /** The account that they have with it. */
  account?: string;
}

/** Nobody can take it. */
export interface Unassigned {
  member: null;
  /** `absent`: nobody is there; `full`: whoever is there has had their number for the day. */
  why: "absent" | "full";
  state: Rotation;
  without?: string[];
}

/** A lead that comes back: what `assign` answered, or the member alone. */
export type Returned = Pick<Assigned, "member"> & Partial<Assigned>;

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
