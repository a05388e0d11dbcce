// A visitor's way through a form: what was said, what is asked now, what comes next. No DOM, no clock, nothing stored.
//
// The pages are not remembered but worked out anew of what was said on the pages before. So whoever goes back and changes an answer comes to where somebody comes who
// answered so at first; what was answered on pages that are not there any more is kept aside, and stands in its question should that be asked again.

import { LeadgateError } from "../error.mjs";
import { planOf, questionsOf } from "./plan.mjs";

/**
 * @typedef {import("./plan.mjs").Lead} Lead
 * @typedef {import("../form.d.ts").Said} Said
 * @typedef {import("../form.d.ts").FormOptions} FormOptions
 * @typedef {import("../form.d.ts").Fault} Fault
 *
 * @typedef {object} Way what follows from all that was said
 * @property {string[][]} pages up to the current one; the first holds what was said before this visit
 * @property {Lead} lead
 * @property {Map<string, import("./plan.mjs").Question>} questions
 * @property {string[]} page questions of the current page that apply
 * @property {boolean} last
 * @property {Pick<import("../form.d.ts").Next, "settled" | "certificate">} next
 */

/** Plans that are remembered: one more than any form has pages and an answer has letters would be waste. */
const REMEMBERED = 100;

/** What was said, as the engine takes it. @param {Said} said */
const given = ({ answer, source }) => (source === "record" && typeof answer !== "object" ? { value: answer, source } : answer);

/**
 * What was said, in the form in which it can be saved.
 * @param {string} field @param {any} answer @param {any} source @param {any} consent
 * @returns {Said}
 */
function saidOf(field, answer, source, consent) {
  let json;
  try {
    json = JSON.stringify(answer);
  } catch {
    // Told below.
  }
  if (!json || answer === null) throw new LeadgateError("wrong-answer", `the answer to \`${field}\` cannot be kept`, { path: field, help: "give plain JSON, or leave it out" });
  if (source !== "typed" && source !== "record") throw new LeadgateError("wrong-source", "this is no source of an answer", { path: field, help: "a source is `typed` or `record`" });
  if (consent !== undefined && typeof consent !== "string") throw wrongOption("consent", "give the consent's name");
  return { answer, source, ...(consent === undefined ? {} : { consent }) };
}

/** @param {string} path @param {string} help */
const wrongOption = (path, help) => new LeadgateError("wrong-option", `\`${path}\` cannot be used`, { path, help });

/** Options, read once. @template {object} O @param {O | null | undefined} options @returns {O} */
function plain(options) {
  try {
    const given = /** @type {any} */ ({ ...options });
    // Only to see whether all of it can be read.
    JSON.stringify(given);
    return given;
  } catch (cause) {
    throw new LeadgateError("unreadable-input", "what the form was given cannot be read", { path: "options", help: "give plain JSON", cause });
  }
}

/**
 * What a form begins with, looked at before anything is asked.
 * @template {object} O @param {any} policy @param {O | null | undefined} options @returns {O}
 */
export function checked(policy, options) {
  if (typeof policy?.next !== "function") throw new LeadgateError("wrong-type", "this is not a policy", { path: "policy", help: "give what `load` returned" });
  const given = /** @type {any} */ (plain(options));
  const { first = [], visitLimit = 0, consent = "", known = {}, facts = {} } = given;
  if (!Array.isArray(first)) throw wrongOption("first", "give a list of fields");
  if (typeof visitLimit !== "number" || !(visitLimit >= 0)) throw wrongOption("visitLimit", "give a number of questions");
  if (typeof consent !== "string") throw wrongOption("consent", "give the consent's name");
  for (const [path, answers] of /** @type {[string, unknown][]} */ ([["known", known], ["facts", facts]])) {
    if (typeof answers !== "object" || Array.isArray(answers)) throw wrongOption(path, "give answers by field");
  }
  return given;
}

export class FormState {
  #policy;
  #options;
  #names;
  /** @type {Map<string, Said>} */
  #said;
  #before;
  #at;
  #sent = false;
  /** Plans by what they were made of. @type {Map<string, ReturnType<typeof planOf>>} */
  #plans = new Map();
  /** @type {Way | null} */
  #way = null;

  /**
   * @param {import("./plan.mjs").Policy} policy
   * @param {FormOptions} options
   * @param {{ said: Map<string, Said>, before: string[], at?: number }} from
   */
  constructor(policy, options, { said, before, at = 1 }) {
    this.#policy = policy;
    const { perVisit, questions } = questionsOf(policy, {});
    this.#options = { pageSize: perVisit ?? 1, submissions: 0, open: [], ...options };
    this.#names = new Set(policy.describe().fields.map(({ name }) => name));
    this.#said = said;
    // What is always shown is asked again, with its answer.
    this.#before = before.filter((field) => questions.some((question) => question.field === field && !question.always));
    this.#at = at;
  }

  /** @param {Lead} lead */
  #plan(lead) {
    const key = JSON.stringify(lead);
    let plan = this.#plans.get(key);
    if (!plan) {
      if (this.#plans.size === REMEMBERED) this.#plans.clear();
      const { pageSize, submissions, open, stage } = this.#options;
      plan = planOf(this.#policy, lead, { limit: pageSize, submissions, open, ...(stage === undefined ? {} : { stage }) });
      this.#plans.set(key, plan);
    }
    return plan;
  }

  /** Of the questions to ask, those that this visit still takes; whatever has to be asked does not count. @param {string[]} ask @param {number} rest @param {Way["questions"]} questions */
  #taken(ask, rest, questions) {
    const page = ask.filter((field) => {
      const { required, always } = questions.get(field) ?? {};
      return required || always || --rest >= 0;
    });
    return { page, rest: Math.max(rest, 0) };
  }

  /** @returns {Way} */
  #look() {
    if (this.#way) return this.#way;
    const { facts = {}, first, visitLimit = Infinity } = this.#options;
    const questions = new Map(questionsOf(this.#policy, {}).questions.map((question) => [question.field, question]));
    /** @type {Lead} */
    const lead = { ...facts };
    for (const [field, said] of this.#said) if (!questions.has(field)) lead[field] = given(said);
    const pages = [this.#before];
    let rest = visitLimit;
    for (let at = 0; ; at += 1) {
      for (const field of pages[at]) {
        const said = this.#said.get(field);
        if (said) lead[field] = given(said);
        else if (at < this.#at) lead[field] = null;
      }
      if (at === this.#at) break;
      const ask = at === 0 && first ? first.filter((field) => questions.has(field)) : this.#plan(lead).ask;
      const taken = this.#taken(ask, rest, questions);
      // Another program may ask less than the one that made the saved form.
      if (taken.page.length === 0 && at > 0) {
        this.#at = at;
        return this.#look();
      }
      pages.push(taken.page);
      rest = taken.rest;
    }
    for (const question of questionsOf(this.#policy, lead).questions) questions.set(question.field, question);
    const done = { ...Object.fromEntries(pages[this.#at].map((field) => [field, null])), ...lead };
    this.#way = {
      pages, lead, questions,
      page: pages[this.#at].filter((field) => questions.get(field)?.shown),
      last: this.#at > 0 && this.#taken(this.#plan(done).ask, rest, questions).page.length === 0,
      next: this.#plan(lead),
    };
    return this.#way;
  }

  /** Number of the current page; 0 is the one with what was said before this visit. */
  get at() {
    this.#look();
    return this.#at;
  }

  get page() {
    return [...this.#look().page];
  }

  get known() {
    return [...this.#before];
  }

  get last() {
    return this.#look().last;
  }

  get settled() {
    return this.#look().next.settled;
  }

  get certificate() {
    return this.#look().next.certificate;
  }

  /** The lead so far: what was asked and left is null, what was not asked yet is not there. */
  get lead() {
    return { ...this.#look().lead };
  }

  /** What is sent: without what was left, and without answers to questions that do not apply. */
  get submission() {
    const { lead, questions } = this.#look();
    return Object.fromEntries(Object.entries(lead).filter(([field, answer]) => answer !== null && (questions.get(field)?.shown !== false || this.#said.get(field)?.source === "record")));
  }

  /** Where the answers of the submission come from. */
  get origins() {
    const { submission } = this;
    return Object.fromEntries([...this.#said].filter(([field]) => field in submission).map(([field, { source, consent }]) => [field, { source, consent }]));
  }

  /** What was said of a field, whether or not it counts now. @param {string} field */
  said(field) {
    const said = this.#said.get(field);
    return said ? { ...said } : null;
  }

  /** @param {string} field @returns {import("../form.d.ts").Standing} */
  standing(field) {
    const { pages, questions } = this.#look();
    if (!questions.get(field)?.shown) return "hidden";
    const at = pages.findIndex((page) => page.includes(field));
    if (at < 0) return "open";
    const said = this.#said.get(field);
    if (said) return /** @type {any} */ (said.answer)?.declined ? "declined" : "answered";
    return at < this.#at || this.#sent ? "left" : "asked";
  }

  /** @param {string} field @param {import("../index.d.ts").Answer} answer @param {{ source?: "typed" | "record", consent?: string }} [from] */
  answer(field, answer, from) {
    const { source = "typed", consent = this.#options.consent } = plain(from);
    if (!this.#names.has(field)) throw new LeadgateError("unknown-field", `the policy has no field ${typeof field === "string" ? `\`${field}\`` : `that is no text`}`, { path: typeof field === "string" ? field : undefined, help: "answer fields that `describe()` names" });
    if (answer === null || answer === undefined) this.#said.delete(field);
    else this.#said.set(field, saidOf(field, answer, source, consent));
    this.#way = null;
  }

  /** What is wrong with the answer to a question that applies. @param {string} field @returns {Fault | null} */
  fault(field) {
    const said = this.#said.get(field);
    const needed = this.#look().questions.get(field)?.required;
    if (needed && (!said || /** @type {any} */ (said.answer).declined)) return { field, code: "required" };
    try {
      if (said) this.#policy.form({ [field]: given(said) });
      return null;
    } catch (error) {
      if (!(error instanceof LeadgateError) || error.path !== field) throw error;
      return { field, code: error.code, message: error.message, help: error.help };
    }
  }

  /** What keeps this page from being left forwards. */
  check() {
    return this.page.flatMap((field) => this.fault(field) ?? []);
  }

  /** To the next page; false where something is wrong with this one, or there is none. */
  forward() {
    if (this.last || this.check().length > 0) return false;
    this.#go(this.#at + 1);
    return true;
  }

  get canGoBack() {
    const { questions } = this.#look();
    return this.#at > 1 || (this.#at === 1 && this.#before.some((field) => questions.get(field)?.shown));
  }

  /** To the page before; nothing is lost. */
  back() {
    if (!this.canGoBack) return false;
    this.#go(this.#at - 1);
    return true;
  }

  /** To the page with a field; false where no page so far has it. @param {string} field */
  show(field) {
    const at = this.#look().pages.findIndex((page) => page.includes(field));
    if (at >= 0) this.#go(at);
    return at >= 0;
  }

  /** @param {number} at */
  #go(at) {
    this.#at = at;
    this.#sent = false;
    this.#way = null;
  }

  /** The host has sent it. */
  sent() {
    this.#options.submissions += 1;
    this.#sent = true;
  }

  /** All of it as plain JSON. Storing it is the host's to decide. @returns {import("../form.d.ts").SavedForm} */
  save() {
    const { policy, program } = this.#policy.describe();
    const left = this.#look().pages.flat().filter((field) => this.standing(field) === "left");
    const { submissions, first } = this.#options;
    return { v: 1, policy, program, submissions, answers: Object.fromEntries(this.#said), left, visit: { at: this.#at, before: this.#before, ...(first ? { first } : {}) } };
  }
}

/** @type {typeof import("../form.d.ts").startForm} */
export function startForm(policy, given) {
  const { known, ...options } = checked(policy, given);
  /** @type {[string, Said][]} */
  const said = Object.entries(known ?? {}).map(([field, given]) => {
    const { source = "record", consent, ...answer } = typeof given === "object" && given !== null ? given : { value: given };
    return [field, saidOf(field, "value" in answer ? answer.value : answer, source, consent)];
  });
  return new FormState(policy, options, { said: new Map(said), before: said.map(([field]) => field) });
}
