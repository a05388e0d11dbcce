// The document's parts as the page shows them while somebody types.

/** @typedef {import("./store.mjs").State} State */

/** The study whose parts are shown: of a text that is not YAML for the moment only a beginning could be read, so what was there before stays. @param {Pick<State, "study" | "sound">} state */
function shown({ study, sound }) {
  const whole = study?.outline && !study.diagnostics.some(({ code }) => code === "yaml-syntax");
  return whole ? study : sound ?? study;
}

/** What the document is made of; null before it could be read. @param {Pick<State, "study" | "sound">} state */
export const outlineOf = (state) => shown(state)?.outline ?? null;

/** Its texts for people. @param {Pick<State, "study" | "sound">} state @returns {import("leadgate/author").Texts} */
export const textsOf = (state) => shown(state)?.texts ?? {};

/** Its schedules, teams, stories and moves as written, of the document that decides. @param {Pick<State, "sound">} state */
export const writtenOf = ({ sound }) => sound?.written ?? null;
