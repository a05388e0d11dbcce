// The work, kept in this browser and nowhere else.

import { exampleFiles, FIRST, MAIN } from "./files/examples.mjs";
import { isLife, newLife } from "./life/life.mjs";

/** @typedef {import("./store.mjs").State} State */

const KEY = "leadgate-playground-1";
/** Milliseconds without a change before the work is written. */
const PAUSE = 400;

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** What was kept, where it is whole; anything else in its place is nobody's work. @returns {Partial<State>} */
function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (!isObject(found) || !isObject(found.files) || !isObject(found.lead)) return {};
    const { files, main, open, example, locale, lead, stage, life, golden, partial } = found;
    if (!Object.values(files).every((text) => typeof text === "string") || typeof files[main] !== "string") return {};
    return {
      fresh: false, files, main, open: typeof files[open] === "string" ? open : main, lead, ...(isLife(life) ? { life } : {}),
      example: typeof example === "string" ? example : null, stage: typeof stage === "string" ? stage : null,
      golden: typeof golden === "string" ? golden : null, partial: partial === true, ...(locale === "en" || locale === "zh" ? { locale } : {}),
    };
  } catch {
    return {};
  }
}

/** @returns {State} */
export function firstState() {
  return {
    files: exampleFiles(FIRST), main: MAIN, open: MAIN, example: FIRST,
    locale: navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en",
    lead: {}, fresh: true, stage: null, life: newLife(), golden: null, partial: false, view: "document", leadView: "answers",
    study: null, sound: null, decided: null, trouble: null, layOut: null, refusal: null, kept: true,
    ...kept(),
  };
}

/** Keeps the work as it changes. @param {import("./store.mjs").Store} store */
export function keep(store) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    const { files, main, open, example, locale, lead, stage, life, golden, partial } = store.get();
    try {
      localStorage.setItem(KEY, JSON.stringify({ files, main, open, example, locale, lead, stage, life, golden, partial }));
      store.set({ kept: true });
    } catch {
      store.set({ kept: false });
    }
  };
  let first = true;
  store.watch(["files", "main", "open", "example", "locale", "lead", "stage", "life", "golden", "partial"], () => {
    if (first) return void (first = false);
    clearTimeout(timer);
    timer = setTimeout(write, PAUSE);
  });
  // A page that is left within the pause writes at once.
  window.addEventListener("pagehide", () => timer !== undefined && write());
}
