// What would be different: with another answer, or by another policy.

import { Decision } from "./decision.js";
import { Lead, Options, Outcome, Shape, Value } from "./lead.js";

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
