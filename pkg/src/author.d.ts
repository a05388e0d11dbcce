import { LeadgateError } from "./index.js";

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
  texts: Texts;
  /** What of the program may leave for the page; undefined where the document has no `page`, or an error. */
  slice: Uint8Array | undefined;
  /** The texts that may leave with the slice: labels and help of public questions, labels of public fields, messages (`messages.soon`). */
  sliceTexts: Texts;
}

/** Checks a document and all that it refers to. */
export function check(main: string, files: Files): CheckReport;

/** Compiles a document to a program and its texts. */
export function compile(main: string, files: Files): Compiled;

/** A document in its standard layout; throws a {@link LeadgateError} where it is not a document. */
export function format(text: string): string;
