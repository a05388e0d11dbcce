// <leadgate-form>: a form that submits without script, taken further. What it adds stands in its shadow; questions, controls and buttons stay where the page has them, so that
// browsers fill them in and post them as ever.

import { answerOf, Question } from "./question.mjs";
import { startForm } from "./state.mjs";
import { WORDS } from "./words.mjs";

/**
 * @typedef {import("../form.d.ts").FormState} FormState
 * @typedef {import("../form.d.ts").Fault} Fault
 * @typedef {import("../index.d.ts").Policy<any>} Policy
 */

/** Milliseconds after which a page that goes no further becomes a plain form. */
const PATIENCE = 10_000;

// Where there is no DOM, the state alone is of use.
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

export class LeadgateForm extends Base {
  static observedAttributes = ["locale"];
  /** How a program becomes a policy. @type {((program: Uint8Array) => Policy | Promise<Policy>) | undefined} */
  static load;

  /** @type {import("../form.d.ts").FormOptions & { known?: Record<string, import("../form.d.ts").Known> }} */
  options = {};
  /** @type {unknown} */
  saved = null;
  /** @type {Record<string, Record<string, string>>} */
  texts = {};
  #policy = /** @type {Policy | null} */ (null);
  #state = /** @type {FormState | null} */ (null);
  #form = /** @type {HTMLFormElement | null} */ (null);
  /** @type {Question[]} */
  #questions = [];
  /** Fields that the visitor has touched before there was a policy. @type {Set<string>} */
  #touched = new Set();
  /** The visitor wants to go on and waits for the policy. */
  #waits = false;
  #busy = false;
  #isSettled = false;
  /** There was no policy when one was looked for: the host brings it. */
  #isIdle = false;
  /** @type {Map<string, import("../index.d.ts").FieldDescription>} */
  #fields = new Map();
  #send = "";
  #began = 0;
  /** @type {typeof import("./write.mjs").writeForm | undefined} */
  #write;

  /** What the form says of itself, its {places} filled; nothing where there are no such words. @param {string} key @param {Record<string, unknown>} [values] */
  word(key, values = {}) {
    return (this.text(`form.${key}`) ?? WORDS[/^zh/.test(this.locale) ? "zh" : "en"][key] ?? "").replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
  }

  get locale() {
    return this.getAttribute("locale") || (/** @type {HTMLElement | null} */ (this.closest("[lang]")))?.lang || "en";
  }

  /** A text of the host or the policy, in the form's language. @param {string} key @returns {string | undefined} */
  text(key) {
    const { locale, texts } = this;
    return [locale, locale.split("-")[0]].map((name) => texts[name]?.[key]).find((text) => text !== undefined);
  }

  get state() {
    return this.#state;
  }

  get policy() {
    return this.#policy;
  }

  set policy(policy) {
    this.#policy = policy;
    if (policy && this.#isIdle) void this.#load().catch((error) => this.#fail(error));
  }

  get busy() {
    return this.#busy;
  }

  set busy(busy) {
    this.#busy = busy;
    this.toggleAttribute("busy", busy);
    this.#button?.setAttribute("aria-disabled", String(busy));
    this.#render();
  }

  get #button() {
    return /** @type {HTMLButtonElement | null} */ (this.#form?.querySelector("[type=submit], button:not([type])"));
  }

  get #back() {
    return /** @type {HTMLButtonElement} */ (this.#form?.querySelector("[data-back]") ?? this.#part("back"));
  }

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    return /** @type {HTMLElement} */ (this.shadowRoot?.querySelector(`[part=${name}]`));
  }

  connectedCallback() {
    if (this.shadowRoot) return;
    this.#began = performance.now();
    const style = new CSSStyleSheet();
    style.replaceSync(":host{display:block}[hidden]{display:none}[part=head]:focus{outline:none}ul{margin:.5em 0 0;padding-left:1.25em}[part=link]{color:inherit}[part=status]{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}");
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style];
    // Nothing of it comes from outside.
    root.innerHTML = '<div part="head" role="group" aria-labelledby="step" tabindex="-1" hidden><button part="back" type="button" hidden></button><span part="step" id="step"></span></div><div part="summary" role="alert"></div><slot></slot><div part="status" role="status"></div>';
    this.setAttribute("status", "loading");
    // Its content may still be on the way.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.#begin());
    else queueMicrotask(() => this.#begin());
  }

  attributeChangedCallback() {
    if (!this.#state) return;
    if (this.#write) {
      this.#adopt(this.#write(this, /** @type {Policy} */ (this.#policy)));
      this.#fill(this.#state);
    }
    this.#render();
  }

  #begin() {
    const form = this.querySelector("form");
    if (form) this.#adopt(form);
    // After the first paint: the form can be used meanwhile.
    requestAnimationFrame(() => setTimeout(() => void this.#load().catch((error) => this.#fail(error)), 0));
  }

  async #load() {
    const [program, texts] = ["program", "texts"].map((name) => this.getAttribute(name));
    const fetched = async (/** @type {string} */ address) => {
      const response = await fetch(address);
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      return response;
    };
    if (texts) this.texts = await (await fetched(texts)).json();
    if (!this.#policy && program) this.#policy = await /** @type {NonNullable<typeof LeadgateForm.load>} */ (LeadgateForm.load)(new Uint8Array(await (await fetched(program)).arrayBuffer()));
    const policy = this.#policy;
    this.#isIdle = !policy;
    if (!policy || this.getAttribute("status") === "failed") return;
    if (!this.#form) {
      this.#write = (await import("./write.mjs")).writeForm;
      this.#adopt(this.#write(this, policy));
    }
    await this.#start(policy);
  }

  /** Without the engine it is the form that the page brought along. @param {unknown} error */
  #fail(error) {
    this.setAttribute("status", "failed");
    for (const { root } of this.#questions) root.hidden = false;
    if (this.#form) this.#form.noValidate = false;
    this.#waits = this.busy = false;
    this.#emit("failed", { error });
  }

  /** @param {HTMLFormElement} form */
  #adopt(form) {
    const isNew = this.#form !== form;
    this.#form = form;
    this.#questions = [...form.querySelectorAll("[data-field]")].map((root) => new Question(/** @type {HTMLElement} */ (root)));
    this.#send = this.#button?.textContent ?? "";
    if (!isNew) return;
    // Until the policy is there: what the page says is asked first, or all of it.
    const first = this.#questions.filter(({ root }) => root.hasAttribute("data-first"));
    for (const question of this.#questions) question.root.hidden = first.length > 0 && !first.includes(question);
    // What is hidden and required would keep the browser from saying that somebody wants to go on.
    form.noValidate = first.length > 0;
    form.addEventListener("submit", (event) => this.#pressed(event));
    form.addEventListener("input", (event) => this.#changed(event));
    form.addEventListener("change", (event) => this.#changed(event));
    form.addEventListener("formdata", ({ formData }) => this.#posted(formData));
    // Buttons may be written anew.
    this.addEventListener("click", ({ target }) => target === this.#form?.querySelector("[data-back]") && this.#turn(() => this.#state?.back()));
    this.#part("back").addEventListener("click", () => this.#turn(() => this.#state?.back()));
  }

  /** @param {Policy} policy */
  async #start(policy) {
    const { options, saved } = this;
    // Most visits are somebody's first.
    const { resumeForm } = saved ? await import("./resume.mjs") : /** @type {Partial<typeof import("./resume.mjs")>} */ ({});
    const fields = new Map(policy.describe().fields.map((field) => [field.name, field]));
    this.#fields = fields;
    this.#questions = this.#questions.filter(({ field }) => fields.has(field));
    const read = this.#questions.map((question) => ({ question, answer: answerOf(question.raw, /** @type {any} */ (fields.get(question.field))), typed: this.#touched.has(question.field) || !question.isPrefilled })).filter(({ answer }) => answer !== null);
    const known = Object.fromEntries(read.filter(({ typed }) => !typed).map(({ question: { field, root }, answer }) => {
      const { source = "typed", consent } = root.dataset;
      return [field, { .../** @type {any} */ (typeof answer === "object" ? answer : { value: answer }), source, consent }];
    }));
    const open = [this.getAttribute("honeypot"), this.getAttribute("elapsed"), ...options.open ?? []].filter((name) => name !== null && fields.has(name));
    // What the visitor has begun with is not taken away.
    const shown = this.#questions.filter(({ root }) => !root.hidden).map(({ field }) => field);
    const from = { ...options, open: /** @type {string[]} */ (open), ...(this.#touched.size > 0 ? { first: shown } : {}) };
    let resumed = null;
    let refused = null;
    try {
      if (resumeForm) resumed = resumeForm(saved, policy, from);
    } catch (error) {
      refused = error;
    }
    const state = resumed?.form ?? startForm(policy, { ...from, known: { ...known, ...options.known } });
    // What a browser has put back after a reload is older than what was saved.
    for (const { question: { field }, answer, typed } of read) if (typed && (!resumed || this.#touched.has(field))) state.answer(field, answer);
    this.#state = state;
    if (this.#form) this.#form.noValidate = true;
    this.#fill(state);
    this.setAttribute("status", "ready");
    this.#part("head").hidden = false;
    this.#render();
    this.#emit("ready", { dropped: resumed?.dropped ?? [], refused });
    this.#told();
    if (this.#waits) this.#forward();
  }

  /** Shows what was said. @param {FormState} state */
  #fill(state) {
    for (const question of this.#questions) {
      question.write(state.said(question.field)?.answer);
      if (question.hasChoices && !question.root.hasAttribute("data-required")) this.#clearable(question);
    }
  }

  /** A choice can be taken back. @param {Question} question */
  #clearable(question) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.clear = "";
    button.addEventListener("click", () => {
      question.write(null);
      question.focus();
      question.controls[0].dispatchEvent(new Event("change", { bubbles: true }));
    });
    question.root.append(button);
  }

  /** @param {Event} event */
  #changed({ type, target }) {
    const question = this.#questions.find(({ controls }) => controls.includes(/** @type {any} */ (target)));
    if (!question) return;
    const { field } = question;
    const state = this.#state;
    if (!state) return void this.#touched.add(field);
    const answer = answerOf(question.raw, /** @type {any} */ (this.#fields.get(field)));
    if (JSON.stringify(answer) !== JSON.stringify(state.said(field)?.answer ?? null)) {
      const before = state.page;
      state.answer(field, answer);
      if (question.error.textContent) question.say(this.#wrong(question)?.text ?? "");
      this.#render();
      const now = state.page;
      for (const [key, one, other] of /** @type {[string, string[], string[]][]} */ ([["more", now, before], ["less", before, now]])) {
        for (const { label, field } of this.#questions) if (one.includes(field) && !other.includes(field)) this.#part("status").textContent = this.word(key, { label });
      }
    }
    if (type === "change") this.#emit("answer", { field, standing: state.standing(field) });
  }

  /** What is wrong with a question's answer, in words. @param {Question} question @param {Fault | null} [fault] */
  #wrong(question, fault = this.#state?.fault(question.field) ?? null) {
    const code = fault?.code === "required" ? fault.code : question.invalid || fault?.code;
    if (!code) return null;
    const [, low, high] = /(-?[\d.]+) to (-?[\d.]+)/.exec(fault?.help ?? "") ?? [];
    return { field: question.field, code, text: this.word(`${question.field}.${code}`) || this.word(code, { low, high }) || this.word("other") };
  }

  /** @param {SubmitEvent} event */
  #pressed(event) {
    if (this.#state) {
      event.preventDefault();
      this.#forward();
    } else if (this.#questions.some(({ root }) => root.hidden)) {
      // The rest of the form is on its way.
      event.preventDefault();
      this.#waits = true;
      this.busy = true;
      setTimeout(() => this.#state || this.#fail(new Error("the policy did not come in time")), PATIENCE);
    }
  }

  #forward() {
    const state = this.#state;
    if (this.#waits) this.busy = this.#waits = false;
    if (!state || this.#busy) return;
    const faults = this.#questions.filter(({ field }) => state.page.includes(field)).flatMap((question) => this.#wrong(question) ?? []);
    if (faults.length > 0) this.complain(faults);
    else if (!state.last) this.#turn(() => state.forward());
    else this.#submit(state);
  }

  /**
   * Shows what is wrong with answers, and goes to the first of them.
   * @param {Fault[]} faults
   */
  complain(faults) {
    const found = faults.flatMap((fault) => {
      const question = this.#questions.find(({ field }) => field === fault.field);
      return question ? [{ question, text: /** @type {any} */ (fault).text ?? this.#wrong(question, fault)?.text ?? "" }] : [];
    });
    if (found[0] && !this.#state?.page.includes(found[0].question.field)) {
      this.#state?.show(found[0].question.field);
      this.#render();
    }
    const list = document.createElement("ul");
    for (const { question, text } of found) {
      question.say(text);
      const link = document.createElement("a");
      link.setAttribute("part", "link");
      link.href = `#${question.controls[0].id}`;
      link.textContent = question.label;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        question.focus();
      });
      list.appendChild(document.createElement("li")).append(link, ` ${text}`);
    }
    this.#part("summary").replaceChildren(this.word("summary"), list);
    this.#emit("error", { errors: faults.map(({ field, code }) => ({ field, code })) });
    found[0]?.question.focus();
  }

  /** @param {() => unknown} move */
  #turn(move) {
    if (this.#busy || !move()) return;
    this.#render();
    const head = this.#part("head");
    head.focus({ preventScroll: true });
    head.scrollIntoView({ block: "nearest" });
    this.#told();
  }

  /** Says which page it is. */
  #told() {
    const { at = 0, page = [] } = this.#state ?? {};
    this.#emit("page", { page: at, fields: page });
  }

  #render() {
    const state = this.#state;
    if (!state) return;
    const { page, last, at, settled } = state;
    for (const question of this.#questions) {
      question.root.hidden = !page.includes(question.field);
      const clear = /** @type {HTMLElement | null} */ (question.root.querySelector("[data-clear]"));
      if (clear) {
        clear.hidden = !question.raw;
        clear.textContent = this.word("clear");
        clear.setAttribute("aria-label", `${clear.textContent}: ${question.label}`);
      }
      if (question.root.hidden) question.say("");
    }
    for (const part of this.#form?.querySelectorAll("[data-part]") ?? []) /** @type {HTMLElement} */ (part).hidden = !part.querySelector("[data-field]:not([hidden])");
    this.#part("step").textContent = this.word(at > 0 ? "step" : "known", { step: at });
    const back = this.#back;
    back.hidden = !state.canGoBack;
    back.textContent = this.word(at > 1 ? "back" : "check");
    if (this.#button) this.#button.textContent = this.#busy ? this.word("busy") : last ? this.#send : this.word("next");
    this.toggleAttribute("last", last);
    if (!this.#form?.querySelector("[data-wrong]")) this.#part("summary").textContent = "";
    this.#emit("change");
    if (settled && !this.#isSettled) {
      this.#emit("settled", { certificate: state.certificate });
      if (last && state.check().length === 0) this.#part("status").textContent = this.word("done");
    }
    this.#isSettled = settled;
  }

  /** What the form knows besides the answers. @param {(name: string, value: string | number) => void} take */
  #besides(take) {
    const [honeypot, elapsed] = ["honeypot", "elapsed"].map((name) => this.getAttribute(name) ?? "").map((name) => (this.#fields.has(name) ? name : ""));
    const trap = /** @type {HTMLInputElement | null} */ (honeypot && this.#form?.elements.namedItem(honeypot));
    if (trap && trap.value) take(honeypot, trap.value);
    if (elapsed) take(elapsed, Math.round((performance.now() - this.#began) / 1000));
  }

  /** @param {FormState} state */
  #submit(state) {
    const lead = /** @type {Record<string, unknown>} */ (state.submission);
    this.#besides((name, value) => { lead[name] = value; });
    const { origins, certificate } = state;
    if (!this.#emit("submit", { lead, origins, certificate }, true)) return;
    state.sent();
    HTMLFormElement.prototype.submit.call(this.#form);
  }

  /** A plain post says what the state says. @param {FormData} data */
  #posted(data) {
    const state = this.#state;
    if (!state) return;
    const { submission } = state;
    for (const { field } of this.#questions) if (!(field in submission)) data.delete(field);
    this.#besides((name, value) => data.set(name, String(value)));
  }

  /** @param {string} name @param {unknown} [detail] @param {boolean} [cancelable] */
  #emit(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(`leadgate:${name}`, { bubbles: true, cancelable, detail }));
  }
}

/** @type {typeof import("../form.d.ts").defineLeadgateForm} */
export function defineLeadgateForm(options) {
  const { load, name = "leadgate-form" } = options ?? {};
  LeadgateForm.load = load;
  // Pages are made on servers as well.
  const elements = globalThis.customElements;
  if (elements && !elements.get(name)) elements.define(name, LeadgateForm);
}
