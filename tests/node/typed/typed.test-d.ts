// A policy whose names and values are typed: this file only has to compile. The declaration beside it is what `leadgate types` writes.

import { load, type Decision, type Lead, type Policy } from "leadgate";
import { load as loadInPage } from "leadgate/page";
import { init, load as loadSlim } from "leadgate/page/slim";
import wasm from "leadgate/page.wasm";
import type { SaasInbound } from "./saas-inbound.js";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <T extends true>(_?: T) => {};

const policy: Policy<SaasInbound> = load<SaasInbound>(new Uint8Array());
const lead: Lead<SaasInbound> = { seats: { choice: "team" }, industry: "finance", "account.seats_used": { value: 5, source: "record" }, budget: { range: "0..100", as: 50 }, email: null };
const decision: Decision<SaasInbound> = policy.decide(lead, { stage: "lead" });

yes<Same<typeof decision.stage, { before: Stage; after: Stage | null; moves: { id: string; from: Stage; to: Stage; at?: string }[] } | null>>();
type Stage = "lead" | "mql" | "sql" | "pool";
yes<Same<typeof decision.scores.fit, number | null>>();
yes<Same<typeof decision.tables.grade, "A" | "B" | "C" | "D" | null>>();
if (decision.outcome === "screened:spam" || decision.outcome === "sales_east") decision.route;
policy.explain(lead).scores[0]?.name satisfies "fit" | "sdr_score" | "total" | "maturity" | undefined;
policy.possible({ seats: 5 }).tables.handover satisfies ("sales" | "sdr" | "marketing" | null)[];
loadInPage<SaasInbound>(new Uint8Array()).decide(lead).screen satisfies SaasInbound["screen"] | null;
init(wasm).then(() => loadSlim<SaasInbound>(new Uint8Array()).free());

// @ts-expect-error a field that the policy does not have
policy.decide({ seat: 5 });
// @ts-expect-error a value that the field cannot have
policy.decide({ industry: "farming" });
// @ts-expect-error a choice that its question does not have
policy.decide({ seats: { choice: "huge" } });
// @ts-expect-error a field without a question has no choices
policy.decide({ match: { choice: "none" } });
// @ts-expect-error a text is no range
policy.decide({ email: { range: "1..2", as: 1 } });
// @ts-expect-error a stage that the policy does not have
policy.decide(lead, { stage: "customer" });
// @ts-expect-error an outcome that the policy does not have
decision.outcome === "sales_nord";
// @ts-expect-error a row that its screen does not have
decision.outcome === "screened:rude";
// @ts-expect-error a score that it does not have
decision.scores.engagement;
// @ts-expect-error an output that it does not have
decision.tables.tier;
