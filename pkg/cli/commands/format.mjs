// `leadgate format [--check] files…`

import { LeadgateError } from "../../src/error.mjs";
import { status } from "../exit.mjs";
import { readBytes, writeWhole } from "../policy/files.mjs";

/** @param {Uint8Array} bytes */
function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new LeadgateError("not-utf-8", "it is not UTF-8", { help: "save it as UTF-8", cause });
  }
}

/** @type {import("../arguments.mjs").Command} */
export const format = {
  name: "format",
  summary: "brings policy documents into their standard layout",
  usage: "[--check] <policy.yaml>…",
  takes: [1, Infinity],
  options: { check: { type: "boolean", help: "only tell which files are not in it, and change nothing" } },
  notes: ["exit status: 1 when a file cannot be read as a document or, with --check, is not in its standard layout"],
  async run({ stdout, stderr, err }, { check }, paths) {
    const author = await import("leadgate/author");
    let findings = 0;
    for (const path of paths) {
      try {
        const text = textOf(readBytes(path));
        const formatted = author.format(text);
        if (formatted === text) continue;
        if (check) findings++;
        else writeWhole(path, formatted);
        stdout.write(`${check ? "not in its standard layout: " : "formatted "}${path}\n`);
      } catch (error) {
        findings++;
        if (!(error instanceof LeadgateError)) throw error;
        // A file that cannot be read is named in the message; of a document the path is the line and column.
        const place = error.path === path ? "" : `${path}${error.path ? `:${error.path}` : ""}: `;
        stderr.write(`${err.red("error")}${err.dim(`[${error.code}]`)}: ${place}${error.message}\n`);
        if (error.help) stderr.write(`${err.cyan("help")}: ${error.help}\n`);
      }
    }
    return findings > 0 ? status.findings : status.ok;
  },
};
