// What the lead did: a list of events that one adds to, changes and takes from.

import { fill, h } from "../dom.mjs";
import { wordsOf } from "../words/words.mjs";
import { dateTime, fromLocal, LATEST, localOf } from "./dates.mjs";
import { DAY, HOUR, momentOf } from "./life.mjs";

/**
 * @typedef {import("../store.mjs").State} State
 * @typedef {import("leadgate").LeadEvent} LeadEvent
 * @typedef {import("leadgate").AttributeDescription} Attribute
 */

/** How many events the list shows; of a lead with more it says how many there are. */
const MOST = 100;
const UNITS = { days: DAY, hours: HOUR };

/** @param {State} state */
const typesOf = ({ decided }) => decided?.description.events ?? [];

/** @param {LeadEvent} event @param {State} state */
function attributesOf({ type: _type, at: _at, id: _id, ...attributes }, state) {
  const say = wordsOf(state);
  return Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined).map(([name, value]) => `${name}: ${value === true ? say.yes : value === false ? say.no : value}`).join(", ");
}

/** The input of an attribute, and what it holds. @param {Attribute} attribute @param {unknown} value @param {State} state */
function attributeInput({ name, type, values }, value, state) {
  const say = wordsOf(state);
  const id = `event-attribute-${name}`;
  const label = h("label", { for: id }, name);
  const options = type === "bool" ? [["true", say.yes], ["false", say.no]] : type === "enum" ? (values ?? []).map((one) => [String(one), String(one)]) : null;
  if (options) {
    const select = h("select", { id }, h("option", { value: "" }, say.none), options.map(([key, text]) => h("option", { value: key }, text)));
    select.value = value === undefined || value === null ? "" : String(value);
    return { name, element: h("div.event-field", null, label, select), read: () => (select.value === "" ? undefined : type === "bool" ? select.value === "true" : select.value) };
  }
  const numeric = type === "int" || type === "double";
  const input = h("input", { id, type: numeric ? "number" : "text", step: type === "int" ? 1 : numeric ? "any" : undefined, maxlength: numeric ? undefined : 2000, autocomplete: "off", autocapitalize: "off", spellcheck: "false", value: value ?? "" });
  return { name, element: h("div.event-field", null, label, input), read: () => (input.value === "" ? undefined : numeric ? Number(input.value) : input.value) };
}

/** @param {import("../store.mjs").Store} store */
export function eventsSection(store) {
  const title = h("h3", { id: "events-title" });
  const list = h("ol.event-list");
  const add = h("button.button", { type: "button", id: "event-add", onclick: () => edit(null) });
  const editor = h("form.event-editor", { hidden: true, onsubmit: save, onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close() });
  const element = h("section.life-events", { "aria-labelledby": "events-title", hidden: true }, title, list, add, editor);
  /** Which event is in the editor: null for a new one, undefined for none. @type {LeadEvent | null | undefined} */
  let edited;
  /** @type {() => LeadEvent | null} */
  let read = () => null;

  /** @param {Partial<import("./life.mjs").Life>} change */
  const set = (change) => store.set({ life: { ...store.get().life, ...change } });

  /** @param {LeadEvent | null} event */
  function edit(event) {
    edited = event;
    build(store.get());
    editor.querySelector("select")?.focus();
  }

  function close() {
    const was = edited;
    edited = undefined;
    build(store.get());
    const back = was ? [...list.querySelectorAll("li")].find((item) => Number(item.dataset.at) === store.get().life.events.indexOf(was)) : undefined;
    (back?.querySelector("button") ?? add).focus();
  }

  /** @param {Event} submitted */
  function save(submitted) {
    submitted.preventDefault();
    const event = read();
    if (!event) return;
    const { events } = store.get().life;
    const was = edited;
    edited = event;
    set({ events: was && events.includes(was) ? events.map((one) => (one === was ? event : one)) : [...events, event] });
    close();
  }

  /** @param {LeadEvent} event */
  function remove(event) {
    if (edited === event) edited = undefined;
    set({ events: store.get().life.events.filter((one) => one !== event) });
    build(store.get());
    add.focus();
  }

  /** The editor for what is edited. @param {State} state */
  function build(state) {
    const say = wordsOf(state);
    editor.hidden = edited === undefined;
    add.hidden = edited !== undefined;
    if (edited === undefined) return fill(editor);
    const types = typesOf(state);
    const { now } = state.life;
    const attributes = h("div.event-attributes");
    /** @type {ReturnType<typeof attributeInput>[]} */
    let inputs = [];
    const type = h("select", { id: "event-type", onchange: () => ask() }, types.map(({ name }) => h("option", { value: name }, name)));
    if (edited && types.some(({ name }) => name === edited?.type)) type.value = edited.type;
    const ask = () => {
      inputs = (types.find(({ name }) => name === type.value)?.attributes ?? []).map((attribute) => attributeInput(attribute, edited?.type === type.value ? edited[attribute.name] : undefined, state));
      fill(attributes, inputs.map((input) => input.element));
    };
    ask();
    const unit = h("select", { id: "event-unit", "aria-label": say.eventUnit, onchange: () => show() }, /** @type {const} */ (["days", "hours", "date"]).map((key) => h("option", { value: key }, say.eventUnits[key])));
    const ago = h("input", { id: "event-ago", type: "number", min: 0, max: 100_000, step: "any", required: true, inputmode: "decimal", "aria-label": say.eventAgo, value: 1 });
    const date = h("input", { id: "event-date", type: "datetime-local", max: LATEST, required: true, "aria-label": say.eventDate, value: localOf(edited ? momentOf(edited.at) : now) });
    if (edited) unit.value = "date";
    const show = () => {
      const dated = unit.value === "date";
      for (const [input, shown] of /** @type {const} */ ([[ago, !dated], [date, dated]])) {
        input.hidden = !shown;
        input.disabled = !shown;
      }
    };
    show();
    read = () => {
      // A date that was not touched keeps its seconds.
      const moment = unit.value === "date" ? (edited && date.value === localOf(momentOf(edited.at)) ? momentOf(edited.at) : fromLocal(date.value)) : now - Number(ago.value) * UNITS[/** @type {"days" | "hours"} */ (unit.value)];
      if (Number.isNaN(new Date(moment).getTime())) return null;
      const given = inputs.map((input) => [input.name, input.read()]).filter(([, value]) => value !== undefined);
      return { type: type.value, at: new Date(moment).toISOString(), ...(edited?.id === undefined ? {} : { id: edited.id }), ...Object.fromEntries(given) };
    };
    fill(editor,
      h("div.event-field", null, h("label", { for: "event-type" }, say.eventType), type),
      h("div.event-field", { role: "group", "aria-label": say.eventWhen }, h("span", { "aria-hidden": "true" }, say.eventWhen), h("div.event-when", null, ago, date, unit)),
      attributes,
      h("div.event-buttons", null, h("button.button.primary", { type: "submit" }, edited ? say.eventSave : say.eventAdd), h("button.button", { type: "button", onclick: close }, say.cancel)));
  }

  /** @param {LeadEvent} event @param {number} at @param {State} state */
  function item(event, at, state) {
    const say = wordsOf(state);
    const moment = momentOf(event.at);
    const when = dateTime(moment, state);
    const unknown = !typesOf(state).some(({ name }) => name === event.type);
    return h("li", { "data-at": at, "data-future": String(moment > state.life.now) },
      h("div", null, h("strong", null, event.type), " ", h("span.quiet", null, attributesOf(event, state)),
        h("p.event-time", null, h("time", { datetime: new Date(moment).toISOString() }, when), " · ", say.since(Math.round((state.life.now - moment) / HOUR))),
        unknown ? h("p.complaint", null, say.eventUnknown) : null),
      h("div.event-actions", null,
        unknown ? null : h("button.link", { type: "button", "data-do": "edit", "aria-label": say.eventNamed(say.eventEdit, event.type, when), onclick: () => edit(event) }, say.eventEdit),
        h("button.link", { type: "button", "data-do": "remove", "aria-label": say.eventNamed(say.eventRemove, event.type, when), onclick: () => remove(event) }, say.eventRemove)));
  }

  let shape = "";
  store.watch(["decided", "life", "locale"], (state) => {
    const types = typesOf(state);
    element.hidden = types.length === 0;
    if (element.hidden) return;
    const { events } = state.life;
    // Another lead has taken the place of the one whose event it was.
    if (edited && !events.includes(edited)) {
      edited = undefined;
      build(state);
    }
    const made = JSON.stringify([state.locale, types]);
    if (made !== shape) {
      shape = made;
      const say = wordsOf(state);
      title.textContent = say.events;
      add.textContent = say.eventNew;
      // What is being typed for another language or another type is begun again.
      build(state);
    }
    const say = wordsOf(state);
    const focused = document.activeElement instanceof HTMLElement && list.contains(document.activeElement) ? [document.activeElement.closest("li")?.dataset.at, document.activeElement.dataset.do] : undefined;
    const sorted = events.map((event, at) => ({ event, at })).sort((one, other) => momentOf(other.event.at) - momentOf(one.event.at));
    fill(list, events.length === 0 ? h("li.quiet", null, say.eventsNone) : sorted.slice(0, MOST).map(({ event, at }) => item(event, at, state)),
      events.length > MOST ? h("li.quiet", null, say.eventsMore(events.length - MOST)) : null);
    if (focused) /** @type {HTMLElement | null} */ (list.querySelector(`li[data-at="${focused[0]}"] [data-do="${focused[1]}"]`))?.focus();
  });
  return element;
}
