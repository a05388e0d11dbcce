// Sending a lead to the edge. What can go wrong has a name; the form says it in words.

import { base } from "./page.mjs";

/**
 * @typedef {object} Submission
 * @property {string} id the same for every attempt, so that the edge keeps one lead
 * @property {import("leadgate/page").Lead} answers
 * @property {import("./engine.mjs").Claim | null} claim null where the engine could not be loaded
 * @property {string} locale
 * @property {string} hp the field that people leave empty
 *
 * @typedef {{ code?: string, kind?: string, path?: string, message: string }} Difference
 * @typedef {{ message: string | null, text: string, receipt: string, verified: boolean, differences: Difference[] }} Verdict
 *
 * @typedef {{ kind: "sent", verdict: Verdict }
 *   | { kind: "busy", seconds: number }
 *   | { kind: "refused", errors: { field: string, code: string }[] }
 *   | { kind: "used" | "outdated" | "offline" | "network" | "server" }} Outcome
 */

/** What the edge says of answers that the form of today does not have. */
const OF_ANOTHER_FORM = ["unknown-field", "unknown-choice", "unknown-value", "unknown-key"];

/** Milliseconds after which an attempt is given up. */
const PATIENCE = 20_000;

/** A lead's id. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Only pages served over HTTPS have it.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** @param {Response} response */
async function bodyOf(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

/** @param {Submission} submission @returns {Promise<Outcome>} */
export async function send(submission) {
  let response;
  try {
    response = await fetch(`${base}/api/leads`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(submission),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return { kind: navigator.onLine ? "network" : "offline" };
  }
  const body = await bodyOf(response);
  if (response.ok) return typeof body?.text === "string" ? { kind: "sent", verdict: { differences: [], ...body } } : { kind: "server" };
  if (response.status === 409) return { kind: "used" };
  if (response.status === 429) return { kind: "busy", seconds: Number(response.headers.get("retry-after")) || 30 };
  if (response.status >= 500) return { kind: "server" };
  /** @type {{ path?: string, code?: string }[]} */
  const errors = Array.isArray(body?.errors) ? body.errors : [];
  if (errors.some(({ code = "" }) => OF_ANOTHER_FORM.includes(code))) return { kind: "outdated" };
  return { kind: "refused", errors: errors.map(({ path = "", code = "other" }) => ({ field: path, code })) };
}
