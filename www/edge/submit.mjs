// One sending of the form: decided again from the raw answers, and kept.
//
// Everything that a sending changes is written in one transaction, after its queue's rotation was asked who takes it. What can come between is met so:
// - The same sending again, later or at the same time: its id is a primary key. Whoever finds it written answers what was answered then.
// - The same person at the same time: the digest of an identity key is a primary key. Whoever comes second finds the lead that the first has made, and is merged into it.
// - A break between rotation and transaction: the rotation remembers who took which lead, and tells the sending that comes again the same.
// - An assignment that came to nothing, because the person turned out to be known: it is given back.

import { isObject, refusalOf } from "./answers.mjs";
import { claimOf, differencesOf } from "./claims.mjs";
import { canonical } from "./digests.mjs";
import { factsOf, isOpen } from "./facts.mjs";
import { tells } from "./identities.mjs";
import { Conflict } from "./store.mjs";

/** How often a sending is tried again after others were first. */
const ATTEMPTS = 16;
/** Milliseconds within which the first of these begins; twice as many each time, up to the most. Who come at once would otherwise be in each other's way each time. */
const PAUSE = 20;
const MOST_PAUSE = 640;

/** @param {number} attempt the one that has failed */
const pause = (attempt) => new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(MOST_PAUSE, PAUSE * 2 ** (attempt - 1))));

/**
 * @typedef {object} Sending
 * @property {string} id
 * @property {import("leadgate").Lead} answers those of fields that a visitor may set
 * @property {unknown} [claim]
 * @property {string} locale
 *
 * @typedef {object} Verdict what the visitor is told
 * @property {string | null} message id
 * @property {string} text
 * @property {string} receipt
 * @property {boolean} verified whether what the page had found out is right
 * @property {import("./claims.mjs").Difference[]} differences
 * @property {boolean} [reload] the page is of an earlier program
 *
 * @typedef {{ verdict: Verdict } | { refusals: import("./answers.mjs").Refusal[] } | { used: true }} Outcome `used`: another sending has this id
 *
 * @typedef {object} Parts
 * @property {import("./policy.mjs").EdgePolicy} policy
 * @property {import("./store.mjs").Store} store
 * @property {(queue: string) => import("./rotation.mjs").QueueRotation} rotation
 * @property {ReturnType<typeof import("./digests.mjs").keyedDigest>} digest
 * @property {import("./receipts.mjs").Receipts} receipts
 * @property {(now: number) => string[]} absent who of all queues is absent
 * @property {() => number} clock milliseconds
 * @property {import("./log.mjs").Log} log
 */

/** @param {Parts} parts */
export function createSubmit({ policy, store, rotation, digest, receipts, absent, clock, log }) {
  /** @param {Sending} sending @param {import("leadgate").Lead} facts @param {number} now */
  async function judge({ answers, claim }, facts, now) {
    const lead = { ...answers, ...facts };
    const decision = policy.full.decide(lead);
    const differences = differencesOf(policy, { claim, answers, facts, decision, now });
    const receipt = await receipts.sign({ policy: policy.full, lead, decision, now: new Date(now), slice: policy.sliceDigest });
    return { lead, decision, differences, receipt, message: decision.message };
  }

  /** @param {{ message: string | null, receipt: string, differences: import("./claims.mjs").Difference[] }} judged @param {string} locale @returns {Promise<Verdict>} */
  async function verdictOf({ message, receipt, differences }, locale) {
    const reload = differences.some(({ code }) => code === "program");
    return {
      message,
      text: (message && policy.text(`messages.${message}`, locale)) || "",
      receipt: await receipts.seal(receipt),
      verified: differences.length === 0,
      differences,
      ...(reload ? { reload } : {}),
    };
  }

  /** @param {import("leadgate").Decision} decision */
  const identitiesOf = (decision) => Promise.all(decision.identity.filter((key) => tells(key, policy.telephones)).map((key) => digest("identity", JSON.stringify(key))));

  /** Gives back what was assigned to leads that did not come to be. @param {Map<string, string>} assigned lead to queue */
  async function reconcile(assigned) {
    for (const [lead, queue] of assigned) {
      const stored = await store.lead(lead);
      if (stored?.queue !== queue) await rotation(queue).release(lead);
    }
  }

  /** @param {Sending} sending @param {string} payload @returns {Promise<Outcome | undefined>} */
  async function answered({ id, locale }, payload) {
    const stored = await store.submission(id);
    if (!stored) return undefined;
    return stored.payload === payload ? { verdict: await verdictOf(stored, locale) } : { used: true };
  }

  /** @param {Sending} sending @returns {Promise<Outcome>} */
  async function submit(sending) {
    const { id, answers, locale } = sending;
    const payload = await digest("payload", canonical(answers));
    const earlier = await answered(sending, payload);
    if (earlier) return earlier;
    /** @type {Map<string, string>} */
    const assigned = new Map();
    for (let attempt = 1; ; attempt += 1) {
      const now = clock();
      const identities = await identitiesOf(policy.full.decide(answers));
      const known = await store.samePerson(identities);
      const judged = await judge(sending, factsOf(known, policy.hostFields), now);
      const { decision, differences, receipt, message } = judged;
      // A lead that somebody works keeps route and member. One that was screened is decided anew when its person comes again with better answers.
      const decided = !known || (!isOpen(known) && decision.screen === null);
      const lead = known?.id ?? id;
      const queue = decided && decision.route !== null && policy.queues.has(decision.route) ? decision.route : null;
      if (queue) assigned.set(lead, queue);
      const about = queue ? { lead: policy.namesFor(queue, judged.lead), absent: absent(now) } : {};
      const member = queue ? await rotation(queue).assign(lead, now, about) : null;
      try {
        await store.write({
          lead: {
            id: lead, version: (known?.version ?? 0) + 1, answers: merged(known?.answers, answers, policy.identityFields), outcome: decision.outcome, stage: decision.stage?.after ?? null,
            queue, member, message, decision: kept(decision), program: policy.digest,
          },
          decided,
          identities,
          submission: {
            id, lead, payload, answers, claim: claimOf(sending.claim), verified: differences.length === 0, differences, outcome: decision.outcome, decision: kept(decision), message, receipt, locale,
          },
          now,
        });
        log({ event: "lead", lead: id, merged: Boolean(known), verified: differences.length === 0, codes: differences.map(({ code }) => code), attempts: attempt });
        if (attempt > 1) await reconcile(assigned);
        return { verdict: await verdictOf(judged, locale) };
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        const meanwhile = await answered(sending, payload);
        if (meanwhile || attempt >= ATTEMPTS) await reconcile(assigned);
        if (meanwhile) return meanwhile;
        if (attempt >= ATTEMPTS) throw error;
        await pause(attempt);
      }
    }
  }

  /** Answers that the policy cannot take are told; everything else that goes wrong is the caller's. @param {() => Promise<Outcome>} action @returns {Promise<Outcome>} */
  async function refusing(action) {
    try {
      return await action();
    } catch (error) {
      return { refusals: [refusalOf(error)] };
    }
  }

  return {
    /** @param {Sending} sending */
    submit: (sending) => refusing(() => submit(sending)),

    /** Answers a machine that filled in the field which people do not see as if its sending were kept. Nothing is. @param {Sending} sending */
    pretend: (sending) => refusing(async () => ({ verdict: await verdictOf(await judge(sending, {}, clock()), sending.locale) })),
  };
}

/** @param {unknown} answer */
const isDeclined = (answer) => isObject(answer) && answer.declined === true;

/**
 * What is known of a lead after another sending: new answers are added and replace old ones, except those that say who it is, which anybody who knows an address could otherwise change.
 * An answer that is declined replaces none, for it says nothing, and whoever knows an address could take everything else away with it.
 * @param {Record<string, unknown> | undefined} before
 * @param {import("leadgate").Lead} answers
 * @param {Set<string>} identityFields
 */
function merged(before, answers, identityFields) {
  if (!before) return answers;
  const said = (/** @type {string} */ field) => Object.hasOwn(before, field) && !isDeclined(before[field]);
  return { ...before, ...Object.fromEntries(Object.entries(answers).filter(([field, answer]) => !said(field) || !(identityFields.has(field) || isDeclined(answer)))) };
}

/** What of a decision is stored: its identity keys are stored as digests. @param {import("leadgate").Decision} decision */
function kept({ identity: _, notes: __, ...decision }) {
  return decision;
}

/** @typedef {ReturnType<typeof createSubmit>} Submit */
