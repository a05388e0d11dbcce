// `leadgate types policy.yaml -o policy.d.ts`

import { usageError } from "../arguments.mjs";
import { status } from "../exit.mjs";
import { declaration } from "../policy/declaration.mjs";
import { writeWhole } from "../policy/files.mjs";
import { openPolicy } from "../policy/open.mjs";

/** @type {import("../arguments.mjs").Command} */
export const types = {
  name: "types",
  summary: "writes a policy's fields, stages and routes as TypeScript types",
  usage: "<policy.yaml|policy.lgp> [-o policy.d.ts]",
  takes: [1, 1],
  options: { "out-file": { type: "string", short: "o", value: "file", help: "the declaration, ending in .d.ts (default: beside the policy)" } },
  notes: ["--locale is the language of the labels, which become comments"],
  async run({ stdout, out, locale }, values, [path]) {
    const target = values["out-file"] ?? `${path.replace(/\.(ya?ml|json|lgp)$/i, "")}.d.ts`;
    if (!/\.d\.[cm]?ts$/.test(target)) throw usageError(`\`${target}\` does not end in .d.ts`, "that ending tells a compiler that it only declares");
    const { policy, texts } = await openPolicy(path);
    writeWhole(target, declaration(policy.describe(), texts, locale));
    stdout.write(`${out.green("declared")} ${target}\n`);
    return status.ok;
  },
};
