// The engine with the page's program. Loaded after the page can be used, and the page can be used without it.

import { init, LeadgateError, load } from "leadgate/page/slim";
import wasm from "leadgate/page.wasm?url";
import { messages, outcomes } from "./page.mjs";

/**
 * @typedef {import("leadgate/page").Lead} Lead
 * @typedef {{ v: 1, slice: string, now: string, possible: string[] }} Claim
 */

export class Engine {
  /** @param {Uint8Array} program */
  constructor(program) {
    this.policy = load(program);
    this.bytes = program.length;
    this.description = this.policy.describe();
    /** Fields that the page may know; answers to others go to the edge alone. */
    this.fields = new Set(this.description.fields.filter(({ host }) => !host).map(({ name }) => name));
  }

  /** Only what the program knows. @param {Lead} lead @returns {Lead} */
  #public(lead) {
    return Object.fromEntries(Object.entries(lead).filter(([field]) => this.fields.has(field)));
  }

  /** Why an answer cannot be used, or null. @param {string} field @param {import("leadgate/page").Answer} answer */
  refusal(field, answer) {
    try {
      this.policy.form(this.#public({ [field]: answer }));
      return null;
    } catch (error) {
      if (error instanceof LeadgateError && error.code !== "internal") return error;
      throw error;
    }
  }

  /** Fields of the questions that apply to these answers, in the policy's order. @param {Lead} lead */
  shown(lead) {
    return this.policy.form(this.#public(lead), { onInvalid: "absent" }).questions.filter(({ shown }) => shown).map(({ field }) => field);
  }

  /** What can still come out; fields that are not named are open. @param {Lead} lead */
  possible(lead) {
    return this.policy.possible(this.#public(lead), { onInvalid: "absent" });
  }

  /** Ids of the messages that a visitor may still get, in the policy's order. @param {import("leadgate/page").Possible} possible @returns {string[]} */
  messages(possible) {
    const found = new Set(possible.outcomes.map((outcome) => (outcome === null ? "thanks" : outcomes[outcome] ?? (outcome.startsWith("screened:") ? "thanks" : outcome))));
    return Object.keys(messages).filter((id) => found.has(id));
  }

  /** What the page says to the edge about its own decision. @param {Lead} lead all its answers @param {string} now @returns {Claim} */
  claim(lead, now) {
    const absent = Object.fromEntries([...this.fields].map((field) => [field, null]));
    return { v: 1, slice: this.description.program, now, possible: this.messages(this.possible({ ...absent, ...lead })) };
  }
}

/** Fetches engine and program. @param {string} slice address of the program @returns {Promise<Engine>} */
export async function loadEngine(slice) {
  const [response] = await Promise.all([fetch(slice), init(fetch(wasm))]);
  if (!response.ok) throw new Error(`${slice}: ${response.status}`);
  return new Engine(new Uint8Array(await response.arrayBuffer()));
}
