// Forms of past leads, asked again: what each way of asking would have asked of them.

/** @typedef {import("../../src/index.d.ts").Lead} Lead */

export class Replay {
  #policy;
  #questions;
  #known;
  #options;
  #costs;
  #sums = [0, 0, 0].map(() => ({ questions: 0, friction: 0 }));
  leads = 0;

  /**
   * @param {Pick<import("../../src/index.d.ts").Policy, "next" | "form">} policy
   * @param {import("../../src/index.d.ts").Description} description
   * @param {{ known: string[], stage?: string }} options
   */
  constructor(policy, { ask }, { known, stage }) {
    this.#policy = policy;
    this.#questions = ask.questions.filter(({ after }) => after === 0).map(({ field }) => field);
    this.#costs = new Map(ask.questions.map(({ field, cost }) => [field, cost]));
    this.#known = new Set(known);
    this.#options = { limit: 1, onInvalid: /** @type {const} */ ("absent"), ...(stage === undefined ? {} : { stage }) };
  }

  /** @param {Record<string, unknown>} lead @param {Set<string>} invalid fields whose answers are none */
  add(lead, invalid) {
    const answers = Object.fromEntries(Object.entries(lead).filter(([name]) => !invalid.has(name)));
    const open = new Set(this.#questions);
    /** What is known before the form begins. @type {Record<string, unknown>} */
    const begin = {};
    for (const [name, answer] of Object.entries(answers)) if (!open.has(name) || this.#known.has(name)) begin[name] = answer;
    const next = (/** @type {Record<string, unknown>} */ given) => this.#policy.next(/** @type {Lead} */ (given), this.#options);
    const inOrder = (/** @type {Record<string, unknown>} */ given) =>
      this.#policy.form(/** @type {Lead} */ (given), { onInvalid: "absent" }).questions.find(({ field, shown }) => shown && open.has(field) && !(field in given))?.field;
    const ways = [
      inOrder,
      (/** @type {Record<string, unknown>} */ given) => {
        const { settled, ask } = next(given);
        return settled ? ask[0] : inOrder(given);
      },
      (/** @type {Record<string, unknown>} */ given) => next(given).ask[0],
    ];
    for (const [at, choose] of ways.entries()) {
      const given = { ...begin };
      for (let field = choose(given); field !== undefined; field = choose(given)) {
        given[field] = answers[field] ?? null;
        this.#sums[at].questions += 1;
        this.#sums[at].friction += this.#costs.get(field) ?? 0;
      }
    }
    this.leads += 1;
  }

  /** What was asked of a lead, on average. */
  found() {
    const [everything, formOrder, plan] = this.#sums.map(({ questions, friction }) => ({ questions: questions / this.leads, friction: friction / this.leads }));
    return { leads: this.leads, everything, formOrder, plan };
  }
}
