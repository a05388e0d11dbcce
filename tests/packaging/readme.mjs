// The README's examples of entries, as they stand there.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { printed } from "./program.mjs";

/** A block of code by its first line. @param {string} page @param {string} first */
function block(page, first) {
  const text = readFileSync(new URL(`../../${page}`, import.meta.url), "utf8");
  const found = text.split("```js\n").map((part) => part.split("\n```")[0]).find((code) => code.startsWith(`// ${first}\n`));
  if (!found) throw new Error(`${page} has no block \`${first}\``);
  return found;
}

const ASKED = "policy.decide({ seats: 120, email: \"a@b.example\" }).outcome";

/** The required package, in Node. @param {string} folder @param {string} page */
export function required(folder, page) {
  writeFileSync(join(folder, "readme.cjs"), `const { program } = require("./program.mjs");\n${block(page, "CommonJS")}\nconsole.log(JSON.stringify(${ASKED}));\n`);
  return printed(folder, process.execPath, ["readme.cjs"]);
}

/** The entry of a page that Vite builds. @param {string} folder @param {string} page */
export function forVite(folder, page) {
  writeFileSync(join(folder, "readme.mjs"), `import { program } from "./program.mjs";\n${block(page, "with Vite")}\ndocument.body.textContent = JSON.stringify({ answers: ${ASKED} });\ndocument.body.dataset.done = "";\n`);
  return "readme.mjs";
}

/** A program as a module, for programs that have no compiler. @param {string} folder @param {string} hexadecimal */
export function writeProgram(folder, hexadecimal) {
  writeFileSync(join(folder, "program.mjs"), `export const program = Uint8Array.from("${hexadecimal}".match(/../g), (byte) => Number.parseInt(byte, 16));\n`);
}
