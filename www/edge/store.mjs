// Leads, submissions and identities in a database.

/**
 * @typedef {object} StoredLead
 * @property {string} id
 * @property {number} version
 * @property {Record<string, unknown>} answers
 * @property {string | null} outcome
 * @property {string | null} queue
 * @property {string | null} member
 *
 * @typedef {object} StoredSubmission
 * @property {string} id
 * @property {string} lead
 * @property {string} payload
 * @property {string | null} message
 * @property {string} receipt
 * @property {boolean} verified
 * @property {import("./claims.mjs").Difference[]} differences
 *
 * @typedef {object} Write everything that one sending of the form changes
 * @property {{ id: string, version: number, answers: Record<string, unknown>, outcome: string | null, stage: string | null, queue: string | null, member: string | null, message: string | null, decision: unknown, program: string }} lead `version` is the one after this write; 1 makes the lead
 * @property {boolean} decided whether the lead takes over outcome, stage, queue and member
 * @property {string[]} identities keyed digests
 * @property {StoredSubmission & { answers: unknown, claim: unknown, outcome: string | null, decision: unknown, locale: string }} submission
 * @property {number} now
 */

/** @param {any} row @returns {StoredLead | undefined} */
const leadOf = (row) => row && { ...row, answers: JSON.parse(row.answers) };

/** A sending that came at the same time was first; look again. */
export class Conflict extends Error {}

/** @param {unknown} error */
const isConstraint = (error) => error instanceof Error && /\bUNIQUE constraint\b|\bSQLITE_CONSTRAINT\b|constraint failed/i.test(error.message);

/** @param {import("./database/d1.mjs").Database} database */
export function createStore(database) {
  const LEAD = "id, version, answers, outcome, queue, member";
  return {
    /** @param {string} id @returns {Promise<StoredLead | undefined>} */
    async lead(id) {
      return leadOf((await database.all(`SELECT ${LEAD} FROM leads WHERE id = ?`, id))[0]);
    },

    /** @param {string} id @returns {Promise<StoredSubmission | undefined>} */
    async submission(id) {
      const [row] = await database.all("SELECT id, lead, payload, message, receipt, verified, differences FROM submissions WHERE id = ?", id);
      return row && { ...row, verified: Boolean(row.verified), differences: JSON.parse(row.differences) };
    },

    /**
     * The lead of the same person; the oldest of several, those that somebody works first.
     * @param {string[]} identities
     * @returns {Promise<StoredLead | undefined>}
     */
    async samePerson(identities) {
      if (identities.length === 0) return undefined;
      const marks = identities.map(() => "?").join(", ");
      const rows = await database.all(
        `SELECT ${LEAD} FROM leads WHERE id IN (SELECT lead FROM identities WHERE key IN (${marks})) ORDER BY outcome LIKE 'screened:%', created, id LIMIT 1`,
        ...identities,
      );
      return leadOf(rows[0]);
    },

    /**
     * Writes a sending: all of it, or nothing.
     * @param {Write} write
     * @throws {Conflict} where another sending wrote the same submission, person or version meanwhile
     */
    async write({ lead, decided, identities, submission, now }) {
      const json = JSON.stringify;
      /** @type {[string, ...unknown[]][]} */
      const statements = [];
      if (lead.version === 1) {
        statements.push([
          "INSERT INTO leads (id, version, created, updated, answers, outcome, stage, queue, member, message, decision, program) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          lead.id, now, now, json(lead.answers), lead.outcome, lead.stage, lead.queue, lead.member, lead.message, json(lead.decision), lead.program,
        ]);
      } else if (decided) {
        statements.push([
          "UPDATE leads SET version = ?, updated = ?, answers = ?, outcome = ?, stage = ?, queue = ?, member = ?, message = ?, decision = ?, program = ? WHERE id = ?",
          lead.version, now, json(lead.answers), lead.outcome, lead.stage, lead.queue, lead.member, lead.message, json(lead.decision), lead.program, lead.id,
        ]);
      } else {
        statements.push(["UPDATE leads SET version = ?, updated = ?, answers = ? WHERE id = ?", lead.version, now, json(lead.answers), lead.id]);
      }
      statements.push(["INSERT INTO changes (lead, version, submission) VALUES (?, ?, ?)", lead.id, lead.version, submission.id]);
      statements.push([
        "INSERT INTO submissions (id, lead, at, payload, answers, claim, verified, differences, outcome, decision, message, receipt, locale) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        submission.id, lead.id, now, submission.payload, json(submission.answers), submission.claim === undefined ? null : json(submission.claim), submission.verified ? 1 : 0,
        json(submission.differences), submission.outcome, json(submission.decision), submission.message, submission.receipt, submission.locale,
      ]);
      for (const key of identities) {
        // A new lead must be the first with its identity; to a known one, what is new about it is added.
        statements.push([`INSERT ${lead.version === 1 ? "" : "OR IGNORE "}INTO identities (key, lead) VALUES (?, ?)`, key, lead.id]);
      }
      try {
        await database.batch(statements);
      } catch (error) {
        if (isConstraint(error)) throw new Conflict("written meanwhile", { cause: error });
        throw error;
      }
    },
  };
}

/** @typedef {ReturnType<typeof createStore>} Store */
