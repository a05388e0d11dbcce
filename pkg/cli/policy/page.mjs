// What leaves for the page, for the author to look over.

import { pageOf } from "./open.mjs";

/**
 * @param {string} path @param {import("./open.mjs").Compilation} compilation of a document without errors
 */
export async function pageReport(path, compilation) {
  const { load } = await import("leadgate");
  const { program, texts, open } = pageOf(path, compilation);
  const { fields, scores, outputs, messages, program: digest } = load(program).describe();
  const bytes = { program: program.length, texts: Buffer.byteLength(JSON.stringify(texts)) };
  return { digest, bytes, fields: fields.map(({ name }) => name), scores: scores.map(({ name }) => name), outputs: outputs.map(({ name }) => name), messages, open };
}

/** @param {Awaited<ReturnType<typeof pageReport>>} report */
export function pageText({ digest, bytes, fields, scores, outputs, messages, open }) {
  const lists = { fields, scores, outputs, messages, "rest on secrets": open };
  const shown = Object.entries(lists).map(([name, items]) => `  ${name.padEnd(15)} ${items.join(", ") || "none"}\n`);
  return `page ${digest.slice(0, 12)}: ${bytes.program} bytes, texts ${bytes.texts} bytes\n${shown.join("")}`;
}
