// `leadgate cel < lines.jsonl`

import { createInterface } from "node:readline";
import { cel as answer } from "../../src/author/node.mjs";
import { openInput } from "../leads/input.mjs";
import { status } from "../exit.mjs";

/** @type {import("../arguments.mjs").Command} */
export const cel = {
  name: "cel",
  summary: "evaluates expressions that belong to no policy, as the language is defined: JSON Lines in and out",
  usage: "[lines.jsonl|-]",
  takes: [0, 1],
  options: {},
  notes: [
    'a line: {"id", "expr", "bindings"?: {name: value}, "container"?, "type_env"?, "disable_check"?, "check_only"?}',
    'values as in CEL\'s conformance tests, such as {"int64Value": "1"}; a binding may be {"unknown": true}',
    'an answer: {"id", "value", "type"} or {"id", "error", "phase"} or {"id", "unknown": [names]}',
  ],
  async run({ stdin, stdout }, _values, [path = "-"]) {
    const { stream } = openInput(path, stdin);
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
      if (line.trim() === "") continue;
      if (!stdout.write(`${answer(line.toWellFormed())}\n`)) await new Promise((resolve) => stdout.once("drain", resolve));
    }
    return status.ok;
  },
};
