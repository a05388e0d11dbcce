// `node tests/conformance/peers.mjs [part of a peer's name [part of a place]]`: the conformance tests by section, for Leadgate and for other implementations,
// written to peers.md. With a peer, what it fails; nothing is written then.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { table } from "../../benches/markdown.mjs";
import { root } from "../../scripts/paths.mjs";
import { engines } from "./engines.mjs";
import { notApplicable } from "./lists.mjs";
import { peers, setUpPeers } from "./peers/engines.mjs";
import { bySection, judge } from "./table.mjs";

const [asked, place = ""] = process.argv.slice(2);
await setUpPeers();

if (asked !== undefined) {
  const peer = Object.values(peers).find(({ name }) => name.includes(asked));
  if (!peer) throw new Error(`no peer is called \`${asked}\`: ${Object.values(peers).map(({ name }) => name).join(", ")}`);
  for (const { test, wrong } of await judge(peer.engine)) {
    if (wrong && test.id.includes(place) && !notApplicable.has(test.id)) console.log(`${test.id}\n  ${test.original.expr}\n  ${wrong}`);
  }
} else {
  const suite = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).devDependencies["@bufbuild/cel-spec"];
  const columns = [{ name: "Leadgate", engine: engines.native }, ...Object.values(peers)];
  /** @type {ReturnType<typeof bySection>[]} */
  const sections = [];
  for (const { engine } of columns) sections.push(bySection(await judge(engine)));
  const rows = [...sections[0]].map(([name, { applicable }]) => [name, applicable, ...sections.map((column) => column.get(name)?.passed)].map(String));
  const written = table(["section", "tests", ...columns.map(({ name }) => name)], rows);
  const versions = Object.values(peers).map(({ name, version }) => `${name} ${version}`).join(", ");
  const preface = readFileSync(new URL("peers/preface.md", import.meta.url), "utf8").replace("$SUITE", suite).replace("$VERSIONS", versions);
  writeFileSync(new URL("peers.md", import.meta.url), `${preface}\n${written}\n`);
  console.log(written);
}
