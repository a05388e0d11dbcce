// What stands around the form: what can still come out, sending, and what is said when something is in the way. The form itself is <leadgate-form>.

import { defineLeadgateForm } from "leadgate/form";
import { showDecision } from "./decision.mjs";
import { recall, remember } from "./memory.mjs";
import { element, filled, one, origin, texts } from "./page.mjs";
import { newId, send } from "./send.mjs";

/** Milliseconds after which a visitor is told that sending takes long. */
const SLOW = 4_000;

/** Fields one of which has to be there: without them nobody could reply. */
const CONTACT = ["mobile", "email"];
/** Who has no telephone writes so. How a number is written is for the policy to say, and for the edge. */
const reaches = (/** @type {string} */ field, /** @type {unknown} */ answer) => answer !== undefined && (field !== "mobile" || /(\p{Nd}.*){5}/u.test(String(answer)));

/** @typedef {import("leadgate/form").LeadgateFormEvents["leadgate:submit"]} Submit */

export class LeadForm {
  form = /** @type {import("leadgate/form").LeadgateForm} */ (one("leadgate-form"));
  note = one("#form-note");
  decision = one("#decision");
  /** @type {import("./engine.mjs").Engine | null} */
  engine = null;
  /** The engine could not be loaded. */
  failed = false;
  /** The last submission's id and what it said: other answers are another submission. */
  attempt = { id: "", answers: "" };
  /** @type {import("./send.mjs").Submission | null} */
  submitted = null;
  /** @type {import("./send.mjs").Verdict | null} */
  verdict = null;
  /** It is sent once the network is back, unless somebody goes on with the form before. */
  waiting = false;

  start() {
    const { form } = this;
    form.addEventListener("leadgate:change", () => this.#changed());
    form.addEventListener("leadgate:failed", () => {
      this.failed = true;
      this.decision.hidden = true;
    });
    form.addEventListener("leadgate:submit", (event) => {
      event.preventDefault();
      void this.#send(/** @type {Submit} */ (event).detail.lead);
    });
    window.addEventListener("online", () => {
      if (this.waiting && !form.busy) this.#again();
    });
    // The other language is the same visit: it has come from where this one has.
    for (const link of document.querySelectorAll("a[hreflang]")) /** @type {HTMLAnchorElement} */ (link).search = location.search;
    this.#startDecision();
    defineLeadgateForm({
      load: async (slice) => {
        const { startEngine } = await import("./engine.mjs");
        this.engine = await startEngine(slice);
        return this.engine.policy;
      },
    });
    form.options = { facts: this.origin };
    form.texts = { [texts.locale]: texts.form };
    form.saved = recall();
  }

  /** Where the visitor came from: as the address says, otherwise the site itself. @returns {Record<string, string>} */
  get origin() {
    const query = new URLSearchParams(location.search);
    const given = Object.fromEntries(origin.campaign.map((name) => [name, query.get(name)]).filter(([, value]) => value));
    // A source without its medium could be anything.
    if (["utm_source", "utm_medium"].every((name) => name in given)) return given;
    return origin.website ? { source: "website" } : {};
  }

  /** The lead so far. @returns {import("leadgate/page").Lead} */
  get lead() {
    return this.form.state?.lead ?? {};
  }

  #startDecision() {
    const { title, inspect } = texts.decision;
    const button = element("button", { type: "button", class: "inspect" }, [inspect]);
    button.addEventListener("click", () => void this.inspect());
    this.decision.append(element("h3", {}, [title]), element("div", { class: "said" }), button);
    this.decision.hidden = false;
    showDecision(this.decision, null, false);
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

  #changed() {
    const { engine, lead, form: { state } } = this;
    if (!state || !engine || this.verdict) return;
    remember(state.save());
    // What was promised held for the form as it was: half a word is nobody's answer, and an earlier step is not sent.
    this.waiting = false;
    this.note.replaceChildren();
    const answered = Object.keys(state.submission).some((field) => !(field in this.origin));
    showDecision(this.decision, answered ? engine.messages(engine.possible(lead)) : null, state.last);
  }

  /** @param {import("leadgate/page").Lead} answers */
  #submission(answers) {
    const said = JSON.stringify(answers);
    if (this.attempt.answers !== said) this.attempt = { id: newId(), answers: said };
    const hp = /** @type {HTMLInputElement} */ (one("#hp")).value;
    return { id: this.attempt.id, answers, claim: this.engine?.claim(answers, new Date().toISOString()) ?? null, locale: texts.locale, hp };
  }

  /** @param {import("leadgate/page").Lead} answers */
  async #send(answers) {
    const { form } = this;
    const asked = CONTACT.filter((field) => !["open", "hidden"].includes(form.state?.standing(field) ?? "open"));
    if (asked.length > 0 && !asked.some((field) => reaches(field, answers[field]))) return form.complain([{ field: asked[0], code: "contact" }]);
    form.busy = true;
    const slow = setTimeout(() => this.#say(texts.trouble.slow, { calm: true }), SLOW);
    const submission = this.#submission(answers);
    this.submitted = submission;
    const before = JSON.stringify(form.state?.submission);
    const outcome = await send(submission);
    clearTimeout(slow);
    form.busy = false;
    this.waiting = outcome.kind === "offline" && JSON.stringify(form.state?.submission) === before;
    if (outcome.kind === "sent") return this.#done(outcome.verdict);
    if (outcome.kind === "refused") return this.#refused(outcome.errors);
    if (outcome.kind === "busy") return this.#say(filled(texts.trouble.busy, { seconds: outcome.seconds }), { retry: true });
    if (outcome.kind === "outdated") return this.#say(texts.trouble.outdated, { reload: true });
    if (outcome.kind === "offline") return this.#say(texts.trouble[this.waiting ? "offline" : "network"], { retry: true });
    if (outcome.kind !== "used") return this.#say(texts.trouble[outcome.kind], { retry: true });
    // Somebody else has the id: the next attempt has another.
    this.attempt.answers = "";
    this.#say(texts.trouble.server, { retry: true });
  }

  #again() {
    /** @type {HTMLFormElement} */ (one("#lead-form")).requestSubmit();
  }

  /**
   * Says what is in the way.
   * @param {string} text
   * @param {{ calm?: boolean, retry?: boolean, reload?: boolean }} how `calm`: nothing is wrong; `retry`, `reload`: with a button for it
   */
  #say(text, { calm, retry, reload }) {
    this.note.className = calm ? "calm" : "";
    this.note.replaceChildren(element("p", {}, [text]));
    if (!retry && !reload) return;
    const button = element("button", { type: "button", class: "button quiet" }, [reload ? texts.trouble.reload : texts.trouble.retry]);
    button.addEventListener("click", () => (reload ? location.reload() : this.#again()));
    this.note.append(button);
  }

  /** @param {{ field: string, code: string }[]} errors */
  #refused(errors) {
    const { state } = this.form;
    const shown = errors.filter(({ field }) => state && !["open", "hidden"].includes(state.standing(field)));
    if (shown.length > 0) this.form.complain(shown);
    this.#say(texts.trouble.refused, { retry: shown.length === 0 });
  }

  /** @param {import("./send.mjs").Verdict} verdict */
  #done(verdict) {
    remember(null);
    this.verdict = verdict;
    const title = element("h3", { tabindex: "-1" }, [texts.sent.title]);
    const again = element("button", { type: "button", class: "button quiet" }, [texts.sent.again]);
    again.addEventListener("click", () => location.reload());
    this.form.replaceWith(element("div", { class: "sent", id: "lead-form" }, [
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
