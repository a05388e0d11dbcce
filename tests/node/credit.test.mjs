// Whose work an SQL is, counted from what policies/pools and policies/fxiaoke leave in a lead's history.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { load } from "leadgate";
import { compile } from "leadgate/author";
import { root } from "../../scripts/paths.mjs";

/** @param {string} name */
function open(name) {
  const folder = join(root, "policies", name);
  const names = ["policy.yaml", ...readdirSync(join(folder, "lists")).map((list) => `lists/${list}`)];
  const { program, diagnostics } = compile("policy.yaml", Object.fromEntries(names.map((file) => [file, readFileSync(join(folder, file))])));
  assert.ok(program, JSON.stringify(diagnostics));
  return load(program);
}

/**
 * What becomes of a lead: its state after all steps.
 * @param {ReturnType<typeof open>} policy
 * @param {Record<string, unknown>} lead
 * @param {string} stage
 * @param {{ at: string, event?: string, reason?: string, by?: string, lead?: Record<string, unknown>, events?: { type: string, at: string }[] }[]} steps
 */
function live(policy, lead, stage, steps) {
  /** @type {any} */
  let state = { stage };
  for (const { at, lead: more, events, ...step } of steps) {
    const moved = policy.advance(/** @type {any} */ ({ ...lead, ...more }), step, /** @type {any} */ ({ now: at, state, ...(events ? { events } : {}) }));
    assert.ok(moved.ok, JSON.stringify(moved));
    state = moved.state;
  }
  return state;
}

test("an SDR is credited with what sales accepted and did not return at once", () => {
  const policy = open("pools");
  const lead = { name: "王敏", company: "东海", mobile: "15400138000" };
  /** @param {any} state */
  const credited = (state) => policy.stays(state).filter((stay) => stay.stage === "sql" && stay.leftBy !== "bounce").length;
  const accepted = { at: "2026-09-01T10:00:00+08:00", event: "accepted" };
  const atOnce = { at: "2026-09-01T10:20:00+08:00", event: "returned", reason: "duplicate" };
  const later = { at: "2026-09-05T10:00:00+08:00", event: "returned", reason: "no_budget", lead: { worked: true } };
  const again = [{ at: "2026-09-07T10:00:00+08:00", event: "requalified" }, { at: "2026-09-07T15:00:00+08:00", event: "accepted" }];
  const stages = [live(policy, lead, "mql", [accepted]), live(policy, lead, "mql", [accepted, atOnce]), live(policy, lead, "mql", [accepted, later]),
    live(policy, lead, "mql", [accepted, atOnce, ...again])].map((state) => [policy.stays(state).at(-1)?.stage, credited(state)]);
  // A later return does not count against the SDR.
  assert.deepEqual(stages, [["sql", 1], ["mql_returned", 0], ["mrl", 1], ["sql", 1]]);
});

test("an MQL of the second time is told from one of the first, and how long each took", () => {
  const policy = open("fxiaoke");
  const lead = { name: "陈静", company: "沪上商贸", mobile: "15400138002", need: "replace", seats: 500, industry: "manufacturing", "sdr.need": "clear" };
  const clicks = ["05", "10", "12"].map((day) => ({ type: "email_click", at: `2026-09-${day}T09:00:00+08:00` }));
  const state = live(policy, lead, "lead", [
    { at: "2026-09-01T10:00:00+08:00", events: clicks },
    { at: "2026-09-01T15:00:00+08:00", event: "scored", events: clicks },
    { at: "2026-09-02T11:00:00+08:00", event: "returned", reason: "no_budget", events: clicks },
    { at: "2026-09-12T09:00:00+08:00", events: clicks },
  ]);
  const mqls = policy.stays(state).filter((stay) => stay.stage === "mql").map(({ enteredBy, from, until }) => [enteredBy, from, until]);
  assert.deepEqual(mqls, [["qualify", "2026-09-01T02:00:00.000Z", "2026-09-01T07:00:00.000Z"], ["revive", "2026-09-12T01:00:00.000Z", undefined]]);
});
