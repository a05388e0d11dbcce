// SQLite in a file as the store's database, under Node.

import sqlite from "node-sqlite3-wasm";

/**
 * Opens a database and creates what is missing.
 * @param {string} path of the file, or `:memory:`
 * @param {string} schema
 * @returns {import("./d1.mjs").Database & { close(): void }}
 */
export function openSqlite(path, schema) {
  const database = new sqlite.Database(path);
  database.exec("PRAGMA foreign_keys = ON");
  database.exec(schema);
  return {
    async all(sql, ...values) {
      return database.all(sql, /** @type {any} */ (values));
    },
    async batch(statements) {
      database.exec("BEGIN IMMEDIATE");
      try {
        for (const [sql, ...values] of statements) database.run(sql, /** @type {any} */ (values));
        database.exec("COMMIT");
      } catch (error) {
        database.exec("ROLLBACK");
        throw error;
      }
    },
    close: () => database.close(),
  };
}
