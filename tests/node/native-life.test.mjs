// The engine natively and as wasm at moments of leads' lives: 2,000 situations of a policy that has all there is, every result in the same line of text.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { load } from "leadgate";

const root = fileURLToPath(new URL("../..", import.meta.url));
const POLICY = "tests/life/whole.yaml";
const SITUATIONS = 2000;
const DAY = 86_400_000;
const WORDS = ["/pricing", "/p", "spring", "autumn", "a@acme.cn", "acme", "Globex Inc", "上海有限公司", "b@free.com"];

// As in the policy.
/** @type {Record<string, Record<string, string | string[]>>} */
const EVENTS = {
  email_click: { campaign: "string", bot: "bool" },
  page_view: { path: "string", seconds: "int", section: ["pricing", "docs", "blog"], bot: "bool" },
  purchase: { amount: "double", items: "int", partner: "string" },
  refund: { amount: "double", reason: ["late", "broken", "other"] },
  meeting: {},
};
/** Fields that are computed unless they are given. */
const SIGNALS = new Set(["clicks", "touches", "was_met", "turnover", "returned", "items", "sections", "campaigns", "shortest", "biggest", "came_by", "read_last", "last_reason", "known_days", "silent_days", "long_reads"]);

/** The same numbers every time. @param {number} seed */
function numbers(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (/** @type {number} */ count) => Math.floor(next() * count);
  return { below, chance: (/** @type {number} */ percent) => below(100) < percent, pick: /** @template T @param {readonly T[]} items @returns {T} */ (items) => items[below(items.length)] };
}

/**
 * A lead and a moment of its life.
 * @param {ReturnType<typeof numbers>} random
 * @param {ReturnType<ReturnType<typeof load>["describe"]>} made
 */
function situation({ below, chance, pick }, made) {
  const value = (/** @type {string | readonly string[]} */ type) => {
    if (typeof type !== "string") return pick(type);
    if (type === "bool") return chance(50);
    if (type === "int") return chance(10) ? 60 : 1 + below(150);
    if (type === "double") return chance(10) ? 123_456.75 : below(20_000) / 8;
    return pick(WORDS);
  };
  const now = 1_763_000_000_000 + below(40 * DAY);
  const before = () => now - (chance(60) ? below(100) * DAY + pick([0, 0, 1, -1]) : below(60 * DAY));
  /** @type {Record<string, unknown>} */
  const lead = {};
  for (const field of made.fields) {
    if (SIGNALS.has(field.name) ? chance(97) : chance(25)) continue;
    const email = field.name === "email";
    lead[field.name] = chance(5) ? { declined: true } : email ? pick(["A@acme.cn ", "b@free.com"]) : SIGNALS.has(field.name) && field.type === "int" ? below(90) : value(field.values ?? field.type);
  }
  const events = Array.from({ length: chance(5) ? 60 : below(9) }, () => {
    const type = pick(Object.keys(EVENTS));
    /** @type {Record<string, unknown>} */
    const event = { type, at: chance(4) ? now + 1 + below(DAY) : Math.min(now, before()) };
    if (chance(30)) event.id = `e${below(4)}`;
    for (const [name, of] of Object.entries(EVENTS[type])) {
      if (chance(80)) event[name] = name === "bot" ? chance(10) : name === "seconds" && chance(3) ? 0 : value(of);
    }
    return event;
  });
  /** @type {Record<string, unknown>} */
  const state = {};
  if (chance(40)) state.stage = pick(made.stages);
  if (chance(40)) state.resets = Array.from({ length: 1 + below(4) }, () => ({ score: pick(made.scores).name, factor: pick([0, 333, 500, 1000]), at: Math.min(now, before()) }));
  return { lead, situation: { now, events: chance(5) ? "open" : events, state } };
}

/** Numbers as texts, in lists too. @param {unknown} value @returns {unknown} */
const plain = (value) => (Array.isArray(value) ? value.map(plain) : typeof value === "number" ? `${value}` : value);

/** @param {number | null} points */
const milli = (points) => (points === null ? null : Math.round(points * 1000));

/** @param {ReturnType<typeof load>} policy @param {ReturnType<typeof situation>} given */
function resultOf(policy, { lead, situation }) {
  const options = /** @type {import("../../pkg/src/index.d.ts").Options} */ (situation);
  const answers = /** @type {import("../../pkg/src/index.d.ts").Lead} */ (lead);
  const { scores: made, outputs } = policy.describe();
  if (situation.events === "open") {
    const { exact, outcomes, stages, scores } = policy.possible(answers, { ...options, rest: "absent" });
    const ranges = made.map(({ name }) => (scores[name] === null ? [null, true] : [[`${scores[name].min}`, `${scores[name].max}`], scores[name].mayFault]));
    return { exact, outcomes: outcomes.toSorted(), stages: stages.length, scores: ranges };
  }
  const { decision, scores: explained } = policy.explain(answers, options);
  const again = policy.decide(answers, options);
  assert.deepEqual(again, decision);
  const { stage } = decision;
  return {
    outcome: decision.outcome,
    scores: made.map(({ name }) => milli(decision.scores[name])),
    tables: outputs.map(({ name }) => plain(decision.tables[name])),
    stage: stage && { before: stage.before, after: stage.after, moves: stage.moves.map(({ id }) => id), times: stage.moves.flatMap(({ at }) => (at === undefined ? [] : [Date.parse(at)])) },
    faults: decision.faults,
    identity: decision.identity.map((key) => key.map(([, value]) => plain(value))),
    explained: explained.map(({ name, value, lines, missing }) => {
      assert.equal(lines.reduce((sum, { points }) => sum + Math.round(points * 1000), 0), milli(value));
      return [name, milli(value), lines.map(({ kind, group, id, key, points }) => [[kind, group, id, key], milli(points)]), missing.map(({ group, rule, field }) => [group, rule, field])];
    }),
  };
}

/** Runs the native side. @param {string[]} args */
function native(...args) {
  const { status, stdout, stderr } = spawnSync("cargo", ["run", "--quiet", "--locked", "--all-features", "--example", "situations", "--", POLICY, ...args], { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(status, 0, stderr);
  return stdout;
}

test("natively and in wasm, 2,000 situations come out alike", { timeout: 900_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "leadgate-"));
  try {
    const [program, file] = [join(folder, "program"), join(folder, "situations.jsonl")];
    native(program);
    const policy = load(readFileSync(program));
    const random = numbers(1);
    const made = policy.describe();
    const cases = Array.from({ length: SITUATIONS }, () => situation(random, made));
    writeFileSync(file, cases.map((given) => `${JSON.stringify(given)}\n`).join(""));
    const lines = native(program, file).split("\n");
    assert.equal(lines.pop(), "");
    assert.equal(lines.length, SITUATIONS);
    lines.forEach((line, at) => assert.equal(JSON.stringify(resultOf(policy, cases[at])), line, `situation ${at}: ${JSON.stringify(cases[at])}`));
    // They are not all alike, and reach what there is.
    assert.ok(new Set(lines).size > SITUATIONS * 0.8, `${new Set(lines).size} different results`);
    for (const wanted of ['"reset"', '"bound"', '"cap"', '"exact"', '"faults":["long_reads"', '"after":"sql"', '"outcome":"win_back"', '"outcome":"archive"', '"outcome":"owner"', "screened:nobody", "manual_review"]) {
      assert.ok(lines.some((line) => line.includes(wanted)), `${wanted} never comes out`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
