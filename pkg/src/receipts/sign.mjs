// Receipts: made at the edge, a compact JWS (RFC 7515) with Ed25519 (RFC 8037).

import { LeadgateError } from "../error.mjs";
import { policyOf, propertiesOf, wrongType } from "../given.mjs";
import { decisionContent, digestAnswers, keyedDigest } from "./answers.mjs";
import { canonical, fromBase64url, toBase64url, utf8 } from "./canonical.mjs";
import { decisionOf, leadOf, livedOf, ringOf, textOf } from "./given.mjs";
import { randomText } from "./keys.mjs";
import { optionsOf, pastContent, pastOf } from "./past.mjs";
import { momentOf } from "./time.mjs";

const TYPE = "leadgate-receipt+jws";

/**
 * Signs what was decided.
 * @param {import("../receipts.d.ts").Decided} decided
 * @param {import("../receipts.d.ts").KeyRing} ring
 * @returns {Promise<string>}
 */
export async function signReceipt(decided, ring) {
  ringOf("ring", ring);
  const given = livedOf(propertiesOf("decided", decided, "what was decided", "give `{ policy, lead, now }`"));
  const key = ring.current === null ? undefined : ring.keys.get(ring.current)?.sign;
  const macKey = ring.macCurrent === null ? undefined : ring.macKeys.get(ring.macCurrent);
  if (key === undefined || macKey === undefined) throw new LeadgateError("wrong-keys", "the ring has no key to sign with", { path: "current", help: "give the whole ring, not its public part" });
  const { state, events, onInvalid = "refuse" } = given;
  const policy = policyOf("policy", given.policy, ["describe", "decide"]);
  const lead = leadOf(given.lead);
  const id = textOf("id", given.id, "leave it out, and one is made up") ?? randomText(16);
  const slice = textOf("slice", given.slice, "give the `program` of the slice's `describe()`");
  if (onInvalid !== "refuse" && onInvalid !== "absent") throw wrongType("onInvalid", onInvalid, "what is done about wrong answers", "it is `refuse` or `absent`");
  const now = momentOf(given.now, "now");
  const { policy: name, version, logic, program, slice: isSlice } = policy.describe();
  if (isSlice) throw new LeadgateError("provisional-program", "a receipt is of a decision by the full program, not by its slice", { path: "policy", help: "load the program that `compile` gives beside the slice" });
  const decision = decisionOf(given.decision) ?? policy.decide(/** @type {import("../index.d.ts").Lead} */ (lead), optionsOf({ state, events, now, onInvalid }));
  const past = pastOf(state, events);
  const payload = {
    v: 1,
    id,
    policy: name,
    version,
    logic,
    program,
    ...(slice === undefined ? {} : { slice }),
    now,
    onInvalid,
    state: state?.stage === undefined ? {} : { stage: state.stage },
    ...(past === undefined ? {} : { past: await keyedDigest(macKey, pastContent(id, past)) }),
    macKid: ring.macCurrent,
    answers: await digestAnswers(macKey, id, lead),
    decision: { outcome: decision.outcome, message: decision.message, digest: await keyedDigest(macKey, decisionContent(id, decision)) },
  };
  const header = { alg: "EdDSA", kid: ring.current, typ: TYPE };
  const signed = [header, payload].map((part) => toBase64url(utf8(canonical(part)))).join(".");
  const signature = await crypto.subtle.sign("Ed25519", key, utf8(signed));
  return `${signed}.${toBase64url(new Uint8Array(signature))}`;
}

/** @param {string} message @returns {LeadgateError} */
const malformed = (message) => new LeadgateError("receipt-format", message, { path: "receipt", help: "give the text that `signReceipt` made, unchanged" });

const decoder = new TextDecoder("utf-8", { fatal: true });

/** A part of a receipt: canonical JSON of an object. @param {string} part @returns {Record<string, any>} */
function readPart(part) {
  try {
    const text = decoder.decode(fromBase64url(part));
    const value = JSON.parse(text);
    if (value !== null && typeof value === "object" && !Array.isArray(value) && canonical(value) === text) return value;
  } catch {
    // Told below.
  }
  throw malformed("a part of the receipt is not canonical JSON in base64url");
}

/** @param {any} answer */
const isAnswer = (answer) => ["value", "choice", "range", "declined"].includes(answer?.kind) && (answer.kind === "declined" ? answer.mac === undefined : typeof answer.mac === "string") && (answer.source === undefined || answer.source === "record");

/** @param {Record<string, any>} payload @returns {payload is import("../receipts.d.ts").Receipt} */
function isReceipt(payload) {
  const { v, id, policy, version, logic, program, slice, now, onInvalid, state, past, macKid, answers, decision } = payload;
  return v === 1 && [id, policy, version, logic, program, now, macKid, decision?.digest].every((text) => typeof text === "string")
    && [slice, past].every((text) => text === undefined || typeof text === "string") && ["refuse", "absent"].includes(onInvalid)
    && state !== null && typeof state === "object" && (state.stage === undefined || typeof state.stage === "string")
    && answers !== null && typeof answers === "object" && Object.values(answers).every(isAnswer)
    && [decision.outcome, decision.message].every((word) => word === null || typeof word === "string");
}

/**
 * What a receipt says, whoever signed it, and by which key it says it is signed.
 * @param {string} text
 */
export function readReceipt(text) {
  const parts = typeof text === "string" ? text.split(".") : [];
  if (parts.length !== 3) throw malformed("a receipt is three parts with dots between them");
  const [header, payload] = [readPart(parts[0]), readPart(parts[1])];
  if (header.alg !== "EdDSA" || header.typ !== TYPE || typeof header.kid !== "string") throw malformed("this is not a receipt that is signed with Ed25519");
  if (!isReceipt(payload)) throw malformed("the receipt lacks something, or is of another version");
  const signature = fromBase64url(parts[2]);
  if (signature === undefined) throw malformed("the signature is not base64url");
  return { kid: /** @type {string} */ (header.kid), receipt: payload, signature, signed: utf8(`${parts[0]}.${parts[1]}`) };
}

/**
 * What a receipt says, once its signature holds.
 * @param {string} text
 * @param {import("../receipts.d.ts").KeyRing} ring
 * @returns {Promise<import("../receipts.d.ts").Receipt>}
 */
export async function openReceipt(text, ring) {
  ringOf("ring", ring);
  const { kid, receipt, signature, signed } = readReceipt(text);
  const key = ring.keys.get(kid)?.verify;
  if (key === undefined) throw new LeadgateError("receipt-key", `the receipt is signed with the key \`${kid}\`, which is not in the ring`, { path: "kid", help: "keep old keys in the ring for as long as their receipts count" });
  if (!(await crypto.subtle.verify("Ed25519", key, signature, signed))) {
    throw new LeadgateError("receipt-signature", "the signature does not hold: the receipt was changed, or signed by somebody else", { path: "signature", help: "rest nothing on this receipt" });
  }
  return receipt;
}
