// `npm run sample`: sets up what is missing, builds, and decides the sample leads with the sample policy.

import { LeadgateError } from "../pkg/src/error.mjs";
import { messages } from "../pkg/cli/messages.mjs";
import { rendered } from "../pkg/cli/policy/diagnostics.mjs";
import { DocumentErrors } from "../pkg/cli/policy/open.mjs";
import { terminalOf } from "../pkg/cli/terminal/terminal.mjs";
import { Failure, runMain } from "./failure.mjs";
import { root } from "./paths.mjs";
import { decideSample } from "./sample.mjs";
import { setUpNodeModules } from "./setup/node-modules.mjs";
import { requireRust } from "./setup/rust.mjs";
import { buildWasm } from "./wasm/build.mjs";

const POLICY = "policies/saas-inbound/policy.yaml";
const LEADS = "policies/saas-inbound/leads.csv";

await runMain(async () => {
  requireRust();
  await setUpNodeModules();
  await buildWasm();
  const terminal = terminalOf(process);
  try {
    const lines = await decideSample(`${root}${POLICY}`, `${root}${LEADS}`, terminal);
    const { bold, dim } = terminal.out;
    const { tryNext, tries } = messages[terminal.locale];
    const next = [
      [`npx leadgate decide ${POLICY} ${LEADS} -o decisions.csv`, tries.decide],
      // Without a way to reach the person it would not be a lead.
      [`npx leadgate explain ${POLICY} --set email=chen@lingnan.example --set title=CIO --set industry=finance --set seats=120`, tries.explain],
      [`npx leadgate check ${POLICY}`, tries.check],
      ["npx leadgate help", tries.help],
      ["npm test", tries.test],
    ];
    const column = Math.max(...next.map(([command]) => command.length));
    console.log(["", ...lines, "", bold(tryNext), ...next.map(([command, what]) => `  ${command.padEnd(column)}  ${dim(what)}`), ""].join("\n"));
  } catch (error) {
    if (error instanceof DocumentErrors) {
      throw new Failure(`${POLICY} does not compile`, rendered(error.diagnostics, error.unreadable, terminal.err));
    }
    if (error instanceof LeadgateError) throw new Failure(error.path ? `${error.path}: ${error.message}` : error.message, error.help);
    throw error;
  }
});
