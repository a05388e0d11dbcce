import { join } from "node:path";
import { printed, programOf } from "../program.mjs";

/** @param {string} folder */
export const deno = (folder) =>
  printed(folder, programOf("@deno", /./, "deno"), ["run", "--no-remote", "--node-modules-dir=manual", "--allow-read=.", "print.mjs"], { DENO_DIR: join(folder, "out", "deno"), DENO_NO_UPDATE_CHECK: "1" });
