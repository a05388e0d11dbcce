// Who of a queue takes a lead: assigned once for each lead, however often it is asked.
//
// The queue's state and the assignments of late stand beside each other in one storage, so that an assignment is written together with the state after it. A sending that breaks
// off after it was assigned is told the same member when it comes again. One that turns out to be of a person whom another sending brought is given back.

/**
 * Storage whose calls come one after another: a Durable Object's, or a table.
 * @typedef {object} Storage
 * @property {(key: string) => Promise<any>} get
 * @property {(entries: Record<string, unknown>) => Promise<void>} put all of them, or none
 * @property {(keys: string[]) => Promise<void>} delete
 * @property {(start: string, limit: number) => Promise<[key: string, value: any][]>} list entries in the order of keys, from a key on
 */

/** A lead that was assigned this long ago is in the database or was given up; it can be forgotten. */
const REMEMBERED = 24 * 3600 * 1000;
/** How many assignments are looked through for ones to forget. */
const SWEEP = 50;

const STATE = "state";
const lead = (/** @type {string} */ id) => `lead:${id}`;

/**
 * What is known where a lead is assigned: of the lead the fields that name its owner and its account, and who is absent.
 * @typedef {{ lead?: import("leadgate").Lead, absent?: string[] }} Known
 */

/**
 * @param {Pick<import("leadgate").Policy, "assign" | "returned">} policy
 * @param {string} queue
 * @param {Storage} storage
 */
export function createRotation(policy, queue, storage) {
  // One call ends before the next begins: what was read stays true until it is written.
  /** @type {Promise<unknown>} */
  let turn = Promise.resolve();
  const inTurn = (/** @type {() => Promise<any>} */ action) => {
    const result = turn.then(action);
    turn = result.catch(() => {});
    return result;
  };

  return {
    /**
     * The member who takes a lead; null where nobody can. Who cannot take it now may when it is asked again.
     * @param {string} id of the lead
     * @param {number} now milliseconds
     * @param {Known} [about]
     * @returns {Promise<string | null>}
     */
    assign: (id, now, about) => inTurn(async () => {
      const known = await storage.get(lead(id));
      if (known) return known.member;
      const { state, ...answer } = policy.assign(queue, await storage.get(STATE), { ...about, now });
      if (answer.member === null) {
        await storage.put({ [STATE]: state });
        return null;
      }
      // What was answered is what it takes to give the lead back, however many came after it.
      await storage.put({ [STATE]: state, [lead(id)]: { answer, member: answer.member, at: now } });
      // Ids are random, so looking on from this one comes by every assignment in time.
      const assigned = await storage.list(lead(id), SWEEP);
      const old = assigned.filter(([key, { at }]) => key !== STATE && now - at > REMEMBERED).map(([key]) => key);
      if (old.length > 0) await storage.delete(old);
      return answer.member;
    }),

    /**
     * Takes an assignment back, as if it had never been.
     * @param {string} id of the lead
     */
    release: (id) => inTurn(async () => {
      const known = await storage.get(lead(id));
      if (!known) return;
      try {
        await storage.put({ [STATE]: policy.returned(queue, await storage.get(STATE), known.answer) });
      } catch (error) {
        // Who has left the team meanwhile has no turn to get back.
        if (/** @type {{ code?: unknown }} */ (error).code !== "unknown-member") throw error;
      }
      await storage.delete([lead(id)]);
    }),
  };
}

/** @typedef {ReturnType<typeof createRotation>} QueueRotation */

/**
 * Storage in a table of the database, for Node.
 * @param {import("./database/d1.mjs").Database} database
 * @param {string} queue
 * @returns {Storage}
 */
export function tableStorage(database, queue) {
  return {
    async get(key) {
      const [row] = await database.all("SELECT value FROM rotation WHERE queue = ? AND key = ?", queue, key);
      return row && JSON.parse(row.value);
    },
    put: (entries) => database.batch(Object.entries(entries).map(([key, value]) => ["INSERT OR REPLACE INTO rotation (queue, key, value) VALUES (?, ?, ?)", queue, key, JSON.stringify(value)])),
    delete: (keys) => database.batch(keys.map((key) => ["DELETE FROM rotation WHERE queue = ? AND key = ?", queue, key])),
    async list(start, limit) {
      const rows = await database.all("SELECT key, value FROM rotation WHERE queue = ? AND key >= ? ORDER BY key LIMIT ?", queue, start, limit);
      return rows.map(({ key, value }) => [key, JSON.parse(value)]);
    },
  };
}
