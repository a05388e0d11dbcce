// `leadgate help [command]`

import { helpOf, usageError } from "../arguments.mjs";
import { status } from "../exit.mjs";
import { nearest } from "../nearest.mjs";
import { commands, overview } from "./index.mjs";

/** @type {import("../arguments.mjs").Command} */
export const help = {
  name: "help",
  summary: "tells what a command does and takes",
  usage: "[command]",
  takes: [0, 1],
  options: {},
  async run({ stdout }, _values, [name]) {
    if (name !== undefined && !Object.hasOwn(commands, name)) {
      const near = nearest(name, Object.keys(commands));
      throw usageError(`there is no command \`${name}\``, near && `did you mean \`${near}\`?`);
    }
    stdout.write(`${name === undefined ? await overview() : helpOf(await commands[name]())}\n`);
    return status.ok;
  },
};
