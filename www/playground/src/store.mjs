// What the playground knows, and who wants to hear of changes.

/**
 * @typedef {import("leadgate").Lead} Lead
 * @typedef {import("./engine/author.worker.mjs").Study} Study
 *
 * @typedef {object} State
 * @property {Record<string, string>} files texts by path
 * @property {string} main path of the policy document
 * @property {string} open path of the file in the editor
 * @property {string | null} example where the files come from; null for the visitor's own
 * @property {"en" | "zh"} locale
 * @property {Lead} lead
 * @property {boolean} fresh whether nobody has filled in anything: the first golden lead then shows what there is to see
 * @property {string | null} stage before the decision; null for the first
 * @property {import("./life/life.mjs").Life} life what the lead did, and the moment of the decision; it counts where the policy knows of time
 * @property {string | null} golden id of the golden lead that was loaded
 * @property {string | null} wanted id of a golden lead that is to be loaded once the document is read
 * @property {import("./golden/story.mjs").Walk | null} walk how far its story was walked, where it tells one
 * @property {import("./engine/outlook.mjs").Turns} turns where the queues stand, who is absent, and which queue is looked at
 * @property {{ queue: string, at: number, answer: import("leadgate").Assigned }[]} given leads that were given to somebody, the last one last
 * @property {string} settle what another answer is to change
 * @property {"why" | "next" | "whatIf" | "questions"} reading which part of the decision is read
 * @property {string[]} foreknown fields that the forecast of the form takes as known
 * @property {import("./engine/forecast.worker.mjs").Forecasted | null} forecast of the form of `sound`; null where nobody reads it, and while it is made
 * @property {boolean} partial whether what is not filled in is open
 * @property {"document" | "lead" | "result"} view where there is no room for all
 * @property {"answers" | "golden"} leadView
 * @property {Study | null} study of the files as they are now; null before the first
 * @property {Study | null} sound the last study that had a program
 * @property {import("./engine/decider.mjs").Answered | null} decided with the program of `sound`
 * @property {string | null} layOut path of a document that is to have its standard layout
 * @property {"formatFailed" | null} refusal why that was not possible
 * @property {string | null} trouble why an engine does not answer
 * @property {boolean} unloaded whether that is because it could not be loaded
 * @property {number} attempt how often the reader has asked for the engines to be loaded again
 * @property {boolean} kept whether the browser keeps the work
 */

/** @typedef {ReturnType<typeof createStore>} Store */

/** @param {State} initial */
export function createStore(initial) {
  let state = initial;
  /** @type {{ keys: (keyof State)[], react: (state: State) => void }[]} */
  const listeners = [];
  return {
    get: () => state,

    /** Calls `react` now, and whenever one of the keys changes. @param {(keyof State)[]} keys @param {(state: State) => void} react */
    watch(keys, react) {
      listeners.push({ keys, react });
      react(state);
    },

    /** @param {Partial<State>} change */
    set(change) {
      const changed = /** @type {(keyof State)[]} */ (Object.keys(change)).filter((key) => !Object.is(state[key], change[key]));
      if (changed.length === 0) return;
      state = { ...state, ...change };
      for (const { keys, react } of listeners) if (keys.some((key) => changed.includes(key))) react(state);
    },
  };
}
