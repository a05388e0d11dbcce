// `leadgate compile policy.yaml -o policy.lgp`

import { needs } from "leadgate/needs";
import { usageError } from "../arguments.mjs";
import { status } from "../exit.mjs";
import { rendered } from "../policy/diagnostics.mjs";
import { writeWhole } from "../policy/files.mjs";
import { compileFile, DocumentErrors, listBeside, pageOf, PROGRAM, textsBeside } from "../policy/open.mjs";

/**
 * Writes the lists that stand in files of their own.
 * @param {string} target @param {Uint8Array} program @param {Record<string, Uint8Array>} [lists]
 */
async function writeLists(target, program, lists = {}) {
  if (Object.keys(lists).length === 0) return [];
  const { listsOf } = await import("leadgate");
  return listsOf(program).map(({ name, digest }) => {
    const path = listBeside(target, name, digest);
    writeWhole(path, lists[name]);
    return `${path} (${lists[name].length} bytes)`;
  });
}

/** @type {import("../arguments.mjs").Command} */
export const compile = {
  name: "compile",
  summary: "compiles a policy document to a program, and its texts beside it",
  usage: "<policy.yaml> [--page] [-o policy.lgp]",
  takes: [1, 1],
  options: {
    page: { type: "boolean", help: "only what may leave for the page, by the document's `page`: default policy.page.lgp" },
    "out-file": { type: "string", short: "o", value: "file", help: "the program, ending in .lgp (default: beside the document)" },
  },
  notes: ["exit status: 0 when the policy compiles, 1 when it has errors"],
  async run({ stdout, stderr, out, err }, values, [path]) {
    const target = values["out-file"] ?? `${path.replace(/\.(ya?ml|json)$/i, "")}${values.page ? ".page" : ""}.lgp`;
    if (!PROGRAM.test(target)) throw usageError(`\`${target}\` does not end in .lgp`, "that ending tells the other commands what it is");
    const compilation = await compileFile(path);
    const { diagnostics, unreadable } = compilation;
    if (!compilation.program) throw new DocumentErrors(compilation);
    const { program, texts } = values.page ? pageOf(path, compilation) : { program: compilation.program, texts: compilation.texts };
    const warnings = rendered(diagnostics, unreadable, err);
    if (warnings !== "") stderr.write(`${warnings}\n`);
    writeWhole(target, program);
    const apart = values.page ? [] : await writeLists(target, program, compilation.lists);
    writeWhole(textsBeside(target), `${JSON.stringify(texts, null, 2)}\n`);
    stdout.write(`${out.green("compiled")} ${target} (${program.length} bytes), ${[textsBeside(target), ...apart].join(", ")}\n`);
    if (values.page) stdout.write(`${needs(program) === "plain" ? "`leadgate/plain.wasm` runs it: it computes nothing" : "`leadgate/page.wasm` runs it"}\n`);
    return status.ok;
  },
};
