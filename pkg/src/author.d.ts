import { FieldDescription, Lead, LeadEvent, LeadgateError, Moment, State } from "./index.js";

export { LeadgateError };

/** Contents by path; the document refers to the other files relative to its own folder. */
export type Files = Record<string, string | Uint8Array>;

/** One thing that is wrong with a document. */
export interface Diagnostic {
  severity: "error" | "warning";
  /** Stable, for example `unknown-name`. */
  code: string;
  /** One lowercase sentence, the author's words in backticks. */
  message: string;
  /** What to do about it. */
  help: string | null;
  file: string;
  /** From 1. */
  line: number;
  /** From 1, in code points. */
  column: number;
  endLine: number;
  endColumn: number;
  /** All of it as text, with an excerpt of the document. */
  rendered: string;
}

export interface CheckReport {
  diagnostics: Diagnostic[];
  /** Files that the document refers to and that were not given, as paths beside `main`. */
  missing: string[];
  /** How many golden leads were decided. */
  golden: number;
  /** Digest of the document's logic, in hexadecimal; there when no diagnostic is an error. */
  logic?: string;
}

/** Texts for people: by locale, then by path in the document, such as `scores.fit.need.seats`. */
export type Texts = Record<string, Record<string, string>>;

export interface Compiled {
  diagnostics: Diagnostic[];
  /** The program, when no diagnostic is an error. */
  program: Uint8Array | undefined;
  /** The lists that stand in files of their own (`detached: true`), by name: `load(program, { lists })`. */
  lists: Record<string, Uint8Array>;
  texts: Texts;
  /** What of the program may leave for the page; undefined where the document has no `page`, or an error. */
  slice: Uint8Array | undefined;
  /** The texts that may leave with the slice: labels and help of public questions, labels of public fields, messages (`messages.soon`). */
  sliceTexts: Texts;
  /** What of the slice rests on something secret, by path: rules, rows and derives such as `route.east`. For the author: it does not leave. */
  open: string[];
}

/** A golden lead of the document. */
export interface GoldenLead {
  id: string;
  /** Its line in the document. */
  line: number;
  /** Its answers, as `decide` takes them. */
  lead: Lead;
  /** The stage that it begins in; null where it names none. */
  stage: string | null;
  /** When it is decided, what it has done and where it stands: `now`, `events`, `state`, as `decide` takes them. */
  given: { now?: Moment; events?: LeadEvent[]; state?: State };
  /** Whether everything came out as expected; null where there is no program to decide it. */
  passes: boolean | null;
  /** What it expects; empty where nothing was decided. */
  expected: {
    name: string;
    /** What must come out, in words: numbers as they are, texts in backticks. */
    wanted: string;
    /** What came out; null where nothing is called so. */
    actual: string | null;
    holds: boolean;
  }[];
}

/** What a document is made of, for an editor: as written, whether or not it compiles. */
export interface Outline {
  policy: string;
  version: string;
  fields: {
    name: string;
    type: FieldDescription["type"];
    /** Its line in the document. */
    line: number;
    /** The values of an enum. */
    values?: string[];
    min?: number;
    max?: number;
    maxLength?: number;
    unit?: string;
    /** It is an e-mail address. */
    email?: true;
    /** It is looked up by the host. */
    host?: true;
  }[];
  lists: string[];
  derives: string[];
  /** In the order of the form; `is` is the choice's value or range as written. */
  questions: { field: string; choices: { id: string; is: string }[]; gated: boolean; required: boolean }[];
  scores: {
    name: string;
    range: [number, number] | null;
    /** The scores that it adds. */
    sum: string[] | null;
    /** `id` is null for the score's own rules. */
    groups: { id: string | null; min: number | null; max: number | null; rules: string[] }[];
  }[];
  /** Outputs of the decision tables. */
  outputs: string[];
  stages: string[];
  outcomes: string[];
  golden: GoldenLead[];
}

/** A document as an editor has it while somebody writes. */
export interface Study {
  diagnostics: Diagnostic[];
  /** Files that the document refers to and that were not given. */
  missing: string[];
  /** Digest of the document's logic, in hexadecimal, where it could be read. */
  logic?: string;
  /** The program; there also where the only errors are golden leads, so that a change of rules can be seen before they are settled. */
  program: Uint8Array | undefined;
  texts: Texts;
  /** null where the document could not be read at all. */
  outline: Outline | null;
}

/** Checks a document and all that it refers to. */
export function check(main: string, files: Files): CheckReport;

/** Compiles a document to a program and its texts. */
export function compile(main: string, files: Files): Compiled;

/** Checks and compiles a document for an editor, in one pass. */
export function study(main: string, files: Files): Study;

export interface ForecastOptions {
  /** Fields that are known before the form begins, as from enrichment. They have an answer, each as likely as its prior says. */
  known?: string[];
  /** The stage that leads begin in; the first where it is not given. */
  stage?: string;
  /** How many forms people have sent before; 0 where it is not given. */
  submissions?: number;
}

/** What a way of asking costs on average. */
export interface Expected {
  questions: number;
  /** Each question by its `cost`. */
  friction: number;
  /** The standard error of the friction; 0 where nothing was drawn. */
  error: number;
}

/** What a form that is shown by pages costs on average. */
export interface Paged {
  pages: number;
  questions: number;
  /** Each question by its `cost`. */
  friction: number;
}

/** What a form costs its visitors on average: answers independent of each other, and as likely as their priors. For authors; no visitor should be told how many questions are left. */
export interface Forecast {
  /** Every question that applies is shown. */
  everything: Expected;
  /** Every question that applies in the form's order, until no question can change what the form is there to find out. */
  formOrder: Expected;
  /** What `policy.next` asks, one question after the other. */
  plan: Expected;
  /** The same by pages of `per_visit` questions; null where one is shown at a time. */
  pages: {
    /** How many questions a page shows at most. */
    limit: number;
    /** What `policy.next` shows. */
    plan: Paged;
    /** The standard error of its friction; 0 where nothing was drawn. */
    error: number;
    /** The pages with the least friction, each with as many questions as `policy.next` would show; null where they are too much to find out. */
    optimum: Paged | null;
  } | null;
  /** The least friction of any way of asking; null where that is too much to find out. */
  optimum: number | null;
  /** The least friction with which somebody who knew every answer could prove the result, over 200 forms that are drawn, always the same; null where that is too much to find out. */
  floor: number | null;
  /** The standard error of the floor; 0 where there is none. */
  floorError: number;
  /** The best fixed order, as far as it was looked for, with its friction; null where that is too much to find out, or something is known beforehand. */
  bestOrder: { fields: string[]; friction: number } | null;
  /** In the form's order, without those that are known. */
  questions: {
    field: string;
    /** How likely it is shown where everything is. */
    shown: number;
    /** How likely the plan asks it. */
    asked: number;
    /** How likely it is the answer to it that settles the form. */
    settles: number;
  }[];
  /** How likely it is settled before any question. */
  settled: number;
  /** How many forms were drawn, always the same, for each way of asking that has an error; 0 where all were walked, and the figures are exact. */
  samples: number;
  /** false where something reads answers themselves and not only what tells them apart: forms may then go on for longer than is forecast. */
  exact: boolean;
}

/** How the answers to a question are told apart. */
export interface QuestionCells {
  field: string;
  kind: "finite" | "int" | "double" | "text";
  /** What a number can be. */
  low: number;
  high: number;
  /** Where numbers are cut: each begins a new cell. */
  thresholds: number[];
  /** What a `finite` answer can be. */
  values: (string | boolean)[];
  /** `cell` counts the cells of numbers from 0. */
  choices: { id: string; value: string | number | boolean; cell: number | null }[];
  /** Something rests on it. */
  read: boolean;
  /** It tells people apart: an e-mail address, a telephone number, a key of `identity`. */
  personal: boolean;
  required: boolean;
}

/**
 * What the form of a program costs its visitors on average. Throws a {@link LeadgateError} `no-questions`, `unknown-field`, `unknown-stage`, `not-a-program`, or `too-large`
 * where what the form is there to find out rests on too much.
 */
export function forecast(program: Uint8Array, options?: ForecastOptions): Forecast;

/** How the answers to each question of a program are told apart, in the form's order: what a `prior` can weigh. */
export function questionCells(program: Uint8Array): QuestionCells[];

/** A document in its standard layout; throws a {@link LeadgateError} where it is not a document. */
export function format(text: string): string;

/**
 * Evaluates an expression of CEL that belongs to no policy: a line of JSON Lines in, and out. The line holds `id`, `expr` and where needed `bindings`,
 * `container`, `type_env`, `disable_check`, `check_only`, in the proto3 JSON of CEL's conformance tests; the answer holds the `id` and `value` with `type`,
 * or `error` with `phase`, or `unknown` with the names that the result rests on.
 */
export function cel(line: string): string;
