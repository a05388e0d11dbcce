// A program in an instance of the engine.

import { AnswerError, Encoder, shown } from "./encode.mjs";
import { LeadgateError } from "./error.mjs";
import { decisionOf, explanationOf, formOf, isOdd, nextOf, possibleOf, rowsOf } from "./results.mjs";

/**
 * @typedef {import("../wasm/full/leadgate.js").Engine} FullEngine
 * @typedef {"live" | "columns" | "columns_value" | "columns_written" | "columns_texts" | "columns_decide"} Rest what a page does not ask
 * @typedef {"__destroy_into_raw" | typeof Symbol.dispose} Generated what only generated glue has
 * @typedef {Omit<FullEngine, Rest | Generated> & Partial<Pick<FullEngine, Rest>>} Engine of any build: a page knows nothing of a lead's life
 * @typedef {import("./instance.mjs").Glue & { Engine: { load(bytes: Uint8Array): Engine | undefined }, load_error: (bytes: Uint8Array) => string, lead_error: (kind: number) => string, readValues: import("./encode.mjs").Read, Passing?: typeof import("./passing.mjs").Passing }} EngineGlue
 * @typedef {import("./instance.mjs").Instance<EngineGlue>} EngineInstance
 */

const FIRST_STAGE = 0xffff;

// What the engine can be asked about a lead; as in src/wasm/engine.rs.
const EXPLAIN = 0;
const POSSIBLE = 1;
const FORM = 2;
const NEXT = 6;

/** @type {Map<number, [string, string]>} */
const leadErrors = new Map();

/** @param {EngineGlue} glue @param {number} kind */
function failure(glue, kind) {
  let known = leadErrors.get(kind);
  if (!known) {
    const [code = "wrong-answer", message = "the answer cannot be used"] = glue.lead_error(kind).split("\n");
    known = [code, message];
    leadErrors.set(kind, known);
  }
  return new AnswerError(...known);
}

/** What to do about an answer of this kind, where the field itself has nothing to add. @type {Record<string, string>} */
const HELP = {
  "wrong-type": "give a value of the field's type",
  "not-finite": "leave the field out where there is no number",
  "not-an-integer": "give a whole number within ±9007199254740991",
  "wrong-format": "for example name@company.com",
  "not-unicode": "give well-formed Unicode, without half of a surrogate pair",
  "range-needs-value": "give `{ range, as }` with the number itself",
};

/**
 * How a lead is taken: whether what is not given is open, and what is done about an answer that its field cannot have.
 * @typedef {{ open: boolean, kept?: Set<number>, invalid: (field: string, error: AnswerError) => void, notes?: import("./index.d.ts").Note[] }} How
 */
const NOTHING = { engine: /** @type {any} */ (undefined), codes: new Float64Array(0), record: new Uint8Array(0), texts: new Uint8Array(0), results: new Float64Array(0) };
/** How many bytes of texts a lead can bring along; as in src/engine/encoded.rs. */
export const TEXTS = 4096;

/** A count among options; 0 where it is not given. @param {Record<string, any> | undefined} options @param {string} name */
export function counted(options, name) {
  const count = options?.[name] ?? 0;
  if (!Number.isInteger(count) || count < 0 || count > 1000) throw wrongOption(name, count, "give a whole number from 0 to 1000");
  return count;
}

/** Whether what is not given is open. @param {import("./index.d.ts").PossibleOptions} [options] */
export function isOpen(options) {
  const rest = options?.rest ?? "open";
  if (rest !== "open" && rest !== "absent") throw wrongOption("rest", rest, "it is `open` or `absent`");
  return rest === "open";
}

/** What to do where a page's build is asked for more. */
export const SERVER = "import `leadgate`, on the server";
/** What to do about a wrong `open`. */
const STILL = "give a list of fields that may still come";

/** @param {string} name of an option @param {unknown} value @param {string} help */
const wrongOption = (name, value, help) => new LeadgateError("wrong-option", `\`${name}\` cannot be ${shown(value)}`, { path: name, help });

export class Loaded {
  instance;
  /** @type {import("./index.d.ts").Description | undefined} */
  #description;
  #views = NOTHING;
  #generation = -1;
  /** Counts leads. */
  #turn = 0;
  #bytes;
  /** @type {Engine} */
  #engine;
  /** @type {import("./results.mjs").Made} */
  made;
  #encoder;
  #more;
  /** @type {How} */
  #refuse;
  /** @type {How} */
  #refuseOpen;

  /** @param {EngineInstance} instance @param {Uint8Array} bytes */
  constructor(instance, bytes) {
    this.instance = instance;
    this.#bytes = bytes.slice();
    this.#engine = this.#load();
    const made = JSON.parse(this.#engine.describe());
    const first = made.names.indexOf(made.outputs[0]?.name);
    for (const [at, output] of made.outputs.entries()) {
      const numbers = output.values?.includes(null) ? this.#engine.numbers(first + at) : [];
      output.values = (output.values ?? []).map((/** @type {unknown} */ value, /** @type {number} */ index) => value ?? numbers[index]);
    }
    made.odd = [...made.scores, ...made.outputs].some(isOdd);
    this.made = made;
    this.#encoder = new Encoder(made.fields, (kind) => failure(instance.glue, kind), () => this.current(), instance.glue);
    const invalid = (/** @type {string} */ field, /** @type {AnswerError} */ error) => {
      throw new LeadgateError(error.code, `the field \`${field}\`: ${error.message}`, { path: field, help: error.help ?? this.#help(error.code, field) });
    };
    this.#refuse = { open: false, invalid };
    this.#refuseOpen = { open: true, invalid };
    this.#more = {
      faults: () => this.#engine.faults(),
      identity: (/** @type {number} */ index) => this.#identity(index),
    };
  }

  #load() {
    const { glue } = this.instance.start();
    const engine = glue.Engine.load(this.#bytes);
    if (engine === undefined) {
      const [code, message, byte] = glue.load_error(this.#bytes).split("\n");
      const help = code === "program-capability" ? "`leadgate/needs` names the build that runs it; where that is this one, compile the policy again" : "compile the policy again with this version of Leadgate";
      throw new LeadgateError(code, message, { path: `byte ${byte}`, help });
    }
    this.#generation = this.instance.generation;
    return engine;
  }

  /** The engine and views of its memory, all current. */
  current() {
    if (this.#generation !== this.instance.generation) {
      this.#engine = this.#load();
      this.#encoder.forget();
      this.#views = NOTHING;
    }
    // Growth of the memory detaches every view of it.
    if (this.#views.texts.length === 0) {
      const [codes, record, results, texts = 0] = this.#engine.places();
      const { buffer } = this.instance.memory;
      const count = this.made.fields.length;
      this.#views = {
        engine: this.#engine,
        codes: new Float64Array(buffer, codes, count),
        record: new Uint8Array(buffer, record, count),
        // A page's leads bring no texts along; that the memory has grown shows here all the same.
        texts: new Uint8Array(buffer, texts, TEXTS),
        results: new Float64Array(buffer, results, this.made.room),
      };
    }
    return this.#views;
  }

  /** @param {number} index @returns {[string, string | number | boolean][]} */
  #identity(index) {
    return this.made.identity[index].map((field) => {
      const { name, type, values } = this.made.fields[field];
      // Deciding may have made the memory grow under the view, and so may each text.
      const code = this.current().codes[field];
      if (type === "string") return [name, this.#engine.normal(field, code)];
      if (type === "bool") return [name, code === 1];
      // Minus nought is nought: otherwise one number would be two keys.
      return [name, type === "enum" ? /** @type {string} */ (values?.[code]) : code + 0];
    });
  }

  /**
   * Asks the engine about a lead until no answer is left that it cannot use.
   * @param {Record<string, unknown>} lead
   * @param {How} how
   * @param {number} question
   * @param {number} [stage]
   * @param {number} [limit]
   * @param {number} [submissions]
   */
  #run(lead, how, question, stage = FIRST_STAGE, limit = 0, submissions = 0) {
    this.write(lead, how);
    for (;;) {
      const numbers = this.#engine.ask(question, stage, limit, submissions);
      if (numbers[0] === 0) return numbers;
      this.drop(numbers[0], how);
    }
  }

  /** An answer that only the engine could tell is wrong counts as absent, or is refused. @param {number} wrong @param {How} how */
  drop(wrong, how) {
    const field = wrong & 0xffff;
    how.invalid(this.made.fields[field].name, failure(this.instance.glue, wrong >>> 16));
    this.current().codes[field] = NaN;
  }

  /**
   * Puts a lead into the engine's memory.
   * @param {Record<string, unknown>} lead
   * @param {How} how
   */
  write(lead, how) {
    // A getter of the lead may decide another lead with the same policy; this one is then half overwritten.
    const turn = ++this.#turn;
    // It may also make the instance trap, and what was read so far is then of another one.
    const { generation } = this.instance;
    try {
      this.#encoder.encode(lead, how);
      if (turn !== this.#turn || generation !== this.instance.generation) throw new LeadgateError("unreadable-lead", "reading the lead decided another lead", { path: "lead", help: "give an object whose properties are plain values" });
    } catch (error) {
      if (error instanceof LeadgateError || error instanceof WebAssembly.RuntimeError) throw error;
      throw new LeadgateError("unreadable-lead", "the lead cannot be read: one of its properties throws", { path: "lead", help: "give an object whose properties are plain values", cause: error });
    }
  }

  /** @param {import("./index.d.ts").Options | undefined} options @param {boolean} open @returns {How} */
  how(options, open) {
    const onInvalid = options?.onInvalid;
    if (onInvalid === undefined || onInvalid === "refuse") return open ? this.#refuseOpen : this.#refuse;
    if (onInvalid !== "absent") throw wrongOption("onInvalid", onInvalid, "it is `refuse` or `absent`");
    /** @type {import("./index.d.ts").Note[]} */
    const notes = [];
    return { open, notes, invalid: (path, { code, message }) => void notes.push({ code, message, path }) };
  }

  /** @param {string} code @param {string} name of a field */
  #help(code, name) {
    const at = this.made.names.indexOf(name);
    const { maxLength, choices = [] } = this.made.fields[at];
    if (code === "out-of-bounds") return `its bounds: ${Array.from(this.#engine.numbers(at)).join(" to ")}`;
    if (code === "too-long") return `at most ${maxLength} characters`;
    if (code === "unknown-choice") return `its choices: ${choices.join(", ")}`;
    return HELP[code];
  }

  /** @param {import("./index.d.ts").Options | undefined} options */
  #stage(options) {
    // What knows of a lead's life asks for itself; here it would be decided as if it had none.
    if (options?.state ?? options?.events) throw new LeadgateError("not-in-build", "this build knows neither states nor events", { path: "state", help: SERVER });
    const name = options?.stage;
    if (name === undefined || name === null) return FIRST_STAGE;
    const at = this.made.stages.indexOf(name);
    if (at < 0) throw new LeadgateError("unknown-stage", `${shown(name)} is not a stage of the policy`, { path: "stage", help: this.made.stages.length > 0 ? `its stages: ${this.made.stages.join(", ")}` : "it has no stages" });
    return at;
  }

  /** @param {How} how @param {Float64Array | number[]} [numbers] */
  decision(how, numbers = this.current().results) {
    const decision = decisionOf(this.made, numbers, this.#more);
    if (how.notes !== undefined) {
      // By field, and what is no field by name: what was looked at first depends on what was decided before.
      const rank = (/** @type {import("./index.d.ts").Note} */ { path }) => this.#encoder.index.get(path) ?? Infinity;
      decision.notes = how.notes.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
    }
    return decision;
  }

  /** Gives the engine's memory back. What was loaded into an instance that trapped went with it. */
  free() {
    if (this.#generation === this.instance.generation) this.#engine.free();
  }

  describe() {
    if (!this.#description) {
      const { policy, version, logic, program, slice, messages, fields, scores, outputs, stages, outcomes, screen, ask, queues = [] } = this.made;
      this.#description = /** @type {import("./index.d.ts").Description} */ ({
        policy, version, logic, program, slice, stages, outcomes, screen,
        messages: messages?.ids ?? [],
        fields: fields.map(({ unread: _, ...field }) => field),
        scores: scores.map(({ name, groups }) => ({ name, groups: (groups ?? []).map(({ id }) => id).filter(Boolean) })),
        outputs,
        ask: { settle: ask.settle, perVisit: ask.perVisit ?? null, questions: ask.questions.map(({ cost, ...question }) => ({ ...question, cost: cost / 1000 })) },
        queues,
      });
    }
    return structuredClone(this.#description);
  }

  /** A slice in which something is secret decides nothing. */
  decisive() {
    if (this.made.provisional) throw new LeadgateError("provisional-program", "this slice of the policy cannot decide: what it leaves out is secret", { path: "program", help: 'ask `possible(lead, { rest: "absent" })` what can come out, and decide with the full program on the server' });
  }

  /** @param {Record<string, unknown>} lead @param {import("./index.d.ts").Options} [options] */
  decide(lead, options) {
    this.decisive();
    const stage = this.#stage(options);
    const how = this.how(options, false);
    this.write(lead, how);
    const engine = this.#engine;
    let wrong = 0;
    // As in #run, without a function for each lead.
    do {
      if (wrong !== 0) this.drop(wrong, how);
      wrong = engine.decide(stage);
    } while (wrong !== 0);
    return this.decision(how);
  }

  /** @param {Record<string, unknown>} lead @param {import("./index.d.ts").Options} [options] */
  explain(lead, options) {
    this.decisive();
    const stage = this.#stage(options);
    const how = this.how(options, false);
    const numbers = this.#run(lead, how, EXPLAIN, stage);
    const decision = this.decision(how);
    return { decision, rows: rowsOf(this.made, this.current().results), scores: explanationOf(this.made, numbers) };
  }

  /** @param {Record<string, unknown>} lead @param {import("./index.d.ts").PossibleOptions} [options] */
  possible(lead, options) {
    const stage = this.#stage(options);
    return possibleOf(this.made, this.#run(lead, this.how(options, isOpen(options)), POSSIBLE, stage));
  }

  /** @param {Record<string, unknown>} lead @param {import("./index.d.ts").Options} [options] */
  form(lead, options) {
    return formOf(this.made, this.#run(lead, this.how(options, false), FORM, this.#stage(options)));
  }

  /** @param {Record<string, unknown>} lead @param {import("./index.d.ts").NextOptions} [options] */
  next(lead, options) {
    const stage = this.#stage(options);
    return nextOf(this.made, this.#run(lead, this.asking(options), NEXT, stage, counted(options, "limit"), counted(options, "submissions")));
  }

  /** How a lead is taken whose form is under way: what is asked for is open, and what `open` names. @param {import("./index.d.ts").NextOptions} [options] @returns {How} */
  asking(options) {
    const { names, ask } = this.made;
    const open = options?.open ?? [];
    if (!Array.isArray(open)) throw wrongOption("open", open, STILL);
    const kept = [...ask.questions.map(({ field }) => field), ...open].map((name) => {
      const at = names.indexOf(name);
      if (at < 0 || at >= this.made.fields.length) throw new LeadgateError("unknown-field", `${shown(name)} is not a field of the policy`, { path: "open", help: STILL });
      return at;
    });
    return { ...this.how(options, false), kept: new Set(kept) };
  }
}
