// What tells one person from another, by the policy's identity keys.

/** Fewer characters than this are no address, number or id that only one person has. */
const LEAST = 5;

/** One of these is accepted where a text has a form to keep to. The last is the example of a social credit code of docs/policy.md. */
const TEXTS = ["a@identity.example", "91110000600037341L"];
const NUMBERS = [1, 0, 100, 10_000, 1_000_000];

/**
 * Whether an identity key of a decision could tell somebody from others. People who have no telephone write so, and all write the same; a number that is none stays the text that it was.
 * @param {[field: string, value: unknown][]} key
 */
export function tells(key) {
  if (key.length > 1) return true;
  const text = `${key[0]?.[1] ?? ""}`;
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
 * The fields that occur in any identity key of a policy. A program does not list its keys, but a lead that answers every field has all of them.
 * @param {import("leadgate").Policy} full
 * @returns {Set<string>}
 */
export function identityFieldsOf(full) {
  /** @type {import("leadgate").Lead} */
  const lead = {};
  for (const field of full.describe().fields) {
    const fits = examplesOf(field).find((answer) => accepts(full, { [field.name]: answer }));
    if (fits !== undefined) lead[field.name] = fits;
  }
  return new Set(full.decide(lead).identity.flat().map(([name]) => name));
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
