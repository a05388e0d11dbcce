// `leadgate format [--check] files…`

import { LeadgateError } from "../../src/error.mjs";
import { status } from "../exit.mjs";
import { readBytes, writeWhole } from "../policy/files.mjs";

/** @type {import("../arguments.mjs").Command} */
export const format = {
  name: "format",
  summary: "brings policy documents into their standard layout",
  usage: "[--check] <policy.yaml>…",
  takes: [1, Infinity],
  options: { check: { type: "boolean", help: "only tell which files are not in it, and change nothing" } },
  notes: ["exit status: 1 when a file cannot be read as a document or, with --check, is not in its standard layout"],
  async run({ stdout, stderr, err }, { check }, paths) {
    const author = await import("../../src/author.mjs");
    let findings = 0;
    for (const path of paths) {
      try {
        const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readBytes(path));
        const formatted = author.format(text);
        if (formatted === text) continue;
        if (check) findings++;
        else writeWhole(path, formatted);
        stdout.write(`${check ? "not in its standard layout: " : "formatted "}${path}\n`);
      } catch (error) {
        findings++;
        if (!(error instanceof LeadgateError || error instanceof TypeError)) throw error;
        const known = error instanceof LeadgateError ? error : new LeadgateError("not-utf-8", "it is not UTF-8", { help: "save it as UTF-8" });
        // A file that cannot be read is named in the message; of a document the path is the line and column.
        const place = known.path === path ? "" : `${path}${known.path ? `:${known.path}` : ""}: `;
        stderr.write(`${err.red("error")}${err.dim(`[${known.code}]`)}: ${place}${known.message}\n`);
        if (known.help) stderr.write(`${err.cyan("help")}: ${known.help}\n`);
      }
    }
    return findings > 0 ? status.findings : status.ok;
  },
};
