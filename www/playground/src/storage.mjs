// The work, kept in this browser and nowhere else. Of an example only what was changed is kept: some have long lists.

import { addressed } from "./files/address.mjs";
import { exampleFiles, FIRST, isExample, isOriginal, MAIN, originalOf } from "./files/examples.mjs";
import { isLife, newLife } from "./life/life.mjs";

/** @typedef {import("./store.mjs").State} State */

const KEY = "leadgate-playground-1";
/** Milliseconds without a change before the work is written. */
const PAUSE = 400;
/** What is kept, the files apart. */
const KEPT = /** @type {const} */ (["main", "open", "example", "locale", "lead", "stage", "life", "golden", "partial", "walk", "turns", "given"]);

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {unknown} value @returns {value is State["turns"]} */
const isTurns = (value) => isObject(value) && isObject(value.rotations) && Array.isArray(value.absent) && value.absent.every((name) => typeof name === "string") && (value.name === null || typeof value.name === "string");

/** @param {unknown} value @returns {value is State["walk"]} */
const isWalk = (value) => isObject(value) && Number.isInteger(value.at) && Array.isArray(value.told) && isLife(value.life);

/** Where everybody's queues begin. @returns {State["turns"]} */
export const newTurns = () => ({ name: null, rotations: {}, absent: [] });

/** What a page holds of a lead that nobody has filled in yet. */
export const nobody = () => ({ lead: {}, fresh: true, stage: null, life: newLife(), golden: null, wanted: null, walk: null, turns: newTurns(), given: [] });

/** What was kept, where it is whole; anything else in its place is nobody's work. @returns {Promise<Partial<State>>} */
async function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (!isObject(found) || !isObject(found.files) || !isObject(found.lead)) return {};
    const { main, open, locale, lead, stage, life, golden, partial, walk, turns, given, removed } = found;
    const example = typeof found.example === "string" ? found.example : null;
    // An example that is there no more has left what was changed in it.
    const original = isExample(example) ? await exampleFiles(example) : {};
    const files = { ...original, ...found.files };
    for (const path of Array.isArray(removed) ? removed : []) delete files[path];
    if (!Object.values(files).every((text) => typeof text === "string") || typeof files[main] !== "string") return {};
    return {
      fresh: false, files, main, open: typeof files[open] === "string" ? open : main, lead, ...(isLife(life) ? { life } : {}),
      example: isExample(example) ? example : null, stage: typeof stage === "string" ? stage : null, ...(isTurns(turns) ? { turns } : {}), given: Array.isArray(given) ? given : [],
      golden: typeof golden === "string" ? golden : null, walk: isWalk(walk) ? walk : null, partial: partial === true, ...(locale === "en" || locale === "zh" ? { locale } : {}),
    };
  } catch {
    return {};
  }
}

/** What the page begins with: the work that was kept; without any, the policy that the address names. @returns {Promise<State>} */
export async function firstState() {
  const { policy, lead, lang } = addressed();
  const work = await kept();
  const named = isExample(policy) ? policy : null;
  // Work that was changed stays until its owner says that it may go.
  const stays = work.files !== undefined && (named === null || (named === work.example && lead === null) || !isOriginal(work.example ?? null, work.files));
  const example = named ?? FIRST;
  return {
    main: MAIN, open: MAIN, example, ...nobody(), wanted: lead, partial: false, view: "document", leadView: "answers", reading: "why", settle: "route", foreknown: [], forecast: null,
    study: null, sound: null, decided: null, trouble: null, unloaded: false, attempt: 0, layOut: null, refusal: null, kept: true, files: {},
    ...(stays ? { ...work, wanted: named !== null && named === work.example ? lead : null } : { files: await exampleFiles(example) }),
    locale: lang ?? work.locale ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en"),
  };
}

/** The files that differ from the example's, and the paths of those that were taken away. @param {State} state */
function changesOf({ example, files }) {
  const original = originalOf(example) ?? {};
  return {
    files: Object.fromEntries(Object.entries(files).filter(([path, text]) => original[path] !== text)),
    removed: Object.keys(original).filter((path) => !(path in files)),
  };
}

/** Keeps the work as it changes. @param {import("./store.mjs").Store} store */
export function keep(store) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    const state = store.get();
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...changesOf(state), ...Object.fromEntries(KEPT.map((key) => [key, state[key]])) }));
      store.set({ kept: true });
    } catch {
      store.set({ kept: false });
    }
  };
  let first = true;
  store.watch(["files", ...KEPT], () => {
    if (first) return void (first = false);
    clearTimeout(timer);
    timer = setTimeout(write, PAUSE);
  });
  // A page that is left within the pause writes at once.
  window.addEventListener("pagehide", () => timer !== undefined && write());
}
