// The form out of the document's fields: what visitors are asked first, what the host looks up apart.

import { fill, h } from "../dom.mjs";
import { outlineOf, textsOf } from "../parts.mjs";
import { wordsOf } from "../words/words.mjs";
import { fieldControl } from "./field.mjs";

/** @typedef {import("../store.mjs").State} State */
/** @typedef {import("leadgate/author").Outline} Outline */

/** What the form is made of; it is made anew when this changes. @param {State} state */
function shapeOf(state) {
  const outline = outlineOf(state);
  const labels = Object.entries(textsOf(state)).map(([locale, texts]) => [locale, Object.entries(texts).filter(([path]) => path.startsWith("fields.") || path.startsWith("ask."))]);
  const fields = outline?.fields.map(({ line: _, ...field }) => field);
  return JSON.stringify([state.locale, fields, outline?.questions, outline?.stages, labels, !outline && state.unloaded]);
}

/** @param {Outline} outline */
function groupsOf({ fields, questions }) {
  const asked = questions.flatMap(({ field }) => fields.find(({ name }) => name === field) ?? []);
  const others = fields.filter((field) => !asked.includes(field));
  return { questions: asked, facts: others.filter(({ host }) => !host), host: others.filter(({ host }) => host) };
}

/** @param {import("../store.mjs").Store} store */
export function leadForm(store) {
  const element = h("form.lead-form", { novalidate: true, onsubmit: (/** @type {Event} */ event) => event.preventDefault() });
  /** @type {Map<string, import("./field.mjs").Control>} */
  let controls = new Map();
  let shape = "";

  /** @param {State} state */
  function build(state) {
    const say = wordsOf(state);
    const outline = outlineOf(state);
    controls = new Map();
    if (!outline || outline.fields.length === 0) return fill(element, h("p.quiet", null, outline || state.study ? say.noFields : state.unloaded ? say.unloaded : say.loading));
    const groups = groupsOf(outline);
    const stage = outline.stages.length === 0 ? null : h("div.field", null,
      h("div.field-head", null, h("label", { for: "stage-before" }, say.stageBefore)),
      h("select", { id: "stage-before", onchange: (/** @type {Event & { target: HTMLSelectElement }} */ { target }) => store.set({ stage: target.value || null, life: { ...store.get().life, state: null } }) },
        outline.stages.map((name, at) => h("option", { value: at === 0 ? "" : name }, at === 0 ? say.firstStage(name) : name))));
    fill(element, /** @type {const} */ (["questions", "facts", "host"]).map((key) => {
      const fields = groups[key];
      if (fields.length === 0 && !(key === "host" && stage)) return null;
      return h("fieldset", null, h("legend", null, say[key]), fields.map((field) => {
        const question = outline.questions.find((question) => question.field === field.name);
        const control = fieldControl(field, question, state, (change) => {
          const { lead } = store.get();
          store.set({ lead: { ...lead, [field.name]: change(lead[field.name]) } });
        });
        controls.set(field.name, control);
        return control.element;
      }), key === "host" ? stage : null);
    }));
  }

  store.watch(["study", "sound", "unloaded", "locale"], (state) => {
    const now = shapeOf(state);
    if (now === shape) return;
    shape = now;
    const focused = element.contains(document.activeElement) ? document.activeElement?.id : undefined;
    build(state);
    if (focused) document.getElementById(focused)?.focus();
    showStage(state);
  });
  store.watch(["lead"], ({ lead }) => controls.forEach((control, name) => control.show(lead[name])));
  store.watch(["stage"], showStage);
  store.watch(["decided", "locale"], (state) => {
    const say = wordsOf(state);
    const notes = new Map(state.decided?.explanation.decision.notes.map(({ path, code }) => [path, say.invalid[code] ?? say.invalidOther]));
    const hidden = new Set(state.decided?.form.questions.filter(({ shown }) => !shown).map(({ field }) => field));
    controls.forEach((control, name) => {
      control.complain(notes.get(name) ?? null);
      control.ask(!hidden.has(name));
    });
  });

  /** @param {State} state */
  function showStage({ stage }) {
    const select = element.querySelector("#stage-before");
    if (select instanceof HTMLSelectElement) select.value = [...select.options].some(({ value }) => value === stage) ? stage ?? "" : "";
  }
  return element;
}
