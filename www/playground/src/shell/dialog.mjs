// Asking before something is lost, and for a name.

import { h } from "../dom.mjs";

/**
 * @param {object} question
 * @param {string} question.title
 * @param {string} [question.text]
 * @param {string} question.yes
 * @param {string} question.no
 * @param {{ label: string, value: string, refuse: (value: string) => string | null }} [question.input] asked for a text, which `refuse` may refuse with a sentence
 * @param {string[]} [question.options] asked for one of these
 * @returns {Promise<string | null>} what was given or chosen, "" for a plain yes; null for no
 */
export function ask({ title, text, yes, no, input, options }) {
  const field = input ? h("input", { id: "dialog-input", value: input.value, autocomplete: "off", spellcheck: "false", "aria-describedby": "dialog-complaint" }) : null;
  const select = options ? h("select", { "aria-labelledby": "dialog-title" }, options.map((option) => h("option", { value: option }, option))) : null;
  const complaint = h("p.complaint", { id: "dialog-complaint", role: "alert" });
  const form = h("form", { method: "dialog" },
    h("h2", { id: "dialog-title" }, title), text ? h("p", null, text) : null,
    field && input ? h("div.dialog-field", null, h("label", { for: "dialog-input" }, input.label), field, complaint) : null, select,
    h("div.dialog-buttons", null, h("button", { type: "button", onclick: () => dialog.close() }, no), h("button.primary", { type: "submit", value: "yes" }, yes)));
  const dialog = h("dialog", { "aria-labelledby": "dialog-title" }, form);
  form.addEventListener("submit", (event) => {
    const refused = field && input?.refuse(field.value.trim());
    if (!refused) return;
    event.preventDefault();
    complaint.textContent = refused;
    field.focus();
  });
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes" ? field?.value.trim() ?? select?.value ?? "" : null);
    });
    document.body.append(dialog);
    dialog.showModal();
    field?.select();
  });
}
