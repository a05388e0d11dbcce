// `leadgate check policy.yaml`

import { status } from "../exit.mjs";
import { hasErrors, rendered } from "../policy/diagnostics.mjs";
import { compileFile } from "../policy/open.mjs";

/** @type {import("../arguments.mjs").Command} */
export const check = {
  name: "check",
  summary: "checks a policy document, its lists and its golden leads",
  usage: "<policy.yaml> [--json]",
  takes: [1, 1],
  options: { json: { type: "boolean", help: "diagnostics as JSON" } },
  notes: ["exit status: 0 when the policy compiles, 1 when it has errors"],
  async run({ stdout, stderr, out, err }, { json }, [path]) {
    const { diagnostics, unreadable, program, golden } = await compileFile(path);
    const ok = program !== undefined && !hasErrors(diagnostics);
    if (json) {
      stdout.write(`${JSON.stringify({ ok, diagnostics, unreadable }, null, 2)}\n`);
    } else {
      const text = rendered(diagnostics, unreadable, err);
      if (text !== "") stderr.write(`${text}\n`);
      if (ok) stdout.write(`${out.green("ok")} ${path}${golden > 0 ? `, ${golden} golden lead${golden === 1 ? "" : "s"}` : ""}\n`);
    }
    return ok ? status.ok : status.findings;
  },
};
