// What a visitor of the landing page downloads.

import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { table } from "../../pkg/cli/terminal/table.mjs";

/** @param {Buffer} bytes */
const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

/** What files are for, by the beginning of their name. @type {[RegExp, string][]} */
const PARTS = [
  [/^main-.*\.(css|js)$/, "to read the page, and for steps"],
  [/^(engine-.*\.js|leadgate_plain-.*\.wasm|saas-inbound-.*\.lgp)$/, "to decide, once the page is there"],
  [/^leadgate_page-.*\.wasm$/, "instead, by pages of policies that compute"],
  [/^inspector-/, "when the inspector is opened"],
];

/**
 * Prints how large the files of the built site are, as they are stored and with brotli.
 * @param {string} dist
 */
export function reportSiteSizes(dist) {
  const assets = readdirSync(join(dist, "assets")).sort();
  const files = [
    ...["index.html", join("zh", "index.html")].map((name) => ({ name, part: "one of them" })),
    ...PARTS.flatMap(([pattern, part]) => assets.filter((name) => pattern.test(name)).map((name) => ({ name: join("assets", name), part }))),
  ];
  const right = /** @type {const} */ ("right");
  const rows = files.map(({ name, part }) => {
    const bytes = readFileSync(join(dist, name));
    // Their names change with their content; their kind does not.
    const kind = name.replace(/^assets.(.*)-[\w-]{8,12}(?=\.)/, "$1");
    return [extname(name) === ".html" ? name : kind, `${bytes.length}`, `${brotli(bytes)}`, part];
  });
  console.log(table([{ title: "file" }, { title: "bytes", align: right }, { title: "brotli", align: right }, { title: "needed" }], rows).join("\n"));
}
