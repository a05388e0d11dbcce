// Decides one lead: `node examples/decide.mjs`, once `npm start` has built the engine.

import { readFileSync } from "node:fs";
import { load } from "leadgate";
import { check, compile } from "leadgate/author";

const read = (/** @type {string} */ path) => readFileSync(new URL(`../policies/saas-inbound/${path}`, import.meta.url));
/** @type {import("leadgate/author").Files} */
const files = { "policy.yaml": read("policy.yaml") };
for (const path of check("policy.yaml", files).missing) files[path] = read(path);

const { program, diagnostics } = compile("policy.yaml", files);
if (!program) throw new Error(diagnostics.map(({ rendered }) => rendered).join("\n"));
const policy = load(program);
const { outcome, scores, stage } = policy.decide({ company: "东海精密制造", mobile: "154 0013 8000", title: "CIO", industry: "manufacturing", source: "event", seats: 120 });
console.log(`${outcome}: fit ${scores.fit}, stage ${stage?.after}`);
