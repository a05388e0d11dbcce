// A disagreement made small: to a part that is one by itself, with the values of its own parts in their place.

import { literal } from "./literal.mjs";
import { parts, size } from "./parts.mjs";

/** @typedef {{ expr: string, bindings: Record<string, any> }} Case */
/** @typedef {import("../engines.mjs").Engine} Engine */
/** @typedef {import("./parts.mjs").Part} Part */

/** JSON has a negative zero, and JavaScript writes it without its sign. @param {string} _ @param {any} value */
const signed = (_, value) => (Object.is(value, -0) ? "-0" : value);

/** @param {Case} asked */
export const line = ({ expr, bindings }, id = 0) => JSON.stringify({ id, expr, bindings, disable_check: true }, signed);

/** @param {Part} part @returns {string[]} */
const namesIn = (part) => [...(part.name ? [part.name] : []), ...part.children.flatMap(namesIn)];

/** All parts with the names that macros around them bind. @param {Part} part @param {string[]} bound @returns {{ part: Part, bound: string[] }[]} */
function all(part, bound = []) {
  const inner = (/** @type {Part} */ child) => (part.macro?.body.includes(child) ? [...bound, ...part.macro.names] : bound);
  return [{ part, bound }, ...part.children.flatMap((child) => all(child, inner(child)))];
}

/** @param {{ part: Part, bound: string[] }} place */
const closed = ({ part, bound }) => bound.length === 0 || !namesIn(part).some((name) => bound.includes(name));

/** What a macro would bind its names to, a few of them. @param {NonNullable<Part["macro"]>} macro @param {any} value @returns {any[][]} */
function elements({ names, bind }, value) {
  if (bind) return [[value]];
  const { listValue, mapValue, optionalValue } = value;
  if (optionalValue) return [[optionalValue]];
  const of = mapValue
    ? (mapValue.entries ?? []).map((/** @type {any} */ { key, value }) => [key, value])
    : (listValue?.values ?? []).map((/** @type {any} */ one, /** @type {number} */ at) => (names.length === 2 ? [{ int64Value: String(at) }, one] : [one]));
  return of.slice(0, 6);
}

/** @param {string} text @param {{ part: Part, text: string }[]} places from left to right, apart from each other */
function replaced(text, places) {
  let out = "";
  let from = 0;
  for (const { part, text: put } of places) {
    out += text.slice(from, part.start) + put;
    from = part.end;
  }
  return out + text.slice(from);
}

/** The greatest parts that have values by themselves, the whole not among them. @param {Part} part @param {Map<Part, any>} values @returns {Part[]} */
const frontier = (part, values) => part.children.flatMap((child) => (values.has(child) ? [child] : frontier(child, values)));

/** Smaller cases that may disagree as well. @param {Case} of @param {Part} whole @param {Map<Part, any>} values @returns {Case[]} */
function candidates({ expr, bindings }, whole, values) {
  const text = (/** @type {Part} */ part) => expr.slice(part.start, part.end);
  const places = all(whole);
  const found = places.filter((place) => place.part !== whole && closed(place)).map(({ part }) => ({ expr: text(part), bindings }));
  for (const { part: { macro } } of places.filter(closed)) {
    const range = macro && values.get(macro.range);
    for (const held of range ? elements(macro, range) : []) {
      const added = Object.fromEntries(macro?.names.map((name, at) => [name, held[at]]) ?? []);
      for (const body of macro?.body ?? []) found.push({ expr: text(body), bindings: { ...bindings, ...added } });
    }
  }
  const put = frontier(whole, values).filter((part) => part.children.length > 0);
  let fresh = 0;
  const next = () => {
    do fresh += 1; while (`v${fresh}` in bindings);
    return `v${fresh}`;
  };
  const named = put.map((part) => ({ part, text: next() }));
  const bound = { ...bindings, ...Object.fromEntries(named.map(({ part, text }) => [text, values.get(part)])) };
  for (const some of [named, ...named.map((one) => [one])]) if (some.length > 0) found.push({ expr: replaced(expr, some), bindings: bound });
  return found;
}

/** @param {string} expr */
function read(expr) {
  try {
    return parts(expr);
  } catch {
    return undefined;
  }
}

/** Only what the expression names. @param {Case} asked @returns {Case} */
function needed({ expr, bindings }) {
  return { expr, bindings: Object.fromEntries(Object.entries(bindings).filter(([name]) => new RegExp(`\\b${name}\\b`).test(expr))) };
}

/**
 * The smallest disagreements inside others.
 * @param {Case[]} cases @param {Engine} ours @param {Engine} theirs @param {(ours: any, theirs: any, expr: string) => boolean} differ
 * @returns {Promise<Case[]>}
 */
export async function shrunk(cases, ours, theirs, differ) {
  const now = cases.map(needed);
  let open = now.map((_, index) => index);
  while (open.length > 0) {
    const trees = new Map(open.map((index) => [index, read(now[index].expr)]));
    const closedParts = open.flatMap((index) => {
      const tree = trees.get(index);
      return tree ? all(tree).filter((place) => closed(place)).map(({ part }) => ({ index, part })) : [];
    });
    const answers = await ours(closedParts.map(({ index, part }) => line({ ...now[index], expr: now[index].expr.slice(part.start, part.end) })));
    /** @type {Map<number, Map<Part, any>>} */
    const values = new Map(open.map((index) => [index, new Map()]));
    closedParts.forEach(({ index, part }, at) => {
      if (answers[at].value !== undefined && part !== trees.get(index)) values.get(index)?.set(part, answers[at].value);
    });
    const tried = open.flatMap((index) => {
      const tree = trees.get(index);
      if (!tree) return [];
      return candidates(now[index], tree, values.get(index) ?? new Map()).map((candidate) => {
        const smaller = read(candidate.expr);
        return { index, candidate, size: smaller ? size(smaller) : Infinity };
      }).filter((found) => found.size < size(tree));
    });
    const asked = tried.map(({ candidate }) => line(candidate));
    const [mine, other] = [await ours(asked), await theirs(asked)];
    /** @type {Map<number, { candidate: Case, size: number }>} */
    const best = new Map();
    tried.forEach(({ index, candidate, size }, at) => {
      if (differ(mine[at], other[at], candidate.expr) && size < (best.get(index)?.size ?? Infinity)) best.set(index, { candidate, size });
    });
    for (const [index, { candidate }] of best) now[index] = needed(candidate);
    open = [...best.keys()];
  }
  return now;
}

/** The case with its bindings written out. @param {Case} asked */
export function written({ expr, bindings }) {
  const tree = read(expr);
  if (!tree) return `${expr} with ${JSON.stringify(bindings)}`;
  const places = all(tree).filter(({ part, bound }) => part.name && part.name in bindings && !bound.includes(part.name))
    .map(({ part }) => ({ part, text: literal(bindings[/** @type {string} */ (part.name)]) }));
  return replaced(expr, places);
}
