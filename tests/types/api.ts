// The package's declarations, used as a TypeScript program uses them. Compiled, never run.

import { LeadgateError, load, type Decision, type Lead, type Policy } from "leadgate";
import { check, compile, format, type Diagnostic } from "leadgate/author";
import { generateKeys, importKeys, makeClaim, signReceipt, verify, verifyClaim, type Claim, type Difference } from "leadgate/receipts";

const { program, diagnostics, texts, slice, sliceTexts } = compile("policy.yaml", { "policy.yaml": "leadgate: 1", "lists/east.txt": new Uint8Array() });
const first: Diagnostic | undefined = diagnostics[0];
const severity: "error" | "warning" | undefined = first?.severity;
const label: string | undefined = texts.zh?.["fields.seats"];
const missing: string[] = check("policy.yaml", {}).missing;
const text: string = format("leadgate: 1");

// @ts-expect-error there is a program only when no diagnostic is an error
load(program);

const policy: Policy = load(program ?? new Uint8Array());
const lead: Lead = {
  seats: 120,
  industry: "finance",
  has_project: true,
  budget: { declined: true },
  size: { choice: "team" },
  "account.tier": { value: "target", source: "record" },
  name: null,
};
const decision: Decision = policy.decide(lead, { stage: "mql", onInvalid: "absent" });
const outcome: string | null = decision.outcome;
const score: number | null | undefined = decision.scores.fit;
for (const { kind, points } of policy.explain(lead).scores[0]?.lines ?? []) {
  const contribution: [string, number] = [kind, points];
  void contribution;
}
const exact: boolean = policy.possible(lead).exact;

// @ts-expect-error a Date is no answer
policy.decide({ seats: new Date() });
// @ts-expect-error there are two ways to take what is not valid
policy.decide(lead, { onInvalid: "ignore" });

try {
  load(new Uint8Array());
} catch (error) {
  if (error instanceof LeadgateError) {
    const said: [code: string, path: string | undefined, help: string | undefined] = [error.code, error.path, error.help];
    void said;
    // @ts-expect-error the code of an error is its own
    error.code = "another";
  }
}
void [severity, label, missing, text, outcome, score, exact];

const page: Policy = load(slice ?? new Uint8Array());
const closed: (string | null)[] = page.possible(lead, { rest: "absent" }).outcomes;
const thanks: string | undefined = sliceTexts.zh?.["messages.soon"];
// @ts-expect-error what is not given is open or absent
page.possible(lead, { rest: "closed" });

const claim: Claim = makeClaim(page, lead, { now: new Date(0) });
const offences: Difference[] = verifyClaim(claim, { policy, slice: page, lead, now: "2026-11-21T01:00:00Z" }).differences;
const keys = await importKeys(await generateKeys());
const receipt: string = await signReceipt({ policy, lead, now: "2026-11-21T01:00:00Z", state: { stage: "mql" } }, keys);
const told: string | null | undefined = (await verify(receipt, { policy, lead, keys })).receipt?.decision.message;
void [closed, thanks, offences, told];
