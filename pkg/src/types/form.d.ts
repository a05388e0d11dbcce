// What a form shows and asks next, and why it may stop.

import { Shape } from "./lead.js";

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
