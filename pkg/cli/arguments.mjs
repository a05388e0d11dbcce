// The arguments of a command: what it takes, how that is read, and how it is told.

import { parseArgs } from "node:util";
import { LeadgateError } from "../src/error.mjs";
import { nearest } from "./nearest.mjs";

/**
 * @typedef {object} Option
 * @property {"string" | "boolean"} type
 * @property {string} help
 * @property {string} [short]
 * @property {string} [value] what its value is called
 * @property {string[]} [choices]
 * @property {boolean} [multiple]
 */

/**
 * @typedef {object} Command
 * @property {string} name
 * @property {string} summary one line
 * @property {string} usage what follows the name
 * @property {[least: number, most: number]} takes how many arguments beside options
 * @property {Record<string, Option>} options
 * @property {string[]} [notes] lines after the options
 * @property {(terminal: import("./terminal/terminal.mjs").Terminal, values: Values, args: string[]) => Promise<number>} run answers with the exit status
 */

/** @typedef {{ [name: string]: any }} Values the options that were given */

/** @type {Record<string, Option>} */
export const commonOptions = {
  locale: { type: "string", value: "en|zh", choices: ["en", "zh"], help: "language of headings, summaries and the policy's texts" },
  help: { type: "boolean", short: "h", help: "what the command does and takes" },
};

/** @param {string} message @param {string} [help] */
export const usageError = (message, help) => new LeadgateError("usage", message, { help });

/**
 * Reads the arguments of a command.
 * @param {Command} command
 * @param {string[]} argv
 * @returns {{ values: Values, args: string[] }}
 */
export function parse(command, argv) {
  const options = { ...command.options, ...commonOptions };
  const help = `leadgate ${command.name} --help tells what it takes`;
  let parsed;
  try {
    parsed = parseArgs({
      args: argv,
      allowPositionals: true,
      options: Object.fromEntries(Object.entries(options).map(([name, { type, short, multiple = false }]) => [name, { type, multiple, ...(short ? { short } : {}) }])),
    });
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    const unknown = code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" ? /'(-[^']*)'/.exec(message)?.[1] : undefined;
    if (unknown === undefined) throw usageError(message.split(/\.\s/)[0].replace(/'/g, "`"), help);
    const near = nearest(unknown.replace(/^-+/, ""), Object.keys(options));
    throw usageError(`\`${command.name}\` has no option \`${unknown}\``, near ? `did you mean \`--${near}\`?` : help);
  }
  /** @type {Values} */
  const values = parsed.values;
  for (const [name, { choices }] of Object.entries(options)) {
    const value = values[name];
    if (choices && value !== undefined && !choices.includes(value)) {
      const near = nearest(value, choices);
      throw usageError(`\`--${name} ${value}\` is none of ${choices.join(", ")}`, near && `did you mean \`${near}\`?`);
    }
  }
  const [least, most] = command.takes;
  if (!values.help && (parsed.positionals.length < least || parsed.positionals.length > most)) {
    throw usageError(`usage: leadgate ${command.name} ${command.usage}`, help);
  }
  return { values, args: parsed.positionals };
}

/**
 * What `--help` prints.
 * @param {Command} command
 */
export function helpOf(command) {
  const options = Object.entries({ ...command.options, ...commonOptions }).map(([name, { short, value, help }]) =>
    /** @type {[string, string]} */ ([`${short ? `-${short}, ` : "    "}--${name}${value ? ` <${value}>` : ""}`, help]));
  const column = Math.max(...options.map(([left]) => left.length));
  return [
    `leadgate ${command.name}: ${command.summary}`,
    "",
    `usage: leadgate ${command.name} ${command.usage}`,
    "",
    ...options.map(([left, help]) => `  ${left.padEnd(column)}  ${help}`),
    ...(command.notes?.length ? ["", ...command.notes] : []),
  ].join("\n");
}
