// Leadgate by columns.

import { readFileSync } from "node:fs";
import { enums, utmSources } from "../workload/values.mjs";
import { workloadProgram } from "./leadgate.mjs";

/** How many leads a call decides. */
const COUNT = 100_000;

const INTS = ["company_size", "seats", "email_clicks_30d", "page_views_7d", "pricing_page_views", "webinar_minutes", "downloads", "days_since_last_activity", "vendors_contacted", "answered"];
const DOUBLES = ["budget", "timeline_months"];
const BOOLS = ["is_competitor", "is_student", "has_project"];
const TEXTS = ["title", "email", "phone"];

const coded = (values, given) => {
  const codes = new Map(values.map((value, at) => [value, at]));
  return { values, codes: Uint8Array.from(given, (value) => codes.get(value) ?? 255) };
};

/** Codes for texts of any number. */
function interned(given) {
  const values = [...new Set(given)];
  const codes = new Map(values.map((value, at) => [value, at]));
  return { values, codes: Uint32Array.from(given, (value) => codes.get(value)) };
}

function utf8(given) {
  const texts = given.map((text) => Buffer.from(text ?? ""));
  const offsets = new Int32Array(texts.length + 1);
  texts.forEach((text, at) => { offsets[at + 1] = offsets[at] + text.length; });
  return { bytes: new Uint8Array(Buffer.concat(texts)), offsets };
}

/** Numbers and codes; of texts what `texts` makes of them. */
function columnsOf(leads, texts) {
  const column = (name) => leads.map((lead) => lead[name]);
  const columns = {};
  for (const name of INTS) columns[name] = Int32Array.from(column(name));
  for (const name of DOUBLES) columns[name] = Float64Array.from(column(name), (value) => value ?? NaN);
  for (const name of BOOLS) columns[name] = coded([false, true], column(name));
  for (const [name, values] of Object.entries(enums)) columns[name] = coded(values, column(name));
  columns.utm_source = coded(utmSources, column("utm_source"));
  for (const name of TEXTS) columns[name] = texts(column(name));
  return columns;
}

async function manyOf(program, leads, make) {
  const { load } = await import("leadgate");
  const policy = load(program);
  const columns = make(Array.from({ length: COUNT }, (_, row) => leads[row % leads.length]));
  const named = ({ values, codes }, row) => values[codes[row]];
  return {
    count: COUNT,
    run: () => policy.decideMany(columns),
    at: ({ outcome, scores, tables }, row) => ({ fit: scores.fit[row], engagement: scores.engagement[row], grade: named(tables.grade, row), decision: named(tables.decision, row), queue: named(outcome, row) }),
  };
}

/** One block, over and over, that stands in the engine's memory: what a lead costs beside getting there. */
async function kernelOf(program, leads) {
  const { Engine, initSync } = await import("../../pkg/wasm/full/leadgate.js");
  const { memory } = initSync({ module: readFileSync(new URL("../../pkg/wasm/full/leadgate_bg.wasm", import.meta.url)) });
  const engine = Engine.load(program);
  const made = JSON.parse(engine.describe());
  const columns = columnsOf(leads, interned);
  const utf8Of = new TextEncoder();
  const kinds = made.fields.map(({ name }) => (columns[name] instanceof Int32Array ? 2 : columns[name] instanceof Float64Array ? 1 : columns[name].codes instanceof Uint8Array ? 3 : 4));
  const places = Array.from(engine.columns(Uint8Array.from(kinds)));
  made.fields.forEach(({ name, type, values = [] }, field) => {
    for (const value of columns[name].codes === undefined ? [] : columns[name].values) {
      if (type === "string") engine.columns_value(field, true, utf8Of.encode(value), 0);
      else engine.columns_value(field, false, new Uint8Array(0), type === "bool" ? Number(value) : values.indexOf(value));
    }
  });
  const [rows, , odd, outcomes, , ...rest] = places;
  const view = (Kind, place) => new Kind(memory.buffer, place, rows);
  made.fields.forEach(({ name }, field) => {
    const column = columns[name].codes ?? columns[name];
    view(column.constructor, rest[rest.length - made.fields.length + field]).set(column.subarray(0, rows));
  });
  view(Uint8Array, odd).fill(0);
  const score = (name) => view(Float64Array, rest[made.scores.findIndex((known) => known.name === name)]);
  const output = (name) => {
    const at = made.outputs.findIndex((known) => known.name === name);
    return { codes: view(Uint16Array, rest[made.scores.length + at]), values: made.outputs[at].values };
  };
  const [fit, engagement, grade, decision, queue] = [score("fit"), score("engagement"), output("grade"), output("decision"), view(Uint16Array, outcomes)];
  return {
    count: rows,
    run: () => engine.columns_decide(rows),
    at: (_, row) => ({ fit: fit[row], engagement: engagement[row], grade: grade.values[grade.codes[row]], decision: decision.values[decision.codes[row]], queue: made.outcomes[queue[row]] }),
  };
}

export const columned = [
  { name: "leadgate, columns: kernel alone, from numbers and codes in its memory", ahead: workloadProgram, prepare: kernelOf },
  { name: "leadgate, columns: decideMany, all texts coded", ahead: workloadProgram, prepare: (program, leads) => manyOf(program, leads, (all) => columnsOf(all, interned)) },
  { name: "leadgate, columns: decideMany, three columns of UTF-8", ahead: workloadProgram, prepare: (program, leads) => manyOf(program, leads, (all) => columnsOf(all, utf8)) },
  {
    name: "leadgate, columns: decideMany, arrays of JavaScript values",
    ahead: workloadProgram,
    prepare: (program, leads) => manyOf(program, leads, (all) => Object.fromEntries(Object.keys(columnsOf([], utf8)).map((name) => [name, all.map((lead) => lead[name])]))),
  },
];
