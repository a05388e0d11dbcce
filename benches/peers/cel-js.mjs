// The rules in CEL, for @marcbachmann/cel-js.
//
// Numbers of leads are JavaScript numbers, which this engine takes for doubles, so constants are written as doubles: BigInt would be slower.
// Fields that every lead has are typed variables; those that may be missing are read from the lead as a map and guarded by `has`.

import { peer } from "../engines/unavailable.mjs";
import * as rules from "../workload/rules.mjs";

const text = JSON.stringify;
const number = (value) => (Number.isInteger(value) ? `${value}.0` : String(value));

function cel(when) {
  if (when.all) return `(${when.all.map(cel).join(" && ")})`;
  if (when.any) return `(${when.any.map(cel).join(" || ")})`;
  if (when.not) return `!${cel(when.not)}`;
  const { field, op, value } = when;
  const optional = rules.optional.includes(field);
  const read = optional ? `lead.${field}` : field;
  const test = () => {
    switch (op) {
      case "in": return `${read} in [${value.map(text).join(", ")}]`;
      case "is": return `${read} == ${text(value)}`;
      case ">=": case ">": case "<=": case "<": return `${read} ${op} ${number(value)}`;
      case "between": return `${read} >= ${number(value[0])} && ${read} <= ${number(value[1])}`;
      case "contains": return `${read}.contains(${text(value)})`;
      case "true": return read;
      case "present": return "true";
      default: throw new RangeError(`there is no test ${op}`);
    }
  };
  if (!optional) return op === "between" ? `(${test()})` : test();
  return op === "present" ? `has(lead.${field})` : `(has(lead.${field}) && ${test()})`;
}

const sum = (of) => of.map(({ when, points }) => `(${cel(when)} ? ${number(points)} : 0.0)`).join(" + ");

const firstHit = ({ rows, otherwise }) => rows.reduceRight((rest, { when, then }) => `${cel(when)} ? ${text(then)} : (${rest})`, text(otherwise));

export const engines = [
  {
    name: "@marcbachmann/cel-js 8",
    async prepare() {
      const { Environment } = await peer(() => import("@marcbachmann/cel-js"));
      const environment = new Environment();
      const types = { string: "string", number: "double", bool: "bool" };
      for (const [name, kind] of Object.entries(rules.fields)) if (!rules.optional.includes(name)) environment.registerVariable(name, types[kind]);
      for (const name of ["fit", "engagement", "total"]) environment.registerVariable(name, "double");
      for (const name of ["grade", "decision"]) environment.registerVariable(name, "string");
      environment.registerVariable("lead", "map");
      const fitOf = environment.parse(sum(rules.fit));
      const engagementOf = environment.parse(sum(rules.engagement));
      const gradeOf = environment.parse(firstHit(rules.grade));
      const decisionOf = environment.parse(firstHit(rules.decision));
      const queueOf = environment.parse(firstHit(rules.queue));
      const [low, high] = rules.range;
      const clamp = (value) => (value < low ? low : value > high ? high : value);
      return (lead) => {
        const data = { lead, fit: 0, engagement: 0, total: 0, grade: "", decision: "", ...lead };
        data.fit = clamp(fitOf(data));
        data.engagement = clamp(engagementOf(data));
        data.total = data.fit + data.engagement;
        data.grade = gradeOf(data);
        data.decision = decisionOf(data);
        return { fit: data.fit, engagement: data.engagement, grade: data.grade, decision: data.decision, queue: queueOf(data) };
      };
    },
  },
];
