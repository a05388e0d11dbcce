// From arguments to a command, and from whatever it throws to a message and an exit status.

import { LeadgateError } from "../src/error.mjs";
import { helpOf, parse, usageError } from "./arguments.mjs";
import { commands, overview } from "./commands/index.mjs";
import { status } from "./exit.mjs";
import { nearest } from "./nearest.mjs";
import { rendered } from "./policy/diagnostics.mjs";
import { DocumentErrors } from "./policy/open.mjs";

/** Other ways to say it. */
const aliases = new Map([["--help", "help"], ["-h", "help"], ["--version", "version"], ["-v", "version"], ["-V", "version"]]);

/**
 * @param {string[]} argv
 * @param {import("./terminal/terminal.mjs").Terminal} terminal
 * @returns {Promise<number>} the exit status
 */
export async function run([word, ...argv], terminal) {
  const { stdout, stderr, err } = terminal;
  try {
    if (word === undefined) {
      stderr.write(`${await overview()}\n`);
      return status.usage;
    }
    const name = aliases.get(word) ?? word;
    if (name.startsWith("-")) throw usageError(`a command comes before \`${name}\``, `leadgate <command> ${name} …; commands: ${Object.keys(commands).join(", ")}`);
    if (!Object.hasOwn(commands, name)) {
      const near = nearest(name, Object.keys(commands));
      throw usageError(`there is no command \`${name}\``, near ? `did you mean \`${near}\`?` : `commands: ${Object.keys(commands).join(", ")}`);
    }
    const command = await commands[name]();
    const { values, args } = parse(command, argv);
    if (values.help) {
      stdout.write(`${helpOf(command)}\n`);
      return status.ok;
    }
    return await command.run({ ...terminal, locale: values.locale ?? terminal.locale }, values, args);
  } catch (error) {
    if (error instanceof DocumentErrors) {
      stderr.write(`${rendered(error.diagnostics, error.unreadable, err)}\n`);
      return status.findings;
    }
    if (!(error instanceof LeadgateError)) throw error;
    const where = error.path !== undefined && !error.message.includes(error.path) ? `${error.path}: ` : "";
    stderr.write(`${err.red("error")}${error.code === "usage" ? "" : err.dim(`[${error.code}]`)}: ${where}${error.message}\n`);
    if (error.help) stderr.write(`${err.cyan("help")}: ${error.help}\n`);
    return status.usage;
  }
}
