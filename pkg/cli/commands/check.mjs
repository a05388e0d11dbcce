// `leadgate check policy.yaml`

import { status } from "../exit.mjs";
import { hasErrors, rendered } from "../policy/diagnostics.mjs";
import { compileFile } from "../policy/open.mjs";
import { pageReport, pageText } from "../policy/page.mjs";

/** As many as an agreement names to be sure of the logic that it means. */
const DIGITS = 16;

/** @type {import("../arguments.mjs").Command} */
export const check = {
  name: "check",
  summary: "checks a policy document, its lists and its golden leads",
  usage: "<policy.yaml> [--page] [--json]",
  takes: [1, 1],
  options: {
    page: { type: "boolean", help: "also what leaves for the page, and what of it rests on secrets" },
    json: { type: "boolean", help: "diagnostics as JSON" },
  },
  notes: ["exit status: 0 when the policy compiles, 1 when it has errors"],
  async run({ stdout, stderr, out, err }, { json, page }, [path]) {
    const compilation = await compileFile(path);
    const { diagnostics, unreadable, program, golden, logic } = compilation;
    const ok = program !== undefined && !hasErrors(diagnostics);
    const leaves = page && ok ? await pageReport(path, compilation) : undefined;
    if (json) {
      stdout.write(`${JSON.stringify({ ok, logic, diagnostics, unreadable, page: leaves }, null, 2)}\n`);
    } else {
      const text = rendered(diagnostics, unreadable, err);
      if (text !== "") stderr.write(`${text}\n`);
      const checked = golden > 0 ? `, ${golden} golden lead${golden === 1 ? "" : "s"}` : "";
      if (ok) stdout.write(`${out.green("ok")} ${path}${checked}, logic ${logic?.slice(0, DIGITS)}\n`);
      if (leaves) stdout.write(pageText(leaves));
    }
    return ok ? status.ok : status.findings;
  },
};
