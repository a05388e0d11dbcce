// The engine with the policy's public slice. Loaded after the page can be used, and the page can be used without it.

import { needs } from "leadgate/needs";
import { init, load } from "leadgate/page/slim";
// One program a page: the page's JavaScript runs either.
import page from "leadgate/page.wasm?url";
import plain from "leadgate/plain.wasm?url";
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

/** Fetches the engine, and takes the slice. @param {Uint8Array} slice @returns {Promise<Engine>} */
export async function startEngine(slice) {
  await init(fetch(needs(slice) === "plain" ? plain : page));
  return new Engine(slice);
}
