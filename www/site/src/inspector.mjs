// Placeholder.
/** @param {import("./form.mjs").LeadForm} form */
export function openInspector(form) {
  void form;
}
