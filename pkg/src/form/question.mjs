// One question in the page: a group of the form with its controls, its label and the place for what is wrong.

import { LeadgateError } from "../error.mjs";

/** @typedef {import("../index.d.ts").Answer} Answer */

/** What a control says for "prefer not to say". No choice can have this id. */
export const DECLINED = "~declined";

/**
 * What a control says, as an answer; null where it says nothing.
 * @param {string} raw @param {import("../index.d.ts").FieldDescription} field
 * @returns {Answer}
 */
export function answerOf(raw, field) {
  const { type, choices } = field ?? {};
  if (typeof raw !== "string" || typeof type !== "string") throw new LeadgateError("wrong-type", "a control says a text, for a field", { path: "raw", help: "give the control's value and what `describe()` says of its field" });
  if (raw.trim() === "") return null;
  if (raw === DECLINED) return { declined: true };
  if (choices?.includes(raw)) return { choice: raw };
  if (type === "bool") return raw !== "false";
  if (type !== "int" && type !== "double") return raw;
  const number = Number(raw.normalize("NFKC").replaceAll(/[\s,_]/g, ""));
  // The engine says of a text that it is no number; so nothing is lost here.
  return Number.isNaN(number) ? raw : number;
}

/** What a control says for an answer. @param {any} answer */
const rawOf = (answer) => (answer?.declined ? DECLINED : String(answer?.choice ?? answer?.value ?? answer ?? ""));

export class Question {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.field = root.dataset.field ?? "";
    this.controls = /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll(`[name="${this.field}"]`)]);
    this.hasChoices = /^(radio|checkbox)$/.test(this.controls[0].type);
    /** What is wrong is tied to it. */
    this.told = this.hasChoices ? root : this.controls[0];
    if (this.controls[0].type === "radio") root.setAttribute("role", "radiogroup");
    const label = root.querySelector("legend, label");
    this.label = label?.firstChild?.textContent?.trim() || label?.textContent?.trim() || this.field;
    this.error = /** @type {HTMLElement} */ (root.querySelector("[data-error]") ?? root.appendChild(document.createElement("p")));
    this.error.dataset.error = "";
    this.error.id ||= `${this.field}-error`;
    /** Filled in by the page, and not by the visitor. */
    this.isPrefilled = this.controls.some((control) => control.defaultChecked || (!this.hasChoices && control.defaultValue));
    this.say("");
  }

  get raw() {
    const [control] = this.controls;
    return this.hasChoices ? this.controls.find(({ checked }) => checked)?.value ?? "" : control.value;
  }

  /** @param {Answer} answer */
  write(answer) {
    const raw = rawOf(answer);
    if (raw === this.raw) return;
    if (this.hasChoices) for (const control of this.controls) control.checked = control.value === raw || (control.type === "checkbox" && raw === "true");
    else this.controls[0].value = raw;
  }

  focus() {
    (this.controls.find(({ checked }) => checked) ?? this.controls[0]).focus();
  }

  /** What the page itself asks of the controls: a code, or nothing. */
  get invalid() {
    const { type, validity } = this.controls[0];
    return validity.valid ? "" : validity.valueMissing ? "required" : type === "email" ? "wrong-format" : type === "tel" ? "phone" : "other";
  }

  /** Says what is wrong, or with no words that nothing is. @param {string} words */
  say(words) {
    const { error, told } = this;
    error.textContent = words;
    error.hidden = !words;
    this.root.toggleAttribute("data-wrong", !!words);
    const ids = new Set(told.getAttribute("aria-describedby")?.split(" "));
    if (words) told.setAttribute("aria-invalid", "true");
    else told.removeAttribute("aria-invalid");
    ids[words ? "add" : "delete"](error.id);
    if (ids.size > 0) told.setAttribute("aria-describedby", [...ids].join(" "));
    else told.removeAttribute("aria-describedby");
  }
}
