// The form as visitors go through it.

import { showDecision } from "./decision.mjs";
import { recall, remember } from "./memory.mjs";
import { element, filled, one, origin, texts } from "./page.mjs";
import { CONTACT, Question, wrongWith } from "./questions.mjs";
import { newId, send } from "./send.mjs";
import { back, current, hasBack, hasNext, next, pending } from "./steps.mjs";

/** Milliseconds after which a visitor is told that sending takes long. */
const SLOW = 4_000;

export class LeadForm {
  form = /** @type {HTMLFormElement} */ (one("#lead-form"));
  head = one("#form-head");
  summary = one("#form-summary");
  decision = one("#decision");
  backButton = /** @type {HTMLButtonElement} */ (one("#back"));
  sendButton = /** @type {HTMLButtonElement} */ (one("#send"));
  perVisit = Number(this.form.dataset.perVisit);
  questions = [...this.form.querySelectorAll(".question")].map((root) => new Question(/** @type {HTMLElement} */ (root)));
  /** @type {import("./steps.mjs").Way} */
  way = { steps: [], at: 0 };
  /** @type {import("./engine.mjs").Engine | null} */
  engine = null;
  /** The engine could not be loaded. */
  failed = false;
  sending = false;
  /** The last submission's id and what it said: other answers are another submission. */
  attempt = { id: "", answers: "" };

  start() {
    this.form.noValidate = true;
    one("#questions", this.form).replaceChildren(...this.questions.map(({ root }) => root));
    for (const question of this.questions) this.#clearable(question);
    const kept = recall();
    if (kept) {
      for (const question of this.questions) question.raw = kept.values[question.field] ?? question.raw;
      const fields = new Set(this.questions.map(({ field }) => field));
      const steps = kept.steps.map((step) => step.filter((field) => fields.has(field)));
      this.way = { steps, at: Math.min(kept.at, steps.length - 1) };
    }
    if (this.way.steps.length === 0) this.way = next({ steps: [], at: 0 }, this.shown, this.perVisit);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#forward();
    });
    this.form.addEventListener("input", (event) => this.#changed(event.target));
    this.backButton.addEventListener("click", () => this.#go(back(this.way, this.shown)));
    window.addEventListener("online", () => this.#online());
    // The other language is the same visit: it has come from where this one has.
    for (const link of document.querySelectorAll("a[hreflang]")) /** @type {HTMLAnchorElement} */ (link).search = location.search;
    this.#startDecision();
    this.#render();
    // After the first paint: the form works meanwhile.
    requestAnimationFrame(() => setTimeout(() => void this.#load(), 0));
  }

  async #load() {
    try {
      const { loadEngine } = await import("./engine.mjs");
      this.engine = await loadEngine(this.form.dataset.slice ?? "");
    } catch (error) {
      console.warn(error);
      this.failed = true;
    }
    this.#render();
  }

  /** Answers by field, as far as there are any. @returns {import("leadgate/page").Lead} */
  get answers() {
    /** @type {import("leadgate/page").Lead} */
    const answers = {};
    for (const question of this.questions) {
      if (question.answer !== null) answers[question.field] = question.answer;
    }
    return answers;
  }

  /** Where the visitor came from: as the address says, otherwise the site itself. @returns {Record<string, string>} */
  get origin() {
    const query = new URLSearchParams(location.search);
    const given = Object.fromEntries(origin.campaign.map((name) => [name, query.get(name)]).filter(([, value]) => value));
    // A source without its medium could be anything.
    if (["utm_source", "utm_medium"].every((name) => name in given)) return given;
    return origin.website ? { source: "website" } : {};
  }

  /** Fields of the questions that apply. Until the engine is there, those that apply to everybody. */
  get shown() {
    if (this.engine) return this.engine.shown({ ...this.answers, ...this.origin });
    return this.questions.filter(({ gated }) => this.failed || !gated).map(({ field }) => field);
  }

  /** The lead so far: what was asked and not answered is absent, what was not asked yet is open. */
  get lead() {
    const asked = this.way.steps.slice(0, this.way.at).flat();
    return { ...Object.fromEntries(asked.map((field) => [field, null])), ...this.answers, ...this.origin };
  }

  /** @param {string} field */
  #question(field) {
    return this.questions.find((question) => question.field === field);
  }

  /** A choice can be taken back. @param {Question} question */
  #clearable(question) {
    if (!question.hasChoices || question.required) return;
    const button = element("button", { type: "button", class: "clear", "aria-label": `${texts.clear}: ${question.label}` }, [texts.clear]);
    button.hidden = true;
    button.addEventListener("click", () => {
      question.raw = "";
      question.focus();
      this.#changed(question.controls[0]);
    });
    question.root.append(button);
  }

  #startDecision() {
    const { title, inspect } = texts.decision;
    const button = element("button", { type: "button", class: "inspect" }, [inspect]);
    button.addEventListener("click", () => void this.inspect());
    this.decision.append(element("h3", {}, [title]), element("div", { class: "said" }), button);
    this.decision.hidden = false;
    // Beside the form where there is room, otherwise where one is about to go on.
    const narrow = matchMedia("(max-width: 60rem)");
    const place = () => (narrow.matches ? one(".actions").before(this.decision) : one(".beside").prepend(this.decision));
    narrow.addEventListener("change", place);
    place();
    if (new URLSearchParams(location.search).has("inspect")) void this.inspect();
  }

  async inspect() {
    const { openInspector } = await import("./inspector.mjs");
    openInspector(this);
  }

  /** @param {EventTarget | null} target */
  #changed(target) {
    const question = this.questions.find(({ controls }) => controls.includes(/** @type {HTMLInputElement} */ (target)));
    if (question?.isWrong) this.#check(question);
    this.#render();
  }

  /** @param {import("./steps.mjs").Way} way */
  #go(way) {
    this.way = way;
    this.#summarize(0);
    this.#render();
    this.head.focus({ preventScroll: true });
    this.head.scrollIntoView({ block: "nearest" });
  }

  #render() {
    const { shown } = this;
    const visible = current(this.way, shown);
    for (const question of this.questions) {
      question.show(visible.includes(question.field));
      const clear = question.root.querySelector(".clear");
      if (clear instanceof HTMLElement) clear.hidden = !question.answered;
    }
    const last = !hasNext(this.way, shown);
    one(".step", this.head).textContent = filled(texts.step, { step: this.way.at + 1 });
    const done = this.way.steps.slice(0, this.way.at).flat().filter((field) => shown.includes(field)).length;
    /** @type {HTMLProgressElement} */ (one(".bar", this.head)).value = (done + visible.length) / (done + visible.length + pending(this.way, shown).length);
    this.head.hidden = false;
    this.backButton.hidden = !hasBack(this.way, shown);
    this.form.dataset.engine = this.engine ? "ready" : this.failed ? "failed" : "loading";
    this.form.toggleAttribute("data-last", last);
    if (!this.sending) this.sendButton.textContent = last ? texts.send : texts.next;
    remember({ values: Object.fromEntries(this.questions.filter(({ answered }) => answered).map(({ field, raw }) => [field, raw])), ...this.way });
    const possible = this.engine?.possible(this.lead) ?? null;
    const answered = Object.keys(this.answers).length > 0;
    showDecision(this.decision, this.engine && possible && answered ? this.engine.messages(possible) : null, last);
    this.form.dispatchEvent(new CustomEvent("leadgate:change"));
  }

  /** @param {Question} question */
  #check(question) {
    const wrong = wrongWith(question, this.engine);
    question.say(wrong?.code ?? null, wrong?.values);
    return wrong === null;
  }

  /** @param {number} count of answers that need another look */
  #summarize(count) {
    this.summary.className = "";
    this.summary.textContent = count === 0 ? "" : filled(count === 1 ? texts.summary.one : texts.summary.many, { count });
  }

  /** Checks the step; shows what is wrong and goes there. @returns {boolean} */
  #complete() {
    const { shown } = this;
    const questions = current(this.way, shown).flatMap((field) => this.#question(field) ?? []);
    const wrong = questions.filter((question) => !this.#check(question));
    const contact = CONTACT.flatMap((field) => this.#question(field) ?? []);
    if (!hasNext(this.way, shown) && contact.length > 0 && !contact.some(({ answered }) => answered)) {
      const [first] = contact;
      first.say("contact");
      wrong.push(first);
    }
    this.#summarize(wrong.length);
    wrong[0]?.focus();
    return wrong.length === 0;
  }

  async #forward() {
    if (this.sending || !this.#complete()) return;
    if (hasNext(this.way, this.shown)) this.#go(next(this.way, this.shown, this.perVisit));
    else await this.#send();
  }

  #submission() {
    // An answer that does not apply and cannot be used either says nothing.
    const usable = Object.entries(this.answers).filter(([field, answer]) => !this.engine?.refusal(field, answer));
    const answers = { ...Object.fromEntries(usable), ...this.origin };
    const said = JSON.stringify(answers);
    if (this.attempt.answers !== said) this.attempt = { id: newId(), answers: said };
    const now = new Date().toISOString();
    const hp = /** @type {HTMLInputElement} */ (one("#hp")).value;
    return { id: this.attempt.id, answers, claim: this.engine?.claim(answers, now) ?? null, locale: texts.locale, hp };
  }

  /** @param {boolean} sending */
  #busy(sending) {
    this.sending = sending;
    this.sendButton.setAttribute("aria-disabled", String(sending));
    this.backButton.disabled = sending;
    if (sending) this.sendButton.textContent = texts.sending;
    else this.#render();
  }

  async #send() {
    this.#busy(true);
    this.#summarize(0);
    const slow = setTimeout(() => this.#note(texts.trouble.slow, { calm: true }), SLOW);
    const submission = this.#submission();
    this.submitted = submission;
    const outcome = await send(submission);
    clearTimeout(slow);
    this.#busy(false);
    this.waiting = outcome.kind === "offline";
    if (outcome.kind === "sent") return this.#done(outcome.verdict);
    if (outcome.kind === "refused") return this.#refused(outcome.errors);
    if (outcome.kind === "busy") return this.#note(filled(texts.trouble.busy, { seconds: outcome.seconds }), { retry: true });
    if (outcome.kind === "outdated") return this.#note(texts.trouble.outdated, { reload: true });
    if (outcome.kind !== "used") return this.#note(texts.trouble[outcome.kind], { retry: true });
    // Somebody else has the id: the next attempt has another.
    this.attempt.answers = "";
    this.#note(texts.trouble.server, { retry: true });
  }

  /**
   * Says what is in the way.
   * @param {string} text
   * @param {{ calm?: boolean, retry?: boolean, reload?: boolean }} how `calm`: nothing is wrong; `retry`, `reload`: with a button for it
   */
  #note(text, { calm, retry, reload }) {
    this.summary.className = calm ? "calm" : "";
    this.summary.replaceChildren(element("p", {}, [text]));
    if (!retry && !reload) return;
    const button = element("button", { type: "button", class: "button quiet" }, [reload ? texts.trouble.reload : texts.trouble.retry]);
    button.addEventListener("click", () => (reload ? location.reload() : void this.#forward()));
    this.summary.append(button);
  }

  #online() {
    if (this.waiting && !this.sending) void this.#forward();
  }

  /** @param {{ field: string, code: string }[]} errors */
  #refused(errors) {
    const named = errors.flatMap(({ field, code }) => this.#question(field) ?? []).length;
    for (const { field, code } of errors) this.#question(field)?.say(code);
    this.#note(texts.trouble.refused, { retry: named === 0 });
    const first = errors.flatMap(({ field }) => this.#question(field) ?? [])[0];
    const step = first ? this.way.steps.findIndex((fields) => fields.includes(first.field)) : -1;
    if (!first || step < 0) return;
    this.way = { ...this.way, at: step };
    this.#render();
    first.focus();
  }

  /** @param {import("./send.mjs").Verdict} verdict */
  #done(verdict) {
    remember(null);
    this.verdict = verdict;
    const title = element("h3", { tabindex: "-1" }, [texts.sent.title]);
    const again = element("button", { type: "button", class: "button quiet" }, [texts.sent.again]);
    again.addEventListener("click", () => location.reload());
    this.form.replaceChildren(element("div", { class: "sent" }, [
      title,
      element("p", { class: "message" }, [verdict.text]),
      element("dl", {}, [element("dt", {}, [texts.sent.reference]), element("dd", {}, [this.attempt.id])]),
      again,
    ]));
    this.decision.hidden = true;
    title.focus();
    this.form.dispatchEvent(new CustomEvent("leadgate:change"));
  }
}
