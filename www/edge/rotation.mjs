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

/** What a member is owed. @param {Record<string, number>} owed @param {string} member */
const of = (owed, member) => (Object.hasOwn(owed, member) ? owed[member] : 0);

/** The difference of two states, or what is left of one. @param {Record<string, number>} from @param {Record<string, number>} what */
const less = (from, what) => Object.fromEntries(Object.entries(from).map(([member, owed]) => [member, owed - of(what, member)]));

/**
 * @param {{ assign: import("leadgate").Policy["assign"] }} policy
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
     * The member who takes a lead.
     * @param {string} id of the lead
     * @param {number} now milliseconds
     * @returns {Promise<string>}
     */
    assign: (id, now) => inTurn(async () => {
      const known = await storage.get(lead(id));
      if (known) return known.member;
      const before = (await storage.get(STATE)) ?? { current: {} };
      const { member, state } = policy.assign(queue, before);
      // States are linear in the leads assigned: the difference takes an assignment back however many came after it.
      const change = less(state.current, before.current);
      await storage.put({ [STATE]: state, [lead(id)]: { member, change, at: now } });
      // Ids are random, so looking on from this one comes by every assignment in time.
      const assigned = await storage.list(lead(id), SWEEP);
      const old = assigned.filter(([key, { at }]) => key !== STATE && now - at > REMEMBERED).map(([key]) => key);
      if (old.length > 0) await storage.delete(old);
      return member;
    }),

    /**
     * Takes an assignment back, as if it had never been.
     * @param {string} id of the lead
     */
    release: (id) => inTurn(async () => {
      const known = await storage.get(lead(id));
      if (!known) return;
      const state = (await storage.get(STATE)) ?? { current: {} };
      await storage.put({ [STATE]: { current: less(state.current, known.change) } });
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
