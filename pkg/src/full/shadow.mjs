// Another policy decided beside one that counts: what it would have said, and nothing that acts on it.

import { LeadgateError } from "../error.mjs";
import { shown } from "../encode.mjs";

/**
 * @typedef {import("../index.d.ts").Decision} Decision
 * @typedef {import("../index.d.ts").Options} Options
 * @typedef {import("../index.d.ts").Difference} Difference
 * @typedef {import("../index.d.ts").Shadow} Shadow
 * @typedef {Pick<import("../index.d.ts").Policy, "describe" | "decide">} Decides
 * @typedef {Record<string, unknown>} Lead
 */

/** Whether two parts of decisions are the same; they are plain data. @param {unknown} a @param {unknown} b */
const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);

/** What of a decision is compared, by its path in it; scores and tables come with the names that either has. */
const PARTS = /** @type {const} */ (["outcome", "message"]);
const NAMED = /** @type {const} */ (["scores", "tables"]);

/**
 * @param {Decision} now
 * @param {Decision} candidate
 */
export function differences(now, candidate) {
  /** @type {Difference[]} */
  const found = [];
  const compare = (/** @type {string} */ path, /** @type {unknown} */ a, /** @type {unknown} */ b) => {
    if (!same(a, b)) found.push({ path, now: a, candidate: b });
  };
  for (const part of PARTS) compare(part, now[part], candidate[part]);
  for (const part of NAMED) {
    const [a, b] = /** @type {Record<string, unknown>[]} */ ([now[part], candidate[part]]);
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      // What only one of them has is left out of the other.
      compare(`${part}.${name}`, Object.hasOwn(a, name) ? a[name] : undefined, Object.hasOwn(b, name) ? b[name] : undefined);
    }
  }
  const moves = (/** @type {Decision} */ { stage }) => stage?.moves.map(({ id }) => id);
  compare("stage.after", now.stage?.after, candidate.stage?.after);
  compare("stage.moves", moves(now), moves(candidate));
  for (const part of /** @type {const} */ (["faults", "identity"])) compare(part, now[part], candidate[part]);
  return found;
}

/** Beside one policy another. */
export class Shadowed {
  #policy;
  #candidate;
  #fields;

  /** @param {Decides} policy the one that counts @param {Decides} candidate */
  constructor(policy, candidate) {
    if (typeof candidate?.decide !== "function" || typeof candidate?.describe !== "function") {
      throw new LeadgateError("wrong-type", `${shown(candidate)} is not a policy`, { path: "candidate", help: "give what `load` returned" });
    }
    this.#policy = policy;
    this.#candidate = candidate;
    this.#fields = new Set(candidate.describe().fields.map(({ name }) => name));
  }

  /** @param {Lead} lead @param {Options} [options] */
  decide(lead, options) {
    const decision = this.#policy.decide(/** @type {any} */ (lead), options);
    return { ...decision, shadow: this.#beside(decision, lead, options) };
  }

  /**
   * Whatever happens here, the decision stands.
   * @param {Decision} decision @param {Lead} lead @param {Options} [options]
   * @returns {Shadow}
   */
  #beside(decision, lead, options) {
    /** @type {string[]} */
    const unknown = [];
    try {
      /** @type {Lead} */
      const known = Object.create(null);
      for (const name of Object.keys(lead)) {
        if (this.#fields.has(name)) known[name] = lead[name];
        else unknown.push(name);
      }
      const found = differences(decision, this.#candidate.decide(/** @type {any} */ (known), options));
      return { same: found.length === 0, differences: found, unknown };
    } catch (error) {
      const { code, message, path, help } = error instanceof LeadgateError ? error : new LeadgateError("internal", "the candidate failed", { help: "decide the lead with it alone" });
      return { same: false, differences: [], unknown, error: { code, message, path, help } };
    }
  }
}
