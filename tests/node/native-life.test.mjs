// The engine natively and as wasm at moments of leads' lives: 3,000 situations of a policy that says everything that a policy can say, with what else is asked about the lead then, every result in
// the same line of text. What is asked of a lead goes through its state, from one moment to the next.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { LeadgateError, load } from "leadgate";
import { asked, eventsOf, leadOf, numbers, stateOf } from "./life/stories.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const POLICY = "tests/life/whole.yaml";
const LEADS = 1000;
const MOMENTS = 3;
const DAY = 86_400_000;

/** Numbers as texts, by names in the order of their bytes, without what is null. @param {unknown} value @returns {unknown} */
function bare(value) {
  if (Array.isArray(value)) return value.map(bare);
  if (value === null || typeof value !== "object") return plain(value);
  const named = Object.entries(value).filter(([, entry]) => entry !== null && entry !== undefined).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(named.map(([name, entry]) => [name, bare(entry)]));
}

/** Numbers as texts, in lists too. @param {unknown} value @returns {unknown} */
const plain = (value) => (Array.isArray(value) ? value.map(plain) : typeof value === "number" ? `${value}` : value);

/** @param {number | null} points */
const milli = (points) => (points === null ? null : Math.round(points * 1000));

/** @param {ReturnType<typeof load>} policy @param {Pick<import("./life/stories.mjs").Case, "lead" | "situation">} given */
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

/** What is refused is compared as well. @template T @param {() => T} call */
function told(call) {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof LeadgateError)) throw error;
    return { error: [error.code, error.path ?? "", error.message] };
  }
}

/**
 * A question of `pkg/src/full/live.mjs` through the package, its answer as the engine gives it.
 * @param {ReturnType<typeof load>} policy @param {any} lead @param {string} question @param {any} input @returns {any}
 */
function answerOf(policy, lead, question, input) {
  switch (question) {
    case "advance": {
      const { step, ...options } = input;
      return policy.advance(lead, step, options);
    }
    case "legal":
      return policy.legal(lead, input);
    case "migrate":
      return policy.migrate(input.state);
    case "stays":
      return policy.stays(input.state);
    case "pin": {
      const { state, ...pin } = input;
      return policy.pin(state, pin);
    }
    case "assign": {
      const { queue, rotation, ...options } = input;
      return policy.assign(queue, rotation, { ...options, lead });
    }
    case "returned":
      return { rotation: policy.returned(input.queue, input.rotation, input.returned) };
    case "due": {
      const { next, ...due } = policy.due(lead, input);
      return { due, next };
    }
    case "commit":
      return { state: policy.commit(input.state, input.due) };
    case "sent":
      return { state: policy.sent(input.state, input.step, input.at) };
    case "until":
      return policy.until(lead, input);
    default: {
      const { ask, ...options } = input;
      return policy.whatIf(lead, { ...options, ...ask });
    }
  }
}

/**
 * What a lead lives through, with what is answered on the way.
 * @param {ReturnType<typeof load>} policy @param {ReturnType<typeof numbers>} random @param {ReturnType<ReturnType<typeof load>["describe"]>} made @param {Record<string, any>} rotations
 */
function* story(policy, random, made, rotations) {
  const lead = leadOf(random, made);
  let now = 1_790_000_000_000 + random.below(100 * DAY);
  const events = random.chance(5) ? "open" : eventsOf(random, made, now);
  let state = stateOf(random, made, now);
  for (let moment = 0; moment < MOMENTS; moment += 1) {
    const situation = { now, events, state };
    /** @type {import("./life/stories.mjs").Case} */
    const given = { lead, situation, asked: [] };
    const answers = /** @type {unknown[]} */ ([]);
    const ask = (/** @type {string} */ question, /** @type {any} */ input) => {
      given.asked.push([question, input]);
      const answer = told(() => answerOf(policy, lead, question, input));
      answers.push(bare(answer));
      // Those that are nothing but a state, or where a queue stands.
      return answer.error ? answer : (question === "commit" || question === "sent" ? answer.state : question === "returned" ? answer.rotation : question === "due" ? { ...answer.due, next: answer.next } : answer);
    };
    const result = told(() => resultOf(policy, given));
    if (events !== "open") state = asked(random, ask, situation, rotations);
    yield { given, line: JSON.stringify([result, answers]) };
    now += random.pick([0, 90 * 60_000, DAY, random.below(30 * DAY)]);
  }
}

/** Runs the native side. @param {string[]} args */
function native(...args) {
  const { status, stdout, stderr } = spawnSync("cargo", ["run", "--quiet", "--locked", "--all-features", "--example", "situations", "--", POLICY, ...args], { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(status, 0, stderr);
  return stdout;
}

test(`natively and in wasm, ${LEADS * MOMENTS} situations come out alike`, { timeout: 900_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "leadgate-"));
  try {
    const [program, file] = [join(folder, "program"), join(folder, "situations.jsonl")];
    native(program);
    const policy = load(readFileSync(program));
    const [random, made, rotations] = [numbers(1), policy.describe(), {}];
    const cases = Array.from({ length: LEADS }, () => [...story(policy, random, made, rotations)]).flat();
    writeFileSync(file, cases.map(({ given }) => `${JSON.stringify(given)}\n`).join(""));
    const lines = native(program, file).split("\n");
    assert.equal(lines.pop(), "");
    assert.equal(lines.length, LEADS * MOMENTS);
    lines.forEach((line, at) => assert.equal(cases[at].line, line, `situation ${at}: ${JSON.stringify(cases[at].given)}`));
    // They are not all alike, and reach what there is.
    assert.ok(new Set(lines).size > lines.length * 0.8, `${new Set(lines).size} different results`);
    const wanted = [
      '"reset"', '"bound"', '"cap"', '"exact"', '"faults":["long_reads"', '"after":"sql"', '"outcome":"win_back"', '"outcome":"archive"', '"outcome":"owner"', '"outcome":"east"', '"outcome":"phone"', "screened:nobody", "screened:barred",
      "manual_review", '"time-runs-backwards"', '"nurture"', '"silence"', '"project"', '"overdue"', '"reason":"owner"', '"reason":"account"', '"reason":"turn"', '"why":"absent"', '"why":"full"', '"@pin"', '"@unpin"', '"leftBy"', '"changes":["due"', '"changes":["outcome"',
      '"changes":["stage"', '"untold"', '"range"', '"next"',
      ...["illegal-move", "unknown-event", "not-met", "require-missing", "reason-missing", "reason-unknown", "too-late", "cooling-down", "not-due", "pinned", "faulted", "screened", "reset-first"].map((code) => `"code":"${code}"`),
    ];
    const missing = wanted.filter((text) => !lines.some((line) => line.includes(text)));
    assert.deepEqual(missing, [], "never come out");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
