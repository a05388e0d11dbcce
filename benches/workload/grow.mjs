// How cost grows: more rules over the same 24 fields, and a first-hit table of thousands of rows. Generated as descriptions in the form of
// rules.mjs (which the closures run, and which is what results are checked against) and as policy documents in JSON.

import { firstHit, scorer } from "./closures.mjs";
import { Draw, generate } from "./leads.mjs";
import * as rules from "./rules.mjs";
import { enums } from "./values.mjs";

const numbers = {
  company_size: [1, 20_000], seats: [1, 1000], budget: [1_000, 3_000_000], timeline_months: [0, 24], email_clicks_30d: [0, 30],
  page_views_7d: [0, 80], pricing_page_views: [0, 12], webinar_minutes: [0, 120], downloads: [0, 9], days_since_last_activity: [0, 200],
  vendors_contacted: [0, 9], answered: [0, 10],
};
const flags = ["is_competitor", "is_student", "has_project"];
const words = ["总", "经理", "采购", "信息", "市场", "销售", "主任", "Director", "Manager", "Chief", "Intern", "of", "IT", "Head"];
const names = [...Object.keys(enums), ...Object.keys(numbers), ...flags, "title"];

/** Low numbers are as likely as high ones on a logarithmic scale, as thresholds of sizes and amounts are. */
function threshold(draw, [low, high]) {
  return Math.round((low + 1) * ((high + 1) / (low + 1)) ** draw.next()) - 1;
}

function few(draw, values) {
  const chosen = new Set();
  for (let count = draw.int(1, 3); count > 0; count--) chosen.add(draw.pick(values));
  return [...chosen];
}

function test(draw, field) {
  if (enums[field]) return rules.oneOf(field, ...few(draw, enums[field]));
  if (flags.includes(field)) return rules.yes(field);
  if (field === "title") return rules.contains(field, draw.pick(words));
  const first = threshold(draw, numbers[field]);
  const kind = draw.int(0, 2);
  if (kind === 0) return rules.atLeast(field, first);
  if (kind === 1) return rules.atMost(field, first);
  const second = threshold(draw, numbers[field]);
  return rules.within(field, Math.min(first, second), Math.max(first, second));
}

function distinct(draw, count) {
  const chosen = new Set();
  while (chosen.size < count) chosen.add(draw.pick(names));
  return [...chosen];
}

function ruleOf(draw, id, multiShare) {
  const points = draw.int(1, 9) * (draw.chance(0.4) ? -1 : 1);
  if (!draw.chance(multiShare)) return { id, when: test(draw, draw.pick(names)), points };
  const tests = distinct(draw, draw.int(2, 3)).map((field) => test(draw, field));
  return { id, when: draw.chance(0.2) ? rules.any(...tests) : rules.all(...tests), points };
}

/** The workload with so many rules of which this share tests several fields. */
export function grownRules(count, multiShare) {
  const draw = new Draw(count + Math.round(multiShare * 100));
  const made = Array.from({ length: count }, (_, index) => ruleOf(draw, `r${index}`, multiShare));
  const half = count >> 1;
  const { grade, decision, queue } = rules;
  const description = { range: [-100_000, 100_000], fit: made.slice(0, half), engagement: made.slice(half), grade, decision, queue };
  return {
    name: `${count} rules, ${Math.round(multiShare * 100)} % on several fields`,
    document: rulesDocument(description),
    oracle: scorer(description),
  };
}

/** The workload with so many rules each of which looks for a word of its own in one of two texts. */
export function grownWords(count) {
  const draw = new Draw(count);
  const leads = generate();
  const chosen = new Set();
  const made = [];
  while (made.length < count) {
    const field = draw.pick(["email", "title"]);
    const text = draw.pick(leads)[field] ?? "";
    const start = draw.int(0, Math.max(0, text.length - 3));
    const word = text.slice(start, start + draw.int(3, 6));
    if (word.length < 2 || chosen.has(field + word)) continue;
    chosen.add(field + word);
    made.push({ id: `r${made.length}`, when: rules.contains(field, word), points: draw.int(1, 9) * (draw.chance(0.4) ? -1 : 1) });
  }
  const half = count >> 1;
  const { grade, decision, queue } = rules;
  const description = { range: [-100_000, 100_000], fit: made.slice(0, half), engagement: made.slice(half), grade, decision, queue };
  return { name: `${count} rules, each on a word in a text`, document: rulesDocument(description), oracle: scorer(description) };
}

/** A decision table of so many rows, each on three or four fields; most leads meet a row somewhere in the middle. */
export function grownTable(count) {
  const draw = new Draw(count);
  const rows = Array.from({ length: count }, (_, index) => {
    const low = threshold(draw, numbers.company_size);
    const tests = [
      rules.is("industry", draw.pick(enums.industry)),
      rules.is("region", draw.pick(enums.region)),
      rules.within("company_size", low, low + Math.ceil(low * draw.next())),
    ];
    if (draw.chance(0.5)) tests.push(rules.oneOf("source", ...few(draw, enums.source)));
    if (draw.chance(0.3)) tests.push(rules.atLeast("seats", threshold(draw, numbers.seats)));
    return { when: rules.all(...tests), then: index + 1 };
  });
  const desk = firstHit({ rows, otherwise: 0 });
  return {
    name: `a first-hit table of ${count} rows`,
    document: tableDocument(rows),
    oracle: (lead) => ({ desk: desk(lead) }),
    table: "desk",
  };
}

/** A test on one name in the policy's grammar of unary tests. */
function unary({ op, value }) {
  const quoted = (text) => (/^[\p{L}_][\p{L}\d_]*$/u.test(text) ? text : JSON.stringify(text));
  switch (op) {
    case "in": return value.map(quoted).join(" | ");
    case "is": return quoted(value);
    case "between": return `${value[0]}..${value[1]}`;
    case "contains": return `contains ${JSON.stringify(value)}`;
    case "true": return true;
    default: return `${op} ${value}`;
  }
}

/** A condition in CEL. */
function cel(when) {
  if (when.all) return `(${when.all.map(cel).join(" && ")})`;
  if (when.any) return `(${when.any.map(cel).join(" || ")})`;
  if (when.not) return `!${cel(when.not)}`;
  const { field, op, value } = when;
  switch (op) {
    case "in": return `${field} in ${JSON.stringify(value)}`;
    case "is": return `${field} == ${JSON.stringify(value)}`;
    case "between": return `(${field} >= ${value[0]} && ${field} <= ${value[1]})`;
    case "contains": return `${field}.contains(${JSON.stringify(value)})`;
    case "true": return field;
    case "present": return `known(${field})`;
    default: return `${field} ${op} ${value}`;
  }
}

/** A condition as an author would write it: a map of tests where it is one, otherwise CEL. */
function condition(when) {
  const tests = when.all ?? [when];
  const tested = new Set(tests.map(({ field }) => field));
  return tested.size === tests.length && !tested.has(undefined) ? Object.fromEntries(tests.map((part) => [part.field, unary(part)])) : cel(when);
}

function head(policy) {
  const fields = Object.fromEntries(Object.entries(rules.fields).map(([name, kind]) => {
    if (enums[name]) return [name, { type: "enum", values: enums[name] }];
    return [name, { type: kind === "number" ? (name === "budget" ? "double" : "int") : kind }];
  }));
  return { leadgate: 1, policy, version: "1", fields };
}

function table({ rows, otherwise }, output, type) {
  return {
    hit: "first",
    outputs: { [output]: type },
    rows: rows.map(({ when, then }) => ({ when: condition(when), then })),
    default: { [output]: otherwise },
  };
}

const valuesOf = ({ rows, otherwise }) => [...new Set([...rows.map(({ then }) => then), otherwise])];

function rulesDocument({ range, fit, engagement, grade, decision, queue }) {
  const score = (of) => ({ range, rules: Object.fromEntries(of.map(({ id, when, points }) => [id, { when: condition(when), points }])) });
  return JSON.stringify({
    ...head("grown-rules"),
    scores: { fit: score(fit), engagement: score(engagement), total: { sum: ["fit", "engagement"] } },
    tables: { grade: table(grade, "grade", valuesOf(grade)), decision: table(decision, "decision", valuesOf(decision)) },
    route: {
      outcomes: valuesOf(queue),
      rows: queue.rows.map(({ when, then }) => ({ when: condition(when), to: then })),
      default: queue.otherwise,
    },
  });
}

function tableDocument(rows) {
  return JSON.stringify({ ...head("grown-table"), tables: { desk: table({ rows, otherwise: 0 }, "desk", "int") } });
}

/** Everything that growth is measured on: functions, since making the largest takes a while. */
export const grown = {
  "rules-40": () => grownRules(40, 0.3),
  "rules-400": () => grownRules(400, 0.3),
  "rules-4000": () => grownRules(4000, 0.3),
  "multi-40": () => grownRules(40, 1),
  "multi-400": () => grownRules(400, 1),
  "multi-4000": () => grownRules(4000, 1),
  "words-40": () => grownWords(40),
  "words-400": () => grownWords(400),
  "table-100": () => grownTable(100),
  "table-1000": () => grownTable(1000),
  "table-10000": () => grownTable(10_000),
};
