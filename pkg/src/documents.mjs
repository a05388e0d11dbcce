// Checking, compiling and formatting policy documents.

import { LeadgateError } from "./error.mjs";
import { reading } from "./given.mjs";

/**
 * @typedef {import("./instance.mjs").Glue & Pick<typeof import("../wasm/author/leadgate.js"), "cel" | "check" | "compile" | "forecast" | "format" | "question_cells" | "study_document">} AuthorGlue
 */

const encoder = new TextEncoder();

/**
 * @param {string} text
 * @param {string} path
 */
function encoded(text, path) {
  if (!text.isWellFormed()) {
    throw new LeadgateError("not-unicode", "the text holds half of a surrogate pair", { path, help: "give well-formed Unicode, or the file's bytes" });
  }
  return encoder.encode(text);
}

/**
 * The files as the engine takes them: bytes by path, in an object without prototype.
 * @param {string} main
 * @param {Record<string, string | Uint8Array>} files
 */
function bytesOf(main, files) {
  if (typeof main !== "string") throw new LeadgateError("wrong-type", "the document's path is not a string", { path: "main", help: "name the document among the files" });
  if (files === null || typeof files !== "object") throw new LeadgateError("wrong-type", "the files are not an object", { path: "files", help: "give contents by path" });
  /** @type {Record<string, Uint8Array>} */
  const bytes = Object.create(null);
  for (const [path, content] of reading("files", () => Object.entries(files))) {
    if (typeof content === "string") bytes[path] = encoded(content, path);
    else if (reading(path, () => content instanceof Uint8Array)) bytes[path] = content;
    else throw new LeadgateError("wrong-type", "a file is neither a string nor a Uint8Array", { path, help: "give its text or its bytes" });
  }
  if (!(main in bytes)) throw new LeadgateError("missing-file", `\`${main}\` is not among the files`, { path: main, help: `given: ${Object.keys(bytes).slice(0, 12).join(", ") || "none"}` });
  return bytes;
}

/** @param {unknown} program */
function programBytes(program) {
  if (!reading("program", () => program instanceof Uint8Array)) throw new LeadgateError("wrong-type", "the program is not a Uint8Array", { path: "program", help: "give what `compile` made" });
}

/** Why there is no forecast: what is said, and what to do. @type {Record<string, [message: (about: string) => string, help: string]>} */
const FORECASTS = {
  "not-a-program": [(about) => about, "compile the policy again with this version of Leadgate"],
  "no-questions": [() => "the policy asks no questions", "write them in `ask`"],
  "unknown-field": [(name) => `\`${name}\` is not a field of the policy`, "name fields that are known before the form begins"],
  "unknown-stage": [(name) => `\`${name}\` is not a stage of the policy`, "name the stage in which leads begin"],
  "too-large": [() => "what the form is there to settle rests on too much to be forecast", "forecast it with the fields that are always known as `known`, or settle something smaller"],
};

/** Where. @type {Record<string, string>} */
const PATHS = { "not-a-program": "program", "no-questions": "program", "too-large": "program", "unknown-field": "known", "unknown-stage": "stage" };

/** @param {string} error @param {string} about */
function unforecast(error, about) {
  const [message, help] = FORECASTS[error];
  return new LeadgateError(error, message(about), { path: PATHS[error], help });
}

/**
 * What the build that reads documents offers.
 * @param {import("./instance.mjs").Instance<AuthorGlue>} instance
 */
export function author(instance) {
  const { glue } = instance;
  return {
    /**
     * Checks a document. `missing` names the files that it refers to and that were not given.
     * @param {string} main path of the document among the files
     * @param {Record<string, string | Uint8Array>} files
     * @returns {import("./author.d.ts").CheckReport}
     */
    check(main, files) {
      const bytes = bytesOf(main, files);
      return JSON.parse(instance.call(() => glue.check(main, bytes)));
    },

    /**
     * Compiles a document. There is a program exactly when no diagnostic is an error.
     * @param {string} main path of the document among the files
     * @param {Record<string, string | Uint8Array>} files
     * @returns {import("./author.d.ts").Compiled}
     */
    compile(main, files) {
      const bytes = bytesOf(main, files);
      return instance.call(() => {
        const result = glue.compile(main, bytes);
        const { diagnostics, program, texts, slice, slice_texts, open } = result;
        const lists = Object.fromEntries(result.lists.map((/** @type {string} */ name) => [name, /** @type {Uint8Array} */ (result.list(name))]));
        result.free();
        return { diagnostics: JSON.parse(diagnostics), program, lists, texts: texts ? JSON.parse(texts) : {}, slice, sliceTexts: slice_texts ? JSON.parse(slice_texts) : {}, open };
      });
    },

    /**
     * Checks and compiles a document for an editor: in one pass, with its parts, and with a program where only golden leads fail.
     * @param {string} main path of the document among the files
     * @param {Record<string, string | Uint8Array>} files
     * @returns {import("./author.d.ts").Study}
     */
    study(main, files) {
      const bytes = bytesOf(main, files);
      return instance.call(() => {
        const result = glue.study_document(main, bytes);
        const { facts, program } = result;
        result.free();
        const { texts, logic, ...known } = JSON.parse(facts);
        return { ...known, texts: texts ?? {}, logic: logic ?? undefined, program };
      });
    },

    /**
     * What the form of a program costs its visitors on average.
     * @param {Uint8Array} program
     * @param {import("./author.d.ts").ForecastOptions} [options]
     * @returns {import("./author.d.ts").Forecast}
     */
    forecast(program, options) {
      programBytes(program);
      const { known = [], stage, submissions = 0 } = reading("options", () => ({ .../** @type {import("./author.d.ts").ForecastOptions} */ (options ?? {}) }));
      if (!Array.isArray(known) || known.some((name) => typeof name !== "string")) throw new LeadgateError("wrong-option", "`known` is not a list of names", { path: "known", help: "give the names of fields" });
      if (stage !== undefined && typeof stage !== "string") throw new LeadgateError("wrong-option", "`stage` is not a string", { path: "stage", help: "name a stage of the policy" });
      if (!Number.isInteger(submissions) || submissions < 0 || submissions > 1000) throw new LeadgateError("wrong-option", "`submissions` is not a count", { path: "submissions", help: "give a whole number from 0 to 1000" });
      for (const name of known) encoded(name, "known");
      const answer = JSON.parse(instance.call(() => glue.forecast(program, known, stage, submissions)));
      if (answer.error === undefined) return answer;
      throw unforecast(answer.error, answer.about);
    },

    /**
     * How the answers to each question are told apart.
     * @param {Uint8Array} program
     * @returns {import("./author.d.ts").QuestionCells[]}
     */
    questionCells(program) {
      programBytes(program);
      const cells = JSON.parse(instance.call(() => glue.question_cells(program)));
      // Of what is no program there are none; a forecast says so.
      if (cells.length === 0) {
        const { error, about } = JSON.parse(instance.call(() => glue.forecast(program, [], undefined, 0)));
        if (error === "not-a-program") throw unforecast(error, about);
      }
      return cells;
    },

    /**
     * Evaluates an expression that belongs to no policy.
     * @param {string} line of JSON: what is asked
     * @returns {string} a line of JSON: the answer
     */
    cel(line) {
      if (typeof line !== "string") throw new LeadgateError("wrong-type", "a line is not a string", { path: "line", help: "give the text of one line of JSON" });
      encoded(line, "line");
      return instance.call(() => glue.cel(line));
    },

    /**
     * A document in its standard layout.
     * @param {string} text
     * @returns {string}
     */
    format(text) {
      if (typeof text !== "string") throw new LeadgateError("wrong-type", "a document to format is a string", { path: "text", help: "decode its bytes first" });
      encoded(text, "text");
      const result = JSON.parse(instance.call(() => glue.format(text)));
      if (result.text !== undefined) return result.text;
      /** @type {import("./author.d.ts").Diagnostic[]} */
      const [{ code, message, help, line, column }] = result.diagnostics;
      throw new LeadgateError(code, message, { path: `${line}:${column}`, help: help ?? undefined });
    },
  };
}
