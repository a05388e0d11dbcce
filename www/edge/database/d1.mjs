// D1 as the store's database.

/**
 * @typedef {object} Database
 * @property {(sql: string, ...values: unknown[]) => Promise<any[]>} all rows of a query
 * @property {(statements: [sql: string, ...values: unknown[]][]) => Promise<void>} batch statements in one transaction: all of them, or none
 */

/**
 * @param {any} d1 the binding
 * @returns {Database}
 */
export function d1Database(d1) {
  const prepared = (/** @type {[string, ...unknown[]]} */ [sql, ...values]) => d1.prepare(sql).bind(...values);
  return {
    async all(sql, ...values) {
      return (await prepared([sql, ...values]).all()).results;
    },
    async batch(statements) {
      await d1.batch(statements.map(prepared));
    },
  };
}

/** Creates what is missing. @param {any} d1 @param {string} schema */
export async function migrateD1(d1, schema) {
  const statements = schema.replace(/--.*$/gm, "").split(";").map((sql) => sql.trim()).filter(Boolean);
  await d1.batch(statements.map((sql) => d1.prepare(sql)));
}
