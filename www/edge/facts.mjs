// What the host looks up about a lead. A company adds its own sources here: the CRM's accounts, what a salesperson said.

/**
 * @param {import("./store.mjs").StoredLead | undefined} known the lead of the same person
 * @param {Map<string, import("leadgate").FieldDescription>} host the policy's fields that the host looks up
 * @returns {import("leadgate").Lead}
 */
export function factsOf(known, host) {
  /** @type {import("leadgate").Lead} */
  const facts = {};
  const match = host.get("match");
  // Who was screened is worked by nobody, so they may come again with better answers.
  if (match?.values?.includes("open_lead") && isOpen(known)) facts.match = { value: "open_lead", source: "record" };
  return facts;
}

/** Who of all queues is absent at a moment. A company asks its calendars or its rota here. @param {number} _now milliseconds @returns {string[]} */
export const absentAt = (_now) => [];

/** Somebody works the lead, or will. @param {import("./store.mjs").StoredLead | undefined} lead */
export const isOpen = (lead) => lead !== undefined && !lead.outcome?.startsWith("screened:");
