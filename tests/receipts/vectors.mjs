// What the test vectors are made of: fixed keys, answers and decisions. The policy is none that was compiled, so that vectors outlast versions of the program format.

/** Keys for tests; never use them for anything else. @type {import("../../pkg/src/receipts.d.ts").KeysJson} */
export const keys = {
  v: 1,
  // The key pairs of RFC 8032, section 7.1, tests 1 and 2; the first one has been rotated out.
  current: "FtIu-VbGrfe_KB6CH7GNwODB72MNxj_ml11dEvO-7kk",
  keys: {
    "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k": { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" },
    "FtIu-VbGrfe_KB6CH7GNwODB72MNxj_ml11dEvO-7kk": { kty: "OKP", crv: "Ed25519", x: "PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw", d: "TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs" },
  },
  macCurrent: "mac2",
  macKeys: {
    mac1: { kty: "oct", k: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8" },
    mac2: { kty: "oct", k: "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8" },
  },
};

/** The ring before its keys were rotated. @type {import("../../pkg/src/receipts.d.ts").KeysJson} */
export const oldKeys = {
  v: 1,
  current: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
  keys: { "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k": { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", d: "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A" } },
  macCurrent: "mac1",
  macKeys: { mac1: { kty: "oct", k: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8" } },
};

const description = { policy: "vectors", version: "2026.11.1", logic: "1f".repeat(32), program: "2e".repeat(32), slice: false };
const nothing = { outcome: null, message: null, screen: null, scores: {}, tables: {}, stage: null, route: null, faults: [], identity: [], notes: [] };

/** What is signed, by name. */
export const cases = [
  {
    name: "a form with every kind of answer",
    description,
    id: "AAAAAAAAAAAAAAAAAAAAAA",
    now: "2026-11-21T09:00:00+08:00",
    slice: "3d".repeat(32),
    onInvalid: "refuse",
    state: { stage: "mql" },
    lead: {
      mobile: "138 0013 8000", seats: { choice: "large" }, budget: { range: "20000..99999", as: 50000.5 }, industry: { declined: true }, title: null, has_project: true,
      "account.tier": { value: "target", source: "record" }, 公司: "东海精密制造 “一厂” \u{1F3ED}",
    },
    decision: {
      ...nothing, outcome: "sales_east", message: "soon", route: "sales_east", scores: { fit: 62.125, total: null, low: -0.5 }, tables: { grade: "A", discount: 0.1, rush: false },
      stage: { before: "mql", after: "sql", moves: [{ id: "accept", from: "mql", to: "sql" }] }, faults: ["total"], identity: [[["mobile", "+8613800138000"]]],
      notes: [{ code: "too-long", message: "the text is too long", path: "name" }],
    },
  },
  {
    name: "a screened lead with nothing in it",
    description,
    id: "AQIDBAUGBwgJCgsMDQ4PEA",
    now: "2026-02-28T23:59:59.999Z",
    slice: undefined,
    onInvalid: "absent",
    state: undefined,
    lead: {},
    decision: { ...nothing, outcome: "screened:no_contact", message: "thanks", screen: "no_contact" },
  },
  {
    name: "texts and numbers that are hard to write",
    description,
    id: "EBESExQVFhcYGRobHB0eHw",
    now: "2026-11-21T01:00:00Z",
    slice: undefined,
    onInvalid: "refuse",
    state: {},
    lead: { a: "\"\\/\b\f\n\r\t\u0001\u007f\u2028é", b: 1e21, c: 1e-7, d: -0, e: 9007199254740991, f: 0.1, g: 123456789012345680000, "\uE000": 1, "\u{10000}": 2, A: false },
    decision: { ...nothing, outcome: "nurture", route: "nurture", scores: { s: 1e12, t: 0.001 } },
  },
];

/** Numbers, and how canonical JSON writes them. */
export const numbers = [0, -0, 1, -1.5, 0.1, 0.001, 1e-6, 1e-7, 1.25e-9, 100, 123456.789, 1e20, 1e21, 1.5e300, 5e-324, 9007199254740991, 333333333.3333333, 4.35, 2 ** 53, 1 / 3];
