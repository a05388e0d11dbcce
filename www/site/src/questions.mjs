// The questions in the page: reading and restoring answers, showing what is wrong with one.

import { DECLINED } from "../../shared/form.mjs";
import { filled, one, texts } from "./page.mjs";

/** @typedef {import("leadgate/page").Answer} Answer */

/** One question with its controls. */
export class Question {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.field = root.dataset.field ?? "";
    this.gated = root.hasAttribute("data-gated");
    this.required = root.hasAttribute("data-required");
    /** The choices are values of this type. */
    this.plain = root.dataset.plain;
    this.isNumber = root.hasAttribute("data-number");
    /** @type {HTMLInputElement[]} */
    this.controls = [...root.querySelectorAll("input")];
    this.hasChoices = this.controls[0].type === "radio";
    this.error = one(".error", root);
    this.label = one("legend, label", root).firstChild?.textContent?.trim() ?? "";
  }

  /** What the controls say: a choice's id, a text, or nothing. */
  get raw() {
    if (this.hasChoices) return this.controls.find(({ checked }) => checked)?.value ?? "";
    return this.controls[0].value;
  }

  set raw(value) {
    if (!this.hasChoices) this.controls[0].value = value;
    else for (const control of this.controls) control.checked = control.value === value;
  }

  get answered() {
    return this.raw.trim() !== "";
  }

  /** The answer as the engine takes it; null where there is none. @returns {Answer} */
  get answer() {
    const raw = this.raw;
    if (raw.trim() === "") return null;
    if (raw === DECLINED) return { declined: true };
    if (this.hasChoices) return this.plain === "bool" ? raw === "true" : this.plain ? raw : { choice: raw };
    if (!this.isNumber) return raw;
    const number = Number(raw.normalize("NFKC").replaceAll(/[\s,_]/g, ""));
    // The engine says of a text that it is no number; so nothing is lost here.
    return Number.isNaN(number) ? raw : number;
  }

  /** @param {boolean} shown */
  show(shown) {
    this.root.hidden = !shown;
  }

  focus() {
    (this.controls.find(({ checked }) => checked) ?? this.controls[0]).focus();
  }

  /**
   * Shows in words what is wrong, or that nothing is.
   * @param {string | null} code
   * @param {Record<string, string>} [values]
   */
  say(code, values = {}) {
    /** @type {Record<string, string>} */
    const known = texts.errors;
    this.error.textContent = code === null ? "" : filled(known[code] ?? known.other, values);
    this.error.hidden = code === null;
    this.root.classList.toggle("wrong", code !== null);
    if (this.hasChoices) return;
    if (code === null) this.controls[0].removeAttribute("aria-invalid");
    else this.controls[0].setAttribute("aria-invalid", "true");
  }

  get isWrong() {
    return this.root.classList.contains("wrong");
  }
}

/** Fields one of which has to be there: without them nobody could reply. */
export const CONTACT = ["mobile", "email"];

/** Digits of any width, and what people write between them. */
const PHONE = /^\+?[\d\s().-]{5,}$/;

/**
 * What is wrong with an answer: a code of {@link ClientTexts.errors}, with values for its text; null where nothing is.
 * @param {Question} question
 * @param {import("./engine.mjs").Engine | null} engine
 * @returns {{ code: string, values?: Record<string, string> } | null}
 */
export function wrongWith(question, engine) {
  const { answer, field, controls: [control] } = question;
  if (answer === null) return question.required ? { code: "required" } : null;
  if (control.type === "email" && !control.validity.valid) return { code: "wrong-format" };
  if (control.type === "tel") {
    const written = question.raw.normalize("NFKC").trim();
    if (!PHONE.test(written) || written.replaceAll(/\D/g, "").length < 7) return { code: "phone" };
  }
  const error = engine?.refusal(field, answer);
  if (!error) return null;
  if (error.code === "wrong-type" && question.isNumber) return { code: "not-a-number" };
  const bounds = /(-?[\d.]+) to (-?[\d.]+)/.exec(error.help ?? "");
  if (error.code === "out-of-bounds") return bounds ? { code: error.code, values: { low: bounds[1], high: bounds[2] } } : { code: "out-of-bounds-plain" };
  return { code: error.code };
}
