import { LeadgateError, type Decision, type Lead, type LeadEvent, type Policy, type State as Lived } from "./index.js";

export { LeadgateError };

/** An Ed25519 key as a JWK; without `d` it verifies and does not sign. */
export interface SigningJwk {
  kty: string;
  crv: string;
  x: string;
  d?: string;
}

/** A key for digests as a JWK: at least 32 bytes in base64url. */
export interface MacJwk {
  kty: string;
  k: string;
}

/** A ring of keys as JSON: secret wherever a `d` or `k` is in it. */
export interface KeysJson {
  v: 1;
  /** The key that signs; null in a ring that only verifies. */
  current: string | null;
  /** By `kid`, which is the key's thumbprint (RFC 7638). */
  keys: Record<string, SigningJwk>;
  /** The key that answers are digested with. */
  macCurrent: string | null;
  macKeys: Record<string, MacJwk>;
}

/** A ring ready for use. */
export interface KeyRing {
  current: string | null;
  keys: Map<string, { verify: CryptoKey; sign?: CryptoKey }>;
  macCurrent: string | null;
  macKeys: Map<string, CryptoKey>;
}

/** The state that a lead begins in: a stage, or all that `advance` and `commit` returned. */
export type State = Partial<Lived> & { stage?: string };

/** What was decided. */
export interface Decided {
  /** The full program. */
  policy: Policy;
  lead: Lead;
  state?: State;
  /** What the lead had done, as `decide` takes it. */
  events?: LeadEvent[];
  /** When, RFC 3339. */
  now: string | Date;
  onInvalid?: "refuse" | "absent";
  /** The digest of the slice that the page had. */
  slice?: string;
  /** The decision, where it was made already; otherwise it is made here. */
  decision?: Decision;
  /** What tells this receipt from others; random where it is not given. */
  id?: string;
}

/** What a receipt says of an answer. */
export interface ReceiptAnswer {
  kind: "value" | "choice" | "range" | "declined";
  /** Keyed digest of the answer; none for `declined`. */
  mac?: string;
  /** `record`: it did not come from the form. */
  source?: "record";
}

/** What a receipt says; see docs/receipts.md. */
export interface Receipt {
  v: 1;
  id: string;
  policy: string;
  version: string;
  logic: string;
  program: string;
  slice?: string;
  now: string;
  onInvalid: "refuse" | "absent";
  state: { stage?: string };
  /** Keyed digest of the lead's whole state and of its events, where the decision rests on more than a stage. */
  past?: string;
  macKid: string;
  answers: Record<string, ReceiptAnswer>;
  decision: { outcome: string | null; message: string | null; digest: string };
}

/** Something that is not as a receipt or a claim says. */
export interface Difference {
  /**
   * `format`: it cannot be read; `key`, `signature`: nobody we know signed it, or it was changed; `program`: another policy, version, logic, program or slice; `answer`, `state`, `time`: other
   * inputs; `outcome`, `message`, `decision`: something else comes out; `lie`: a claim that its own slice contradicts; `secrets`: what the page cannot know decided (no offence).
   */
  kind: "format" | "key" | "signature" | "program" | "answer" | "state" | "time" | "outcome" | "message" | "decision" | "lie" | "secrets";
  /** Where, such as `answers.seats`. */
  path: string;
  /** What the receipt says; of a claim, what is so. Digests, where values are only known as such. */
  expected: unknown;
  /** What is so; of a claim, what it says. */
  found: unknown;
  /** One sentence. */
  message: string;
}

export interface VerifyOptions {
  /** The full program. */
  policy: Policy;
  /** The answers; without them, neither they nor the decision are checked. */
  lead?: Lead;
  /** Compared where it is given; otherwise the receipt's own state is decided from. */
  state?: State;
  /** What the lead had done; compared where it or more of the state than a stage is given. A receipt that rests on it can be verified with it alone. */
  events?: LeadEvent[];
  /** Compared where it is given. */
  now?: string | Date;
  /** The digest of the page's slice; compared where it is given. */
  slice?: string;
  keys: KeyRing;
}

export interface Verified {
  /** There is no difference. */
  ok: boolean;
  /** null where the text is not a receipt. Rest nothing on it unless `ok`. */
  receipt: Receipt | null;
  differences: Difference[];
}

/** What a page claims; nobody signs it. */
export interface Claim {
  v: 1;
  /** The digest of the slice. */
  slice: string;
  answers: Lead;
  /** When, RFC 3339. */
  now: string;
  /** Ids of the messages that were possible. */
  possible: string[];
  /** The message that was shown, where one was. */
  shown?: string;
}

export interface ClaimOptions {
  /** The full program. */
  policy: Policy;
  /** The slice that pages have now. */
  slice: Policy;
  /** The answers that were sent, with what the host knows. */
  lead: Lead;
  now: string | Date;
  state?: State;
  onInvalid?: "refuse" | "absent";
  /** The decision, where it was made already. */
  decision?: Decision;
  /** How far the page's clock may be from the server's, in milliseconds; five minutes where not given. */
  skew?: number;
}

export interface VerifiedClaim {
  /** There is no difference but of the kind `secrets`. */
  ok: boolean;
  /** What the visitor is told, as the full program decides. */
  message: string | null;
  differences: Difference[];
}

/** A new ring of keys, as JSON to be stored with the server's secrets. */
export function generateKeys(): Promise<KeysJson>;

/** The ring with new keys in use; the old ones still verify, and can sign no more. */
export function rotateKeys(json: KeysJson): Promise<KeysJson>;

/** The part of a ring that is no secret: it verifies signatures, and checks no answers. */
export function publicKeys(json: KeysJson): KeysJson;

/** A ring ready for use; throws `wrong-keys`. */
export function importKeys(json: KeysJson): Promise<KeyRing>;

/** Signs what was decided: a compact JWS. */
export function signReceipt(decided: Decided, ring: KeyRing): Promise<string>;

/** What a receipt says, once its signature holds; throws `receipt-format`, `receipt-key` or `receipt-signature`. */
export function openReceipt(text: string, ring: KeyRing): Promise<Receipt>;

/** Decides again what a receipt is about, and names every difference. */
export function verify(text: string, options: VerifyOptions): Promise<Verified>;

/** What a page claims to have asked and shown. */
export function makeClaim(slice: Policy, lead: Lead, options: { now: string | Date; shown?: string }): Claim;

/** Holds a page's claim against what is true, and names every difference. */
export function verifyClaim(claim: unknown, options: ClaimOptions): VerifiedClaim;
