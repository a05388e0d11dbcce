import { printed } from "../program.mjs";

/** @param {string} folder */
export const imported = (folder) => printed(folder, process.execPath, ["print.mjs"]);

/** @param {string} folder */
export const required = (folder) => printed(folder, process.execPath, ["print.cjs"]);

/** @param {string} folder */
export const slim = (folder) => printed(folder, process.execPath, ["print-slim.mjs"]);
