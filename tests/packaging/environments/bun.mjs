import { printed, programOf } from "../program.mjs";

/** @param {string} folder */
export const bun = (folder) => printed(folder, programOf("@oven", /^bun-/, "bin/bun"), ["run", "print.mjs"]);
