// The rules in JSON Logic, for json-logic-engine (interpreted and built) and json-logic-js.
//
// Scores read the lead itself. Grade, decision and queue read { lead, fit, … }, so that no lead is copied: with a copy json-logic-engine is
// 1.3 to 6 times slower.

import { peer } from "../engines/unavailable.mjs";
import * as rules from "../workload/rules.mjs";

const computed = new Set(["fit", "engagement", "total", "grade", "decision"]);

/** A condition in JSON Logic; `prefix` leads from the data to the lead. */
function logic(when, prefix) {
  if (when.all) return { and: when.all.map((part) => logic(part, prefix)) };
  if (when.any) return { or: when.any.map((part) => logic(part, prefix)) };
  if (when.not) return { "!": logic(when.not, prefix) };
  const { field, op, value } = when;
  const read = { var: computed.has(field) ? field : prefix + field };
  switch (op) {
    case "in": return { in: [read, value] };
    case "is": return { "===": [read, value] };
    case ">=": case ">": return { [op]: [read, value] };
    // A missing variable is null and null < 20000, so these need a guard.
    case "<=": case "<": return rules.optional.includes(field) ? { and: [{ "!==": [read, null] }, { [op]: [read, value] }] } : { [op]: [read, value] };
    case "between": return { "<=": [value[0], read, value[1]] };
    case "contains": return { in: [value, read] };
    case "true": return read;
    case "present": return { "!==": [read, null] };
    default: throw new RangeError(`there is no test ${op}`);
  }
}

const sum = (of) => {
  const [low, high] = rules.range;
  return { max: [low, { min: [high, { "+": of.map(({ when, points }) => ({ if: [logic(when, ""), points, 0] })) }] }] };
};

const firstHit = ({ rows, otherwise }) => ({ if: [...rows.flatMap(({ when, then }) => [logic(when, "lead."), then]), otherwise] });

/** A scorer of which `run` makes the parts: a function of data out of a rule. */
function scorer(run) {
  const fitOf = run(sum(rules.fit));
  const engagementOf = run(sum(rules.engagement));
  const gradeOf = run(firstHit(rules.grade));
  const decisionOf = run(firstHit(rules.decision));
  const queueOf = run(firstHit(rules.queue));
  return (lead) => {
    const fit = fitOf(lead);
    const engagement = engagementOf(lead);
    const data = { lead, fit, engagement, total: fit + engagement, grade: "", decision: "" };
    const grade = data.grade = gradeOf(data);
    const decision = data.decision = decisionOf(data);
    return { fit, engagement, grade, decision, queue: queueOf(data) };
  };
}

export const engines = [
  {
    name: "json-logic-engine 5, built",
    note: "needs unsafe-eval",
    async prepare() {
      const { LogicEngine } = await peer(() => import("json-logic-engine"));
      const engine = new LogicEngine();
      return scorer((rule) => engine.build(rule));
    },
  },
  {
    name: "json-logic-engine 5, interpreted",
    async prepare() {
      const { LogicEngine } = await peer(() => import("json-logic-engine"));
      const engine = new LogicEngine();
      return scorer((rule) => (data) => engine.run(rule, data));
    },
  },
  {
    name: "json-logic-js 2",
    async prepare() {
      const { default: jsonLogic } = await peer(() => import("json-logic-js"));
      return scorer((rule) => (data) => jsonLogic.apply(rule, data));
    },
  },
];
