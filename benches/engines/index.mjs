// All that is measured.
//
// An engine is { name, prepare(): (lead) => result }; `prepare` may be asynchronous and imports what it needs itself, so that a cold start
// counts it. Beside that it may have:
//   asynchronous   its function gives promises
//   note           what a reader of the table must know
//   ahead()        what is done before and never measured, such as compiling a policy; `prepare` is given what comes out
//   prepareGrown   the same as prepare for what grow.mjs makes
//   isGrownOracle  its results for grown documents are the ones that others are checked against
//
// What decides columns is { name, ahead(), prepare(ahead, leads): { run, count, at } }: `run()` decides `count` rows, those of the leads over and over, and `at(found, row)` is the
// result of a row.

import { engines as leadgate } from "./leadgate.mjs";
import { engines as celJs } from "../peers/cel-js.mjs";
import { engines as jsonLogic } from "../peers/json-logic.mjs";
import { engines as jsonRulesEngine } from "../peers/json-rules-engine.mjs";

/** The reference as an engine: against itself it shows the noise of the measurement. */
const handWritten = {
  name: "hand-written JavaScript",
  async prepare() {
    const { score } = await import("../workload/oracle.mjs?again");
    return score;
  },
};

const closures = {
  name: "tree of closures",
  async prepare() {
    const [{ scorer }, rules] = await Promise.all([import("../workload/closures.mjs"), import("../workload/rules.mjs")]);
    return scorer(rules);
  },
  prepareGrown: ({ oracle }) => oracle,
  isGrownOracle: true,
};

export { columned } from "./columns.mjs";

export const engines = [handWritten, ...leadgate, closures, ...jsonLogic, ...celJs, ...jsonRulesEngine];
