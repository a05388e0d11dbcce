// The rules for json-rules-engine, which has no sums and no first hit: rules emit events, and a few lines around it add and choose.
//
// Three engines, one for each layer: scores, then grade and decision, then the queue. In a first-hit table the row that stands first has the
// highest priority, and the event of the highest priority wins.

import { peer } from "../engines/unavailable.mjs";
import * as rules from "../workload/rules.mjs";

const operators = { in: "in", is: "equal", ">=": "greaterThanInclusive", ">": "greaterThan", "<=": "lessThanInclusive", "<": "lessThan" };

function conditions(when) {
  if (when.all) return { all: when.all.map(conditions) };
  if (when.any) return { any: when.any.map(conditions) };
  if (when.not) return { not: conditions(when.not) };
  const { field: fact, op, value } = when;
  switch (op) {
    case "between": return { all: [{ fact, operator: "greaterThanInclusive", value: value[0] }, { fact, operator: "lessThanInclusive", value: value[1] }] };
    case "contains": return { fact, operator: "containsText", value };
    case "true": return { fact, operator: "equal", value: true };
    case "present": return { fact, operator: "notEqual", value: undefined };
    default:
      if (operators[op] === undefined) throw new RangeError(`there is no test ${op}`);
      return { fact, operator: operators[op], value };
  }
}

/** The top of a rule's conditions must be `all`, `any` or `not`. */
const top = (when) => (when.all || when.any || when.not ? conditions(when) : { all: [conditions(when)] });

export const engines = [
  {
    name: "json-rules-engine 7",
    asynchronous: true,
    async prepare() {
      const { default: library } = await peer(() => import("json-rules-engine"));
      const make = () => {
        const engine = new library.Engine([], { allowUndefinedFacts: true });
        engine.addOperator("containsText", (fact, value) => typeof fact === "string" && fact.includes(value));
        return engine;
      };
      const layers = [make(), make(), make()];
      for (const name of ["fit", "engagement"]) {
        for (const { when, points } of rules[name]) layers[0].addRule({ conditions: top(when), event: { type: name, params: { points } } });
      }
      const addTable = (engine, name) => {
        rules[name].rows.forEach(({ when, then }, index) => {
          engine.addRule({ conditions: top(when), priority: 100 - index, event: { type: name, params: { then, index } } });
        });
      };
      addTable(layers[1], "grade");
      addTable(layers[1], "decision");
      addTable(layers[2], "queue");
      const [low, high] = rules.range;
      const clamp = (value) => (value < low ? low : value > high ? high : value);
      const chosen = (events, name) => {
        let best = Infinity;
        let result = rules[name].otherwise;
        for (const { type, params } of events) {
          if (type === name && params.index < best) {
            best = params.index;
            result = params.then;
          }
        }
        return result;
      };
      return async (lead) => {
        let fit = 0;
        let engagement = 0;
        for (const { type, params } of (await layers[0].run(lead)).events) {
          if (type === "fit") fit += params.points;
          else engagement += params.points;
        }
        fit = clamp(fit);
        engagement = clamp(engagement);
        const { events } = await layers[1].run({ ...lead, fit, engagement, total: fit + engagement });
        const grade = chosen(events, "grade");
        const decision = chosen(events, "decision");
        const queue = chosen((await layers[2].run({ ...lead, grade, decision })).events, "queue");
        return { fit, engagement, grade, decision, queue };
      };
    },
  },
];
