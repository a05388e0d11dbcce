// The hand-written types, as a program in TypeScript meets them: this file only has to compile, and `node` proves elsewhere that the values are such.

import { LeadgateError, load, type Answer, type Decision, type Explanation, type Lead, type Policy, type Possible, type Value } from "leadgate";
import { check, compile, format, type Compiled, type Diagnostic, type Files } from "leadgate/author";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <T extends true>(_?: T) => {};

const files: Files = { "policy.yaml": "leadgate: 1", "lists/east.txt": new Uint8Array() };
const compiled: Compiled = compile("policy.yaml", files);
const { missing, logic, diagnostics } = check("policy.yaml", files);
yes<Same<typeof missing, string[]>>();
yes<Same<typeof logic, string | undefined>>();
yes<Same<typeof diagnostics, Diagnostic[]>>();
yes<Same<Diagnostic["severity"], "error" | "warning">>();
yes<Same<ReturnType<typeof format>, string>>();
// @ts-expect-error a program is there only where no diagnostic is an error
load(compiled.program);
// @ts-expect-error files are texts or bytes
check("policy.yaml", { "policy.yaml": 5 });
// @ts-expect-error a text is no program
load("LGP");

const policy: Policy = load(compiled.program ?? new Uint8Array());
const answers: Answer[] = ["a", 1, true, null, undefined, { declined: true }, { choice: "team" }, { value: 5, source: "record" }, { range: "20..99", as: 50 }];
const lead: Lead = { seats: 120, budget: answers[0] };
// @ts-expect-error a Date is no answer
policy.decide({ closed: new Date() });
// @ts-expect-error neither is a bigint
policy.decide({ seats: 5n });
// @ts-expect-error there is no such source
policy.decide({ seats: { value: 5, source: "crm" } });
// @ts-expect-error there is no such way with what is not valid
policy.decide(lead, { onInvalid: "ignore" });

const decision: Decision = policy.decide(lead, { stage: "lead", onInvalid: "absent" });
yes<Same<typeof decision.outcome, string | null>>();
yes<Same<(typeof decision.scores)[string], number | null>>();
yes<Same<(typeof decision.tables)[string], Value | Value[] | null>>();
// @ts-expect-error a decision need not have a stage
decision.stage.after;
yes<Same<NonNullable<Decision["stage"]>["after"], string | null>>();

const explanation: Explanation = policy.explain(lead);
yes<Same<Explanation["rows"]["route"], string | null>>();
for (const { value, lines, missing } of explanation.scores) {
  yes<Same<typeof value, number>>();
  yes<Same<(typeof lines)[number]["kind"], "rule" | "cap" | "floor" | "range" | "score" | "reset" | "bound">>();
  yes<Same<(typeof missing)[number]["field"], string>>();
}

const possible: Possible = policy.possible({});
yes<Same<typeof possible.stageMayFault, boolean>>();
yes<Same<typeof possible.outcomes, (string | null)[]>>();
yes<Same<(typeof possible.scores)[string], { min: number; max: number; mayFault: boolean } | null>>();
// @ts-expect-error a score that cannot have a value has no bounds
possible.scores.fit.min;

const error = new LeadgateError("code", "message", { path: "seats", help: "do this" });
yes<Same<typeof error.path, string | undefined>>();
// @ts-expect-error what an error says is not to be changed
error.code = "other";
