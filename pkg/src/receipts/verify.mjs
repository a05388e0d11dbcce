// Does a receipt say what comes out? Every difference is named, not only the first.

import { LeadgateError } from "../error.mjs";
import { policyOf, propertiesOf } from "../given.mjs";
import { answerContent, answersOf, decisionContent, keyedDigest } from "./answers.mjs";
import { leadOf, livedOf, ringOf } from "./given.mjs";
import { optionsOf, pastContent, pastOf } from "./past.mjs";
import { openReceipt, readReceipt } from "./sign.mjs";
import { instant, momentOf } from "./time.mjs";

/** @typedef {import("../receipts.d.ts").Difference} Difference */

/** Gathers differences. */
export class Differences {
  /** @type {Difference[]} */
  all = [];

  /** @param {Difference["kind"]} kind @param {string} path @param {unknown} expected @param {unknown} found @param {string} message */
  add(kind, path, expected, found, message) {
    this.all.push({ kind, path, expected, found, message });
  }

  /** Notes a difference where there is one. @param {Difference["kind"]} kind @param {string} path @param {unknown} expected @param {unknown} found @param {string} message */
  compare(kind, path, expected, found, message) {
    if (expected !== found) this.add(kind, path, expected, found, message);
  }
}

/** The signature's differences: those are found first, but do not end the search. @param {string} text @param {import("../receipts.d.ts").KeyRing} keys @param {Differences} differences */
async function checkSignature(text, keys, differences) {
  try {
    await openReceipt(text, keys);
  } catch (error) {
    if (!(error instanceof LeadgateError)) throw error;
    const kind = error.code === "receipt-key" ? "key" : "signature";
    differences.add(kind, kind === "key" ? "kid" : "signature", null, null, error.message);
  }
}

/** @param {import("../receipts.d.ts").Receipt} receipt @param {Record<string, unknown>} lead @param {CryptoKey} macKey @param {Differences} differences */
async function checkAnswers(receipt, lead, macKey, differences) {
  const given = answersOf(lead);
  const told = new Map(Object.entries(receipt.answers));
  for (const field of [...new Set([...told.keys(), ...given.keys()])].sort()) {
    const [said, answer] = [told.get(field), given.get(field)];
    const path = `answers.${field}`;
    if (said === undefined) {
      differences.add("answer", path, "absent", answer?.kind, `the receipt knows no answer to \`${field}\`, and the lead has one`);
    } else if (answer === undefined) {
      differences.add("answer", path, said.kind, "absent", `the receipt has an answer to \`${field}\`, and the lead has none`);
    } else if (said.kind !== answer.kind) {
      differences.add("answer", path, said.kind, answer.kind, `the answer to \`${field}\` was given in another form`);
    } else {
      const mac = answer.kind === "declined" ? undefined : await keyedDigest(macKey, answerContent(receipt.id, field, answer.kind, answer.of));
      differences.compare("answer", path, said.mac, mac, `the answer to \`${field}\` is another one`);
      differences.compare("answer", `${path}.source`, said.source ?? "typed", answer.source, `the answer to \`${field}\` came from elsewhere`);
    }
  }
}

/** @param {import("../receipts.d.ts").Receipt} receipt @param {import("../receipts.d.ts").VerifyOptions} options @param {CryptoKey | undefined} macKey @param {Differences} differences */
async function checkDecision(receipt, { policy, lead, state, events }, macKey, differences) {
  // Without the past that it rests on, something else would come out of a receipt that is as it says.
  if (lead === undefined || (receipt.past !== undefined && pastOf(state, events) === undefined)) return;
  /** @type {import("../index.d.ts").Decision} */
  let decision;
  try {
    decision = policy.decide(/** @type {import("../index.d.ts").Lead} */ (lead), optionsOf({ state: state ?? receipt.state, events, now: receipt.now, onInvalid: receipt.onInvalid }));
  } catch (error) {
    if (!(error instanceof LeadgateError)) throw error;
    differences.add("outcome", "decision", receipt.decision.outcome, null, `the lead cannot be decided: ${error.message}`);
    return;
  }
  differences.compare("outcome", "decision.outcome", receipt.decision.outcome, decision.outcome, `another outcome: the receipt says ${word(receipt.decision.outcome)}, and it is ${word(decision.outcome)}`);
  differences.compare("message", "decision.message", receipt.decision.message, decision.message, `another message: the receipt says ${word(receipt.decision.message)}, and it is ${word(decision.message)}`);
  if (macKey === undefined) return;
  const digest = await keyedDigest(macKey, decisionContent(receipt.id, decision));
  differences.compare("decision", "decision.digest", receipt.decision.digest, digest, "something about the decision is different: scores, tables, stage, faults or identity keys");
}

/** @param {import("../receipts.d.ts").Receipt} receipt @param {import("../receipts.d.ts").VerifyOptions} options @param {CryptoKey | undefined} macKey @param {Differences} differences */
async function checkPast(receipt, { lead, state, events }, macKey, differences) {
  const past = pastOf(state, events);
  if (past === undefined) {
    if (receipt.past !== undefined && lead !== undefined) differences.add("state", "past", receipt.past, null, "the decision rests on the lead's state and on what it has done: give both, and it is decided again");
    return;
  }
  if (macKey === undefined) return;
  const found = await keyedDigest(macKey, pastContent(receipt.id, past));
  differences.compare("state", "past", receipt.past ?? null, found, receipt.past === undefined ? "the receipt knows of no past of the lead, and one was given" : "the lead's state, or what it had done, was another");
}

/** @param {string | null} outcome */
const word = (outcome) => (outcome === null ? "none" : `\`${outcome}\``);

/**
 * Decides again what a receipt is about, and names every difference.
 * @param {string} text the receipt
 * @param {import("../receipts.d.ts").VerifyOptions} given
 * @returns {Promise<import("../receipts.d.ts").Verified>}
 */
export async function verify(text, given) {
  const options = /** @type {import("../receipts.d.ts").VerifyOptions} */ (livedOf(propertiesOf("options", given, "what to verify against", "give `{ policy, lead, keys }`")));
  const { lead, state, now, slice } = options;
  const policy = policyOf("policy", options.policy, ["describe", "decide"]);
  const keys = ringOf("keys", options.keys);
  if (lead !== undefined) leadOf(lead);
  const differences = new Differences();
  /** @type {import("../receipts.d.ts").Receipt} */
  let receipt;
  try {
    ({ receipt } = readReceipt(text));
  } catch (error) {
    if (!(error instanceof LeadgateError)) throw error;
    differences.add("format", "receipt", null, null, error.message);
    return { ok: false, receipt: null, differences: differences.all };
  }
  await checkSignature(text, keys, differences);
  const { policy: name, version, logic, program } = policy.describe();
  differences.compare("program", "policy", receipt.policy, name, `the receipt is of the policy \`${receipt.policy}\`, and this is \`${name}\``);
  differences.compare("program", "version", receipt.version, version, `the receipt is of version ${receipt.version}, and this is ${version}`);
  differences.compare("program", "logic", receipt.logic, logic, "the policy's logic has changed since");
  differences.compare("program", "program", receipt.program, program, "another program decided");
  if (slice !== undefined) differences.compare("program", "slice", receipt.slice, slice, "the page had another slice of the policy");
  if (state !== undefined) differences.compare("state", "state.stage", receipt.state.stage, state.stage, "the lead began in another stage");
  if (now !== undefined) {
    const [told, given] = [receipt.now, typeof now === "string" ? now : momentOf(now, "now")];
    if (instant(told) !== instant(given)) differences.add("time", "now", told, given, "it was decided at another time");
  }
  const macKey = keys.macKeys.get(receipt.macKid);
  if (lead !== undefined && macKey === undefined) {
    differences.add("key", "macKid", receipt.macKid, null, `the digests are made with the key \`${receipt.macKid}\`, which is not in the ring: answers cannot be checked`);
  } else if (lead !== undefined && macKey !== undefined) {
    await checkAnswers(receipt, lead, macKey, differences);
  }
  await checkPast(receipt, options, macKey, differences);
  await checkDecision(receipt, options, macKey, differences);
  return { ok: differences.all.length === 0, receipt, differences: differences.all };
}
