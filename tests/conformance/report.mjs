// `node tests/conformance/report.mjs [native|wasm] [part of a place]`: the table, or the wrong answers under a place.

import { engines } from "./engines.mjs";
import { notApplicable } from "./lists.mjs";
import { judge, table } from "./table.mjs";

const [engine = "native", place] = process.argv.slice(2);
const judged = await judge(engines[engine]);
if (place === undefined) {
  console.log(table(judged));
} else {
  for (const { test, wrong } of judged) {
    if (wrong && test.id.includes(place) && !notApplicable.has(test.id)) console.log(`${test.id}\n  ${test.original.expr}\n  ${wrong}`);
  }
}
