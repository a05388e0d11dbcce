// Receipts and claims: pure JavaScript over WebCrypto, the same everywhere.

export { LeadgateError } from "../error.mjs";
export { makeClaim, verifyClaim } from "./claim.mjs";
export { generateKeys, importKeys, publicKeys, rotateKeys } from "./keys.mjs";
export { openReceipt, signReceipt } from "./sign.mjs";
export { verify } from "./verify.mjs";
