import type { Answer, FieldDescription, Lead, Next, Policy } from "./index.js";
export { LeadgateError, type Next } from "./index.js";

/** What was said of a field. */
export interface Said {
  answer: Exclude<Answer, null | undefined>;
  /** `record`: the host brought it along, of a CRM or an enrichment; an edit makes it `typed`. */
  source: "typed" | "record";
  /** Under which consent it was given: the host's own name for it. */
  consent?: string;
}

/** What a host knows of a field: an answer with its source (`record` where nothing else is said) and consent. */
export type Known = string | number | boolean | (({ value: string | number | boolean } | { choice: string } | { declined: true }) & { source?: "typed" | "record"; consent?: string });

export interface FormOptions {
  /** What the host adds to the lead of itself: where the visit came from, what it looked up. No questions are asked for it. */
  facts?: Lead;
  /** How many questions a page has; `per_visit` of the policy where it is left out, and 1 where that has none. */
  pageSize?: number;
  /** How many new questions this visit takes at most; required ones, and those that are always shown, come on top. No limit where it is left out. */
  visitLimit?: number;
  /** How often this person submitted before. */
  submissions?: number;
  /** Fields that the host will still look up: nothing is settled that they could change. */
  open?: string[];
  /** The stage that the lead is in. */
  stage?: string;
  /** The questions of the first page, where the host has shown them before it could ask the policy. */
  first?: string[];
  /** Under which consent answers are given. */
  consent?: string;
}

/**
 * How it stands with a question. `open`: not asked yet; `asked`: on the current page, without an answer; `left`: its page was passed without an answer; `hidden`: it does not
 * apply, whether or not there is an answer to it.
 */
export type Standing = "open" | "asked" | "answered" | "declined" | "left" | "hidden";

/** What is wrong with an answer: `required`, or the code of the engine's refusal with its words. */
export interface Fault {
  field: string;
  code: string;
  message?: string;
  help?: string;
}

/** A form as it was saved: plain JSON. */
export interface SavedForm {
  v: 1;
  policy: string;
  /** Digest of the program. */
  program: string;
  submissions: number;
  answers: Record<string, Said>;
  /** Fields that were asked and left without an answer. */
  left: string[];
  visit: { at: number; before: string[]; first?: string[] };
}

/** An answer of a saved form that another version of the policy does not take. */
export interface Dropped {
  field: string;
  code: string;
  message: string;
}

/** A visitor's way through the form. */
export interface FormState {
  /** The current page; 0 is the one with what was said before this visit, from 1 on new questions are asked. */
  readonly at: number;
  /** Fields of the current page whose questions apply. */
  readonly page: string[];
  /** Fields of which something was said before this visit: page 0. */
  readonly known: string[];
  /** Nothing is asked after this page. */
  readonly last: boolean;
  /** Nothing asked from here on can change what the policy settles. */
  readonly settled: boolean;
  readonly certificate: Next["certificate"];
  readonly canGoBack: boolean;
  /** The lead up to this page: what was left is null, what was not asked yet is not there. */
  readonly lead: Lead;
  /** What is sent: without what was left and without answers to questions that do not apply. */
  readonly submission: Lead;
  /** Source and consent of each answer in the submission. */
  readonly origins: Record<string, Pick<Said, "source" | "consent">>;
  /** Takes an answer, or with `null` takes it back. What cannot be used is kept and told by `fault`. */
  answer(field: string, answer: Answer, from?: { source?: "typed" | "record"; consent?: string }): void;
  /** What was said of a field, whether or not it counts now. */
  said(field: string): Said | null;
  standing(field: string): Standing;
  fault(field: string): Fault | null;
  /** What keeps this page from being left forwards; empty where nothing does. */
  check(): Fault[];
  /** To the next page; false where something is wrong with this one, or it is the last. */
  forward(): boolean;
  /** To the page before; false where there is none. */
  back(): boolean;
  /** To the page with a question; false where no page up to now has it. */
  show(field: string): boolean;
  /** The host has sent it: what was not answered counts as left, and the next visit is one after one submission more. */
  sent(): void;
  /** All of it as plain JSON. Nothing is stored: whether there is a basis for that is for the host to know. */
  save(): SavedForm;
}

/** Begins a form. It keeps to the policy as it is; `policy.free()` ends both. */
export function startForm(policy: Policy<any>, options?: FormOptions & { known?: Record<string, Known> }): FormState;

/**
 * Goes on with a saved form. With the program that it was saved with all is as it was. With another one each answer is kept that its field still takes; the others are `dropped`, each
 * with the reason. With `newVisit` it is another visit of the same person: what was said is known and can be changed, what was left is not asked again, and the first page is a new one.
 *
 * @throws {LeadgateError} `wrong-form`: it is no saved form; `form-version`: of another version of this package; `another-policy`: of another policy
 */
export function resumeForm(saved: unknown, policy: Policy<any>, options?: FormOptions & { newVisit?: boolean }): { form: FormState; dropped: Dropped[] };

/** What a control says for "prefer not to say": `~declined`. No choice can have this id. */
export const DECLINED: string;

/** What a control says, as an answer of its field; null where it says nothing. A number may be written in digits of any width. */
export function answerOf(raw: string, field: FieldDescription): Answer;

/** `<leadgate-form>`; docs/form.md says what it makes of a page. */
export class LeadgateForm extends HTMLElement {
  /** What the form begins with; read once, when the policy is there. */
  options: FormOptions & { known?: Record<string, Known> };
  /** What `state.save()` gave before; read once, when the policy is there. */
  saved: unknown;
  /** Texts by locale and key, as `compile` gives them (`sliceTexts`), and with keys under `form.` what the form says of itself. */
  texts: Record<string, Record<string, string>>;
  /** The policy, for hosts that load it themselves; those that name a `program` leave it alone. */
  policy: Policy<any> | null;
  /** The visitor's way; null until the policy is there. */
  readonly state: FormState | null;
  /** The host is sending: nothing can be sent or left meanwhile. */
  busy: boolean;
  /** The language: the attribute, otherwise that of the page. */
  readonly locale: string;
  /** Shows what is wrong with answers, such as what a server has found, and goes to the first of them. Words are looked up by code. */
  complain(faults: Fault[]): void;
  /** A text of `texts` in the form's language. */
  text(key: string): string | undefined;
  /** What the form says of itself, by key. */
  word(key: string, values?: Record<string, unknown>): string;
}

/** What the events say of themselves; all of them bubble. None but `leadgate:submit` has anything of what visitors write. */
export interface LeadgateFormEvents {
  /** The policy is there. `refused`: why the saved form could not be gone on with, so that this is a new one. */
  "leadgate:ready": CustomEvent<{ dropped: Dropped[]; refused: unknown }>;
  /** The engine could not be loaded: it is the page's own form. */
  "leadgate:failed": CustomEvent<{ error: unknown }>;
  /** Another page is shown. */
  "leadgate:page": CustomEvent<{ page: number; fields: string[] }>;
  /** A question was answered, declined or cleared. */
  "leadgate:answer": CustomEvent<{ field: string; standing: Standing }>;
  /** Something is different from before; for what stands beside the form. */
  "leadgate:change": CustomEvent<null>;
  /** Nothing asked from here on can change what the policy settles. */
  "leadgate:settled": CustomEvent<{ certificate: Next["certificate"] }>;
  /** Something is wrong with answers. */
  "leadgate:error": CustomEvent<{ errors: { field: string; code: string }[] }>;
  /** The visitor sends. Who prevents the default sends it in another way, and calls `state.sent()`; otherwise it is a plain post. */
  "leadgate:submit": CustomEvent<{ lead: Lead; origins: FormState["origins"]; certificate: Next["certificate"] }>;
}

/**
 * Defines `<leadgate-form>`. `leadgate/form/define` does so with the page's engine.
 * @param options `load`: how the program that the attribute `program` names becomes a policy; `name`: of the element, `leadgate-form` where it is left out
 * @example
 * defineLeadgateForm({ load: async (program) => (await init(fetch(wasm)), load(program)) });      // of leadgate/page/slim
 */
export function defineLeadgateForm(options?: { load?: (program: Uint8Array) => Policy<any> | Promise<Policy<any>>; name?: string }): void;
