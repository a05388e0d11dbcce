// The engine with the policy's public slice. Loaded after the page can be used, and the page can be used without it.

import { init, LeadgateError, load } from "leadgate/page/slim";
import wasm from "leadgate/page.wasm?url";
import { makeClaim } from "leadgate/receipts";
import { messages } from "./page.mjs";

/**
 * @typedef {import("leadgate/page").Lead} Lead
 * @typedef {import("leadgate/receipts").Claim} Claim
 */

export class Engine {
  /** @param {Uint8Array} slice */
  constructor(slice) {
    this.policy = load(slice);
    this.bytes = slice.length;
    this.description = this.policy.describe();
  }

  /** Why an answer cannot be used, or null. @param {string} field @param {import("leadgate/page").Answer} answer */
  refusal(field, answer) {
    try {
      this.policy.form({ [field]: answer });
      return null;
    } catch (error) {
      if (error instanceof LeadgateError && error.code !== "internal") return error;
      throw error;
    }
  }

  /** Fields of the questions that apply to these answers, in the policy's order. @param {Lead} lead */
  shown(lead) {
    return this.policy.form(lead, { onInvalid: "absent" }).questions.filter(({ shown }) => shown).map(({ field }) => field);
  }

  /** What can still come out; fields that are not named are open. @param {Lead} lead */
  possible(lead) {
    return this.policy.possible(lead, { onInvalid: "absent" });
  }

  /** Ids of the messages that a visitor may still get, in the policy's order. @param {import("leadgate/page").Possible} possible */
  messages({ outcomes }) {
    return Object.keys(messages).filter((id) => outcomes.includes(id));
  }

  /** What the page says to the edge about its own decision. @param {Lead} lead all its answers @param {string} now @returns {Claim} */
  claim(lead, now) {
    return makeClaim(this.policy, lead, { now });
  }
}

/** Fetches engine and slice. @param {string} address of the slice @returns {Promise<Engine>} */
export async function loadEngine(address) {
  const [response] = await Promise.all([fetch(address), init(fetch(wasm))]);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return new Engine(new Uint8Array(await response.arrayBuffer()));
}
