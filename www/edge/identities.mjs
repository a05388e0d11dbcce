// What tells one person from another, by the policy's identity keys.

/** Fewer characters than this are no address, number or id that only one person has. */
const LEAST = 5;

/** One of these is accepted where a text has a form to keep to. The last is the example of a social credit code of docs/policy.md. */
const TEXTS = ["a@identity.example", "91110000600037341L"];
const NUMBERS = [1, 0, 100, 10_000, 1_000_000];

/** A telephone number as somebody may write it, and as the normalizer `phone` makes it. */
const WRITTEN = "+86 154-0010-0001";
const NUMBER = "+8615400100001";

/** Whether a normalizer made a telephone number of what was written; what is none stays the text that it was. @param {unknown} value */
export const isNumber = (value) => typeof value === "string" && /^\+\d+$/.test(value);

/**
 * Whether an identity key of a decision could tell somebody from others. People who have no telephone write so, and all write the same.
 * @param {[field: string, value: unknown][]} key
 * @param {Set<string>} telephones fields of telephone numbers
 */
export function tells(key, telephones) {
  if (key.length > 1) return true;
  const [field, value] = key[0] ?? ["", ""];
  if (telephones.has(field)) return isNumber(value);
  const text = `${value}`;
  return [...text].length >= LEAST && /[\p{Nd}@]/u.test(text);
}

/** @param {import("leadgate").FieldDescription} field @returns {import("leadgate").Answer[]} */
function examplesOf({ type, values, choices }) {
  const known = type === "bool" ? [true] : type === "enum" ? values ?? [] : type === "string" ? TEXTS : NUMBERS;
  return [
    // A gate masks no answer from a record.
    ...known.map((value) => ({ value, source: /** @type {const} */ ("record") })),
    ...(choices ?? []).map((choice) => ({ choice })),
  ];
}

/**
 * A lead that answers every field. A program does not list its identity keys, but this lead has all of them.
 * @param {import("leadgate").Policy} full
 */
function answeringAll(full) {
  /** @type {import("leadgate").Lead} */
  const lead = {};
  for (const field of full.describe().fields) {
    const fits = examplesOf(field).find((answer) => accepts(full, { [field.name]: answer }));
    if (fits !== undefined) lead[field.name] = fits;
  }
  return lead;
}

/**
 * The fields that occur in any identity key of a policy.
 * @param {import("leadgate").Policy} full
 * @returns {Set<string>}
 */
export const identityFieldsOf = (full) => new Set(full.decide(answeringAll(full)).identity.flat().map(([name]) => name));

/**
 * Those of them of which the policy makes telephone numbers. A program does not say so either, but it writes one as `phone` does.
 * @param {import("leadgate").Policy} full
 * @returns {Set<string>}
 */
export function telephonesOf(full) {
  const lead = answeringAll(full);
  const made = (/** @type {string} */ name) => {
    const answer = { [name]: { value: WRITTEN, source: /** @type {const} */ ("record") } };
    return accepts(full, answer) && full.decide({ ...lead, ...answer }).identity.flat().some(([field, value]) => field === name && value === NUMBER);
  };
  return new Set(full.describe().fields.filter(({ name, type }) => type === "string" && made(name)).map(({ name }) => name));
}

/** @param {import("leadgate").Policy} full @param {import("leadgate").Lead} lead */
function accepts(full, lead) {
  try {
    full.decide(lead);
    return true;
  } catch {
    return false;
  }
}
