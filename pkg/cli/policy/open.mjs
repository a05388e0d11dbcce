// A policy ready to decide, from a document or a compiled program.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LeadgateError } from "../../src/error.mjs";
import { hasErrors } from "./diagnostics.mjs";
import { gather, readBytes } from "./files.mjs";

/** What a compiled program's file is called. */
export const PROGRAM = /\.lgp$/i;

/** Where the texts of a program's file are. @param {string} program */
export const textsBeside = (program) => `${program.replace(PROGRAM, "")}.texts.json`;

/** Where a list is that a program names and does not hold. Policies in one folder that have the same list have one file. @param {string} program @param {string} name @param {string} digest */
export const listBeside = (program, name, digest) => join(dirname(program), `${name}-${digest.slice(0, 12)}.lgl`);

/**
 * @typedef {object} Compilation
 * @property {import("../../src/author.d.ts").Diagnostic[]} diagnostics
 * @property {{ path: string, reason: string }[]} unreadable
 * @property {Uint8Array | undefined} program
 * @property {Record<string, Uint8Array>} [lists] those that stand in files of their own
 * @property {Uint8Array} [slice] what of it may leave for the page
 * @property {import("../../src/author.d.ts").Texts} [sliceTexts]
 * @property {import("../../src/author.d.ts").Texts} texts
 * @property {Uint8Array} [slice] what may leave for the page
 * @property {import("../../src/author.d.ts").Texts} [sliceTexts]
 * @property {string[]} [open]
 * @property {string} [logic] the digest of its logic, where it has no errors
 * @property {number} golden how many golden leads were decided
 */

/**
 * Compiles a document with all that it refers to.
 * @param {string} path
 * @returns {Promise<Compilation>}
 */
export async function compileFile(path) {
  const author = await import("leadgate/author");
  const { main, files, unreadable, answer } = gather(path, author.check);
  if (hasErrors(answer.diagnostics)) return { diagnostics: answer.diagnostics, unreadable, program: undefined, texts: {}, golden: answer.golden };
  return { ...author.compile(main, files), unreadable, golden: answer.golden, logic: answer.logic };
}

/**
 * What of a document may leave for the page.
 * @param {string} path @param {Compilation} compilation of a document without errors
 */
export function pageOf(path, { slice, sliceTexts = {}, open = [] }) {
  if (slice === undefined) throw new LeadgateError("no-page", "the policy has no `page`: nothing of it may leave", { path, help: "say in `page` what is public" });
  return { program: slice, texts: sliceTexts, open };
}

/** A document that does not compile: its diagnostics are the message. */
export class DocumentErrors extends Error {
  /** @param {Compilation} compilation */
  constructor({ diagnostics, unreadable }) {
    super("the policy does not compile");
    this.diagnostics = diagnostics;
    this.unreadable = unreadable;
  }
}

/** @param {string} path @returns {import("../../src/author.d.ts").Texts} */
function textsFile(path) {
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new LeadgateError("wrong-texts", `\`${path}\` is not JSON`, { path, help: "compile the policy again", cause });
  }
}

/**
 * Opens a policy; throws {@link DocumentErrors} where the document has errors.
 * @param {string} path of a document or a program
 * @returns {Promise<{ policy: import("../../src/index.d.ts").Policy, texts: import("../../src/author.d.ts").Texts, program: Uint8Array }>}
 */
export async function openPolicy(path) {
  const { listsOf, load } = await import("leadgate");
  if (PROGRAM.test(path)) {
    const program = readBytes(path);
    const lists = Object.fromEntries(listsOf(program).map(({ name, digest }) => [name, readBytes(listBeside(path, name, digest))]));
    return { policy: load(program, { lists }), texts: textsFile(textsBeside(path)), program };
  }
  const compilation = await compileFile(path);
  const { program, lists, texts } = compilation;
  if (!program) throw new DocumentErrors(compilation);
  return { policy: load(program, { lists }), texts, program };
}
