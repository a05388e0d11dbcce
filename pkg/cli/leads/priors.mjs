// How often each question was answered how, counted over past leads and written as a document writes it.

/**
 * @typedef {import("../../src/author.d.ts").QuestionCells} QuestionCells
 * @typedef {{ field: string, applied: number, answered: number, prior: [key: string, weight: number][] }} Prior
 */

/** Added to every count: what was not seen yet may still come (Krichevsky and Trofimov 1981, the Dirichlet prior of Jeffreys). */
export const SMOOTHING = 0.5;
/** A text that fewer leads have may tell who somebody is. */
const LEAST_LEADS = 5;
/** How many texts are written of one question; the rest are `answered`. */
const MOST_TEXTS = 8;
/** How many texts are counted apart at once: rare ones are let go first. */
const MOST_COUNTED = 20_000;
const STATES = new Set(["unanswered", "declined", "answered"]);

/** A value as a unary test says it. @param {string | boolean} value */
const literal = (value) => (typeof value === "string" && (STATES.has(value) || !/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(value)) ? `'${value.replace(/['\\]/g, "\\$&")}'` : String(value));

/** The cell of a number, from 0. @param {QuestionCells} cells @param {number} value */
const cellOf = ({ thresholds }, value) => thresholds.filter((threshold) => threshold <= value).length;

/** A cell of numbers as a unary test. @param {QuestionCells} cells @param {number} cell */
function rangeOf({ kind, low, high, thresholds }, cell) {
  const whole = kind === "int";
  const [from, to] = [thresholds[cell - 1], thresholds[cell]];
  const least = from === undefined ? low : whole ? Math.ceil(from) : from;
  if (to === undefined) return from === undefined ? "answered" : `>= ${least}`;
  if (from === undefined) return whole ? `<= ${Math.ceil(to) - 1}` : `< ${to}`;
  if (!whole) return `${least}..<${to}`;
  const most = Math.min(Math.ceil(to) - 1, high);
  return least === most ? String(least) : `${least}..${most}`;
}

/** Counts of one question. */
class Counts {
  /** @type {Map<string, number>} */
  #keys = new Map();
  /** @type {Map<string, number>} */
  #texts = new Map();
  #applied = 0;
  #unanswered = 0;
  #declined = 0;

  /** @param {QuestionCells} cells */
  constructor(cells) {
    this.cells = cells;
    /** Something was said about it, if only that nothing was answered. */
    this.given = false;
    const { kind, values, thresholds, choices } = cells;
    // What nobody answered may come all the same.
    if (kind === "finite") for (const value of values) this.#keys.set(this.#valueKey(value), 0);
    if (kind === "int" || kind === "double") {
      for (let cell = cellOf(cells, cells.low); cell <= cellOf(cells, cells.high); cell += 1) this.#keys.set(this.#cellKey(cell), 0);
    }
    if (kind === "text") for (const { id } of choices) this.#keys.set(id, 0);
  }

  /** @param {string | boolean} value */
  #valueKey(value) {
    const choice = this.cells.choices.find((choice) => choice.value === value && !STATES.has(choice.id));
    return choice?.id ?? literal(value);
  }

  /** @param {number} cell */
  #cellKey(cell) {
    const choices = this.cells.choices.filter((choice) => choice.cell === cell && !STATES.has(choice.id));
    // Choices that nothing tells apart have one weight.
    return choices.length === 1 ? choices[0].id : rangeOf(this.cells, cell);
  }

  /** The key of an answer; undefined where the field cannot have it. @param {unknown} answer @returns {string | undefined} */
  #key(answer) {
    const { kind, choices, values, low, high } = this.cells;
    if (typeof answer === "object" && answer !== null && "choice" in answer) {
      const choice = choices.find(({ id }) => id === answer.choice);
      if (choice === undefined) return undefined;
      return kind === "text" ? choice.id : this.#key(choice.value);
    }
    if (kind === "finite") return values.includes(/** @type {string | boolean} */ (answer)) ? this.#valueKey(/** @type {string | boolean} */ (answer)) : undefined;
    if (kind !== "text") return typeof answer === "number" && answer >= low && answer <= high ? this.#cellKey(cellOf(this.cells, answer)) : undefined;
    if (typeof answer !== "string") return undefined;
    const text = answer.trim();
    return choices.find(({ value }) => value === text)?.id ?? text;
  }

  /** Counts an answer to the question where it applied. @param {unknown} given */
  add(given) {
    const answer = typeof given === "object" && given !== null && "value" in given ? given.value : typeof given === "object" && given !== null && "as" in given ? given.as : given;
    if (answer === undefined || answer === null || answer === "") {
      this.#unanswered += 1;
    } else if (typeof answer === "object" && "declined" in answer) {
      this.#declined += 1;
    } else {
      const key = this.#key(answer);
      if (key === undefined) return;
      const counts = this.cells.kind === "text" && !this.#keys.has(key) ? this.#texts : this.#keys;
      if (key === "") this.#unanswered += 1;
      else counts.set(key, (counts.get(key) ?? 0) + 1);
      if (this.#texts.size > MOST_COUNTED) this.#forget();
    }
    this.#applied += 1;
  }

  /** Texts beyond those that are counted apart. */
  #others = 0;

  #forget() {
    for (const [text, count] of this.#texts) {
      if (count > 1) continue;
      this.#texts.delete(text);
      this.#others += 1;
    }
  }

  /** @returns {Prior} */
  prior() {
    const { kind, personal, required } = this.cells;
    /** @type {[string, number][]} */
    const prior = [...this.#keys];
    let others = this.#others;
    if (kind === "text") {
      const ranked = [...this.#texts].sort(([left, most], [right, more]) => more - most || (left < right ? -1 : 1));
      const shown = personal ? [] : ranked.filter(([text, count]) => count >= LEAST_LEADS && !STATES.has(text)).slice(0, MOST_TEXTS);
      prior.push(...shown);
      others += ranked.reduce((sum, [, count]) => sum + count, 0) - shown.reduce((sum, [, count]) => sum + count, 0);
      prior.push(["answered", others]);
    }
    const answered = this.#applied - this.#unanswered - this.#declined;
    if (!required || this.#unanswered > 0) prior.push(["unanswered", this.#unanswered]);
    if (this.#declined > 0) prior.push(["declined", this.#declined]);
    return { field: this.cells.field, applied: this.#applied, answered, prior: prior.map(([key, count]) => [key, count + SMOOTHING]) };
  }
}

/** Counts of all questions on which anything rests. */
export class Priors {
  /** @type {Counts[]} */
  #counts;

  /** @param {QuestionCells[]} questions */
  constructor(questions) {
    this.#counts = questions.filter(({ read }) => read).map((cells) => new Counts(cells));
  }

  /**
   * Counts a lead.
   * @param {Record<string, unknown>} lead
   * @param {Set<string>} shown the fields whose questions apply to it
   * @param {Set<string>} invalid fields whose answers are none
   */
  add(lead, shown, invalid) {
    for (const counts of this.#counts) {
      const { field } = counts.cells;
      counts.given ||= field in lead;
      if (shown.has(field) && !invalid.has(field)) counts.add(lead[field]);
    }
  }

  /** What was counted, in the form's order, and the questions about which no lead says anything. @returns {{ questions: Prior[], silent: string[] }} */
  found() {
    const given = this.#counts.filter(({ given }) => given);
    return { questions: given.map((counts) => counts.prior()), silent: this.#counts.filter(({ given }) => !given).map(({ cells }) => cells.field) };
  }
}

/** A key as YAML has it in a flow map. @param {string} key */
const written = (key) => (/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(key) && !/^(?:null|~)$/i.test(key) ? key : JSON.stringify(key));

/** The lines to paste into a document. @param {Prior[]} questions @param {string[]} head comments */
export function priorLines(questions, head) {
  return [
    ...head.map((line) => `# ${line}`),
    "ask:",
    "  questions:",
    ...questions.flatMap(({ field, applied, answered, prior }) => [
      `    - field: ${field} # ${answered} of ${applied} answered`,
      `      prior: { ${prior.map(([key, weight]) => `${written(key)}: ${weight}`).join(", ")} }`,
    ]),
  ];
}
