// Decisions, explanations and possibilities out of the numbers that the engine gives.
// The layouts are those of src/wasm/results.rs; both change together.

const HEAD = 8;
const SCREENED = 1;
const BY_FAULT = 2;
const FAULTED = 4;
const STAGE_FAULTED = 8;

/**
 * What a program is made of, as the engine describes it.
 * @typedef {object} Made
 * @property {string} policy
 * @property {string} version
 * @property {string} logic
 * @property {string} program
 * @property {string[]} names of all variables
 * @property {{ name: string, type: string, values?: unknown[], maxLength?: number, unread?: boolean, host?: boolean, questioned?: boolean, choices?: string[] }[]} fields
 * @property {{ name: string, groups?: { id: string, rules: { id: string, keys: string[] }[] }[] }[]} scores
 * @property {{ name: string, table: string, type: string, list?: boolean, values: (string | number | boolean)[] }[]} outputs
 * @property {{ id: string, rows: string[] }[]} tables
 * @property {string[]} stages
 * @property {{ id: string, to: number }[]} moves
 * @property {string[]} screen
 * @property {string[]} outcomes
 * @property {string[]} routes
 * @property {boolean} slice it is a slice
 * @property {boolean} [provisional] something in the slice is secret
 * @property {{ ids: string[], routes: number[], screen: number[], otherwise: number }} [messages]
 * @property {{ settle: string, perVisit?: number, questions: { field: string, required: boolean, always: boolean, after: number, cost: number, gated: boolean }[] }} ask costs are thousandths
 * @property {number[][]} identity
 * @property {{ name: string, members: string[], owner?: string, account?: string }[]} [queues] not in the page build
 * @property {{ name: string, attributes: { name: string, type: string, values?: unknown[] }[] }[]} [events] not in the page build
 * @property {string[]} [signals] fields that are computed from events; not in the page build
 * @property {boolean} [live] something is computed from events; not in the page build
 * @property {{ table: number, policy: "unique" | "any" | "list" | "number", then: number[][] }[]} [hits] tables of which more than the first row that holds counts; not in the page build
 * @property {number} room how many numbers a decision is at most
 * @property {boolean} odd a score or output has a name that is written with care
 */

/**
 * Sets a property, whatever its name: `__proto__` would otherwise be the object's prototype.
 * @template T @param {Record<string, T>} object @param {string} name @param {T} value
 */
export function put(object, name, value) {
  if (name === "__proto__") Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}

/** Whether a name cannot be written as others are; see {@link put}. @param {{ name: string }} named */
export const isOdd = ({ name }) => name === "__proto__";

/** @param {Made} made @param {number} kind @param {number} index */
function outcomeName(made, kind, index) {
  return kind === 1 ? `screened:${made.screen[index]}` : kind === 2 ? made.outcomes[index] : null;
}

/** What a visitor is told. @param {Made["messages"]} messages @param {number} kind @param {number} index */
function messageOf(messages, kind, index) {
  if (messages === undefined) return null;
  return messages.ids[kind === 1 ? messages.screen[index] : kind === 2 ? messages.routes[index] : messages.otherwise];
}

/** @param {Made} made @param {Float64Array | number[]} numbers @param {number} movesAt where the indices of its moves begin */
function stageOf(made, numbers, movesAt) {
  const before = numbers[4];
  if (before < 0) return null;
  /** @type {{ id: string, from: string, to: string, at?: string }[]} */
  const moves = [];
  for (let at = 0, from = made.stages[before]; at < numbers[6]; at += 1) {
    const { id, to } = made.moves[numbers[movesAt + at]];
    moves.push({ id, from, to: made.stages[to] });
    from = made.stages[to];
  }
  const faulted = (numbers[3] & STAGE_FAULTED) !== 0;
  return { before: made.stages[before], after: faulted ? null : made.stages[numbers[5]], moves };
}

/** @param {number} value */
const scoreOf = (value) => (value === value ? value : null);

/**
 * The first properties are written in places of their own, each of which sees one name: a place that sees many is slow.
 * @param {Made["scores"]} scores @param {Float64Array | number[]} numbers @param {boolean} odd a name among them is
 */
function scoresOf(scores, numbers, odd) {
  /** @type {Record<string, number | null>} */
  const found = {};
  const { length } = scores;
  if (odd) {
    scores.forEach(({ name }, at) => put(found, name, scoreOf(numbers[HEAD + at])));
    return found;
  }
  if (length > 0) found[scores[0].name] = scoreOf(numbers[HEAD]);
  if (length > 1) found[scores[1].name] = scoreOf(numbers[HEAD + 1]);
  if (length > 2) found[scores[2].name] = scoreOf(numbers[HEAD + 2]);
  if (length > 3) found[scores[3].name] = scoreOf(numbers[HEAD + 3]);
  for (let at = 4; at < length; at += 1) found[scores[at].name] = scoreOf(numbers[HEAD + at]);
  return found;
}

/** @param {Made["outputs"][number]} output @param {number} index */
const valueOf = (output, index) => (index < 0 ? null : output.values[index]);

/** As for scores. @param {Made["outputs"]} outputs @param {Float64Array | number[]} numbers @param {number} from where their numbers begin @param {boolean} odd */
function tablesOf(outputs, numbers, from, odd) {
  /** @type {Record<string, string | number | boolean | (string | number | boolean)[] | null>} */
  const found = {};
  const { length } = outputs;
  if (odd) {
    outputs.forEach((output, at) => put(found, output.name, valueOf(output, numbers[from + at])));
    return found;
  }
  if (length > 0) found[outputs[0].name] = valueOf(outputs[0], numbers[from]);
  if (length > 1) found[outputs[1].name] = valueOf(outputs[1], numbers[from + 1]);
  if (length > 2) found[outputs[2].name] = valueOf(outputs[2], numbers[from + 2]);
  if (length > 3) found[outputs[3].name] = valueOf(outputs[3], numbers[from + 3]);
  for (let at = 4; at < length; at += 1) found[outputs[at].name] = valueOf(outputs[at], numbers[from + at]);
  return found;
}

/**
 * A decision out of its numbers.
 * @param {Made} made
 * @param {Float64Array | number[]} numbers
 * @param {{ faults: () => string, identity: (index: number) => [string, string | number | boolean][] }} more
 */
export function decisionOf(made, numbers, more) {
  const flags = numbers[3];
  // What is asked for below makes texts, and so may make the memory grow under these numbers.
  if (numbers[7] > 0 || (flags & (FAULTED | BY_FAULT)) !== 0) numbers = numbers.slice();
  const outcome = outcomeName(made, numbers[0], numbers[1]);
  const outputsAt = HEAD + made.scores.length;
  const movesAt = outputsAt + made.outputs.length + made.tables.length;
  const keysAt = movesAt + numbers[6];
  const screened = (flags & SCREENED) !== 0;
  const identity = [];
  for (let entry = 0; entry < numbers[7]; entry += 1) identity.push(more.identity(numbers[keysAt + entry]));
  return {
    outcome,
    message: messageOf(made.messages, numbers[0], numbers[1]),
    screen: numbers[0] === 1 ? made.screen[numbers[1]] : null,
    scores: scoresOf(made.scores, numbers, made.odd),
    tables: tablesOf(made.outputs, numbers, outputsAt, made.odd),
    stage: stageOf(made, numbers, movesAt),
    route: screened ? null : outcome,
    faults: (flags & (FAULTED | BY_FAULT)) === 0 ? [] : more.faults().split("\n").filter(Boolean),
    identity,
    notes: /** @type {{ code: string, message: string, path: string }[]} */ ([]),
  };
}

/**
 * The rows that decided: of each table and of the route, by id; null for a default, and where nothing was decided.
 * @param {Made} made
 * @param {Float64Array | number[]} numbers
 */
export function rowsOf(made, numbers) {
  const first = HEAD + made.scores.length + made.outputs.length;
  /** @type {Record<string, string | string[] | null>} */
  const tables = {};
  for (let at = 0; at < made.tables.length; at += 1) put(tables, made.tables[at].id, made.tables[at].rows[numbers[first + at]] ?? null);
  return { tables, route: made.routes[numbers[2]] ?? null };
}

/**
 * The form.
 * @param {Made} made
 * @param {Float64Array | number[]} numbers a zero, then for each question whether it is shown
 * @returns {import("./index.d.ts").Form}
 */
export function formOf({ ask }, numbers) {
  return {
    perVisit: ask.perVisit ?? null,
    questions: ask.questions.map(({ field, required, cost }, at) => ({ field, shown: numbers[at + 1] === 1, required, cost: cost / 1000 })),
  };
}

/** Why an open question cannot matter, as in src/ask/next.rs. */
const WHY = /** @type {const} */ (["unread", "masked", "idle"]);

/**
 * What to ask next.
 * @param {Made} made
 * @param {Float64Array | number[]} numbers as src/wasm/results.rs says, after a zero
 * @returns {import("./index.d.ts").Next}
 */
export function nextOf(made, numbers) {
  let at = 1;
  const settled = numbers[at++] === 1;
  /** @template T @param {() => T} item */
  const several = (item) => Array.from({ length: numbers[at++] }, item);
  const field = () => made.fields[numbers[at++]].name;
  const ask = several(field);
  if (!settled) return { settled, ask, certificate: null };
  const { settle } = made.ask;
  const values = settle === "stage" ? made.stages : (made.outputs.find(({ name }) => name === settle)?.values ?? []);
  const comesTo = several(() => {
    const kind = numbers[at++];
    const index = numbers[at++];
    return kind > 2 ? outcomeName(made, kind - 3, index) : kind === 2 ? values[index] : null;
  });
  const remaining = several(() => ({ field: field(), why: WHY[numbers[at++]] }));
  /** @type {Record<string, [number, number] | null>} */
  const scores = {};
  for (const { name } of made.scores) {
    const ranged = numbers[at++] === 1;
    const range = /** @type {[number, number]} */ ([numbers[at++], numbers[at++]]);
    put(scores, name, ranged ? range : null);
  }
  return { settled, ask, certificate: { goal: settle, comesTo, remaining, scores } };
}

const LINES = /** @type {const} */ (["rule", "cap", "floor", "range", "score", "reset", "bound"]);

/**
 * Explained scores out of their numbers.
 * @param {Made} made
 * @param {Float64Array | number[]} numbers
 */
export function explanationOf(made, numbers) {
  const scores = [];
  // After the zero.
  for (let at = 1; at < numbers.length; ) {
    const { name, groups = [] } = made.scores[numbers[at]];
    const value = numbers[at + 1];
    const lines = new Array(numbers[at + 2]);
    const missing = new Array(numbers[at + 3]);
    at += 4;
    for (let line = 0; line < lines.length; line += 1, at += 5) {
      const kind = LINES[numbers[at]];
      const a = numbers[at + 1];
      const group = kind !== "range" && kind !== "score" ? groups[a] : null;
      const rule = kind === "rule" || kind === "reset" || kind === "bound" ? groups[a].rules[numbers[at + 2]] : null;
      const id = rule ? rule.id : kind === "score" ? made.scores[a].name : null;
      lines[line] = { kind, group: group && (group.id || null), id, key: rule && (rule.keys[numbers[at + 3]] || null), points: numbers[at + 4] };
    }
    for (let entry = 0; entry < missing.length; entry += 1, at += 3) {
      const { id, rules } = groups[numbers[at]];
      missing[entry] = { group: id || null, rule: rules[numbers[at + 1]].id, field: made.names[numbers[at + 2]] };
    }
    scores.push({ name, value, lines, missing });
  }
  return scores;
}

/**
 * What is possible, out of its numbers.
 * @param {Made} made
 * @param {Float64Array | number[]} numbers
 */
export function possibleOf(made, numbers) {
  // After the zero.
  let at = 1;
  const next = () => numbers[at++];
  const exact = next() === 1;
  const outcomes = Array.from({ length: next() }, () => outcomeName(made, next(), next()));
  const stageMayFault = next() === 1;
  const stages = Array.from({ length: next() }, () => made.stages[next()]);
  /** @type {Record<string, { min: number, max: number, mayFault: boolean } | null>} */
  const scores = {};
  for (const { name } of made.scores) {
    const [has, min, max, faults] = [next(), next(), next(), next()];
    put(scores, name, has === 1 ? { min, max, mayFault: faults === 1 } : null);
  }
  /** @type {Record<string, (string | number | boolean | null)[]>} */
  const tables = {};
  for (const { name, values } of made.outputs) {
    /** @type {(string | number | boolean | null)[]} */
    const found = Array.from({ length: next() }, () => values[next()]);
    if (next() === 1) found.push(null);
    put(tables, name, found);
  }
  return { exact, outcomes, stages, stageMayFault, scores, tables };
}
