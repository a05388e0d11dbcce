// `node tests/conformance/agreement.mjs [count] [first seed] [peer]`: random expressions with known inputs, one to a seed, answered by Leadgate, cel (Rust) and @bufbuild/cel.
// Each disagreement is made small and must belong to a class of disagreements.tsv; one that does not fails the run.

import { isDeepStrictEqual } from "node:util";
import { readClasses } from "./agreement/classes.mjs";
import { says } from "./agreement/literal.mjs";
import { line, shrunk, written } from "./agreement/shrink.mjs";
import { engines, random } from "./engines.mjs";
import { normal } from "./judge.mjs";
import { peers, setUpPeers } from "./peers/engines.mjs";

const [count = "20000", first = "1", only] = process.argv.slice(2);

/** What a peer says, and what stands in an expression, where it has not what is asked for. @type {Record<string, { says: RegExp, asked: RegExp }>} */
const LACKS = {
  rust: { says: /^Undeclared reference to/, asked: /\bcel\.bind\(|\bsets\.|\bregex\.|\.transform\w+\(|\.(?:all|exists|exists_one|existsOne)\(\w+, \w+, |\bunwrap(?:Opt)?\(|\.(?:first|last)\(\)/ },
  bufbuild: {
    says: /^unbound function: |^unresolved attribute|^<input>:\d+:\d+: found . but expecting|^there are no optional values/,
    asked: /\b(?:cel|sets|regex|math|optional|lists|base64)\.\w+\(|\.transform\w+\(|\.(?:all|exists|exists_one|existsOne)\(\w+, \w+, |\.(?:slice|flatten|sort|distinct|first|last|unwrapOpt)\(|\.\?|[[{]\?|, \?\S/,
  },
};

/** @param {any} answer */
const failed = (answer) => answer.error !== undefined;

/** @param {any} a @param {any} b */
function same(a, b) {
  if (a.crashed || b.crashed || a.unknown || b.unknown) return false;
  return failed(a) || failed(b) ? failed(a) && failed(b) : isDeepStrictEqual(normal(a.value), normal(b.value));
}

await setUpPeers();
const lines = random(Number(count), Number(first));
const cases = lines.map((text) => JSON.parse(text));
const unchecked = cases.map((asked, id) => line(asked, id));
const ours = await engines.native(unchecked);

let open = 0;
const checked = await engines.native(lines);
const changed = cases.filter((_, at) => checked[at].phase !== "check" && !same(checked[at], ours[at]));
for (const { expr, bindings } of changed) console.log(`checked and unchecked differ: ${expr} with ${JSON.stringify(bindings)}`);
open += changed.length;

const classes = readClasses();
for (const [key, { name, version, engine }] of Object.entries(peers)) {
  if (!(key in LACKS) || (only && only !== key)) continue;
  const lacks = (/** @type {any} */ answer, /** @type {string} */ expr) => failed(answer) && (LACKS[key].says.test(answer.error) || LACKS[key].asked.test(expr));
  const differ = (/** @type {any} */ mine, /** @type {any} */ other, /** @type {string} */ expr) => !lacks(other, expr) && !same(mine, other);
  const theirs = await engine(unchecked);
  const apart = cases.filter((_, at) => differ(ours[at], theirs[at], cases[at].expr));
  const small = await shrunk(apart, engines.native, engine, differ);
  const asked = small.map((one) => line(one));
  const [mine, other] = [await engines.native(asked), await engine(asked)];
  /** @type {Map<string, { times: number, because: string }>} what the peer says of its errors is part of it only for classes */
  const met = new Map();
  small.forEach((one, at) => {
    const text = `${written(one)} → ${says(mine[at])} / ${says(other[at])}`;
    met.set(text, { times: (met.get(text)?.times ?? 0) + 1, because: other[at].error ?? "" });
  });
  const mineOf = classes.filter(({ peer }) => peer === key);
  /** @param {string} text @param {string} because */
  const classOf = (text, because) => mineOf.find(({ pattern }) => pattern.test(text) || pattern.test(`${text}: ${because}`));
  const without = theirs.filter((answer, at) => lacks(answer, cases[at].expr)).length;
  console.log(`\n${name} ${version}: ${cases.length} expressions, ${without} need what it has not, ${cases.length - without - apart.length} agree, ${apart.length} do not`);
  for (const known of mineOf) {
    const of = [...met].filter(([text, { because }]) => classOf(text, because) === known);
    const who = known.right === "unsettled" ? "not settled" : `${known.right} is right`;
    if (of.length > 0) console.log(`  ${of.reduce((sum, [, { times }]) => sum + times, 0)} × ${who}: ${known.why}\n      ${of[0][0]}`);
  }
  const unknown = [...met].filter(([text, { because }]) => !classOf(text, because));
  for (const [text, { times, because }] of unknown) console.log(`  ${times} × of no class: ${text}${because && `: ${because}`}`);
  open += unknown.length;
}
if (open > 0) {
  console.error(`\n${open} disagreements are of no class of disagreements.tsv`);
  process.exitCode = 1;
}
