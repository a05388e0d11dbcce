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

/** What a lead says about one field. `null` and `undefined` are absent. */
export type Answer =
  | Value
  | null
  | undefined
  | { declined: true }
  | { choice: string }
  | { value: Value; source?: "typed" | "record" }
  | { range: unknown; as: number };

/** Answers by field. In `decide` a field that is not named is absent; in `possible` it is open. */
export type Lead = Record<string, Answer>;

export interface Options {
  /** The stage before the decision; the first one where none is given. */
  stage?: string;
  /** What to do with an answer that is not valid: throw (the default), or count it as absent and note it. */
  onInvalid?: "refuse" | "absent";
}

/** What a policy is made of. */
export interface Description {
  policy: string;
  version: string;
  /** Digest of the logic, in hexadecimal. */
  logic: string;
  /** Digest of the program's bytes, in hexadecimal. */
  program: string;
  fields: FieldDescription[];
  scores: { name: string; groups: string[] }[];
  /** Outputs of the decision tables. */
  outputs: { name: string; table: string; type: FieldDescription["type"]; values?: Value[] }[];
  /** In order; empty where the policy has none. */
  stages: string[];
  /** What the route can be. */
  outcomes: string[];
  /** Ids of the screen's rows. */
  screen: string[];
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

export interface Decision {
  /** `screened:<id>`, or the route, or what `route.on_fault` names; null where the policy has no route. */
  outcome: string | null;
  /** The row of the screen that ended the decision. */
  screen: string | null;
  /** null where the lead was screened or the score faulted. */
  scores: Record<string, number | null>;
  /** Outputs of the decision tables; null where the lead was screened or the table faulted. */
  tables: Record<string, Value | null>;
  /** null where the policy has no stages or the lead was screened; `after` is null where the moves faulted. */
  stage: { before: string; after: string | null; moves: { id: string; from: string; to: string }[] } | null;
  /** null where the lead was screened or the route rests on a fault. */
  route: string | null;
  /** Names of what faulted. */
  faults: string[];
  /** Keys that tell whether two leads are the same: names and values. */
  identity: [field: string, value: Value][][];
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
  kind: "rule" | "cap" | "floor" | "range" | "score";
  /** The group; null for the score's own rules, for `range` and for `score`. */
  group: string | null;
  /** The rule, or the score that was added; null for `cap`, `floor` and `range`. */
  id: string | null;
  /** The key of a `by` rule that held, as the author wrote it. */
  key: string | null;
  points: number;
}

/** Why a score is what it is: the points of `lines` sum to `value`. */
export interface ScoreExplanation {
  name: string;
  value: number;
  lines: Line[];
  /** Rules that gave nothing because something was not known. */
  missing: { group: string | null; rule: string; field: string }[];
}

export interface Explanation {
  decision: Decision;
  /** Ids of the rows that decided; null for a default, and where the lead was screened or something faulted. */
  rows: { tables: Record<string, string | null>; route: string | null };
  /** The scores that have a value, in the policy's order. */
  scores: ScoreExplanation[];
}

/** What can still come out while fields are open. Scores, tables and stages are those of the completions that pass the screen; the others have none. */
export interface Possible {
  /** Exactly what enumeration of every completion would give, not merely a superset. */
  exact: boolean;
  /** Outcomes; null in a policy without a route. */
  outcomes: (string | null)[];
  /** Stages after the moves; empty where the policy has none. */
  stages: string[];
  /** Whether the moves may fault, which leaves the decision without a stage after them. */
  stageMayFault: boolean;
  /** Bounds of each score; null where it cannot have a value. */
  scores: Record<string, { min: number; max: number; mayFault: boolean } | null>;
  /** What each output of the decision tables can be; null among them where its table may fault. */
  tables: Record<string, (Value | null)[]>;
}

/** The form for a lead as far as it is filled in. */
export interface Form {
  /** How many new questions a visit shows at most; null where the policy sets no limit. */
  perVisit: number | null;
  /** All questions, in the policy's order. */
  questions: Question[];
}

export interface Question {
  /** The field that it asks for. */
  field: string;
  /** Whether it applies to what is answered so far. The answer of a question that does not is kept and counts as masked. */
  shown: boolean;
  /** The form is not complete without an answer, where the question is shown. */
  required: boolean;
  /** Its friction; a usual question's is 1. */
  cost: number;
}

/** A compiled policy, ready to decide. */
export interface Policy {
  describe(): Description;
  /** Which questions the form shows for these answers; a field that is not named is not answered. */
  form(lead: Lead, options?: Pick<Options, "onInvalid">): Form;
  /** Decides a lead: nothing is open. */
  decide(lead: Lead, options?: Options): Decision;
  /** Decides a lead and says why. */
  explain(lead: Lead, options?: Options): Explanation;
  /** What can still come out. */
  possible(lead: Lead, options?: Options): Possible;
}

/** Loads a program that `compile` made; throws a {@link LeadgateError} where the bytes are not one. */
export function load(program: Uint8Array): Policy;
