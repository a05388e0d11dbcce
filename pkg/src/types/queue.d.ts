// Who takes a lead.

import { Lead, Options, Shape } from "./lead.js";
import { Moment } from "./life.js";

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
