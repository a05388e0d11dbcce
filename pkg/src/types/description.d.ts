// What a policy is made of.

import { Value } from "./lead.js";

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
