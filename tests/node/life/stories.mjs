// Random stories of leads: who they are, what they do, and what is asked about them at moments of their lives.

/**
 * @typedef {ReturnType<ReturnType<typeof import("leadgate").load>["describe"]>} Description
 * @typedef {Record<string, any>} State
 * @typedef {{ lead: Record<string, unknown>, situation: { now: number, events: any, state: State }, asked: [string, any][] }} Case
 */

const DAY = 86_400_000;
const WORDS = ["/pricing", "/p", "spring", "autumn", "a@acme.cn", "acme", "Globex Inc", "上海有限公司", "b@free.com", "总监", "经理助理", "上海"];

// As in the policy.
const MOVES = ["qualify", "accept", "sleep", "accepted", "called", "bounce", "return", "late", "recall", "forget", "wake", "drop"];
/** @type {[id: string, from: string, to: string][]} */
const CHANGES = [["qualify", "lead", "mql"], ["sleep", "lead", "pool"], ["accepted", "mql", "sql"], ["called", "mql", "sql"], ["recall", "mql", "pool"], ["bounce", "sql", "bounced"], ["return", "sql", "mrl"], ["late", "sql", "pool"], ["qualify", "mrl", "mql"], ["forget", "mrl", "pool"], ["wake", "pool", "lead"], ["promote", "trial", "mql"], ["filed", "archive", "trial"]];
const EVENTS = ["accepted", "called", "bounced", "returned", "wrote", "sang"];
/** @type {Record<string, string[]>} */
const STEPS = { nurture: ["day1-welcome", "day3-cases", "week2-webinar", "ring_up"], silence: ["when-news", "when-offer", "when-farewell"], project: ["after4h-checklist", "working_day2-reminder"] };

/** The same numbers every time. @param {number} seed */
export function numbers(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (/** @type {number} */ count) => Math.floor(next() * count);
  return { below, chance: (/** @type {number} */ percent) => below(100) < percent, pick: /** @template T @param {readonly T[]} items @returns {T} */ (items) => items[below(items.length)] };
}

/** @param {ReturnType<typeof numbers>} random @param {string | readonly unknown[]} type */
function value({ below, chance, pick }, type) {
  if (typeof type !== "string") return pick(type);
  if (type === "bool") return chance(50);
  if (type === "int") return chance(10) ? 60 : 1 + below(150);
  if (type === "double") return chance(10) ? 123_456.75 : below(20_000) / 8;
  return pick(WORDS);
}

/** @param {ReturnType<typeof numbers>} random @param {Description} made */
export function leadOf(random, made) {
  const { below, chance, pick } = random;
  const signals = new Set(made.signals);
  /** @type {Record<string, unknown>} */
  const lead = {};
  for (const field of made.fields) {
    const signal = signals.has(field.name);
    if (signal ? chance(97) : chance(25)) continue;
    if (chance(5)) lead[field.name] = { declined: true };
    else if (field.name === "email") lead.email = pick(["A@acme.cn ", "b@free.com", "u46@new.cn", "c@globex.com"]);
    else if (field.name === "credit") lead.credit = "9111 0000 6000 37341l";
    else if (field.name === "mobile") lead.mobile = chance(3) ? "138 0000 0000" : "138 0013 8000";
    else if (field.name === "account.owner") lead[field.name] = pick(["li", "wang", "zhou", "boss"]);
    else if (field.name === "account.id") lead[field.name] = pick(["a1", "a2", "a3"]);
    else if (signal && field.type === "int") lead[field.name] = below(90);
    else lead[field.name] = value(random, field.values ?? field.type);
  }
  return lead;
}

/** @param {ReturnType<typeof numbers>} random @param {Description} made @param {number} now */
export function eventsOf(random, made, now) {
  const { below, chance, pick } = random;
  const busy = chance(15);
  const before = () => now - (busy ? below(2 * DAY) : chance(60) ? below(100) * DAY + pick([0, 0, 1, -1]) : below(60 * DAY));
  return Array.from({ length: chance(5) ? 60 : below(9) }, () => {
    const of = pick(made.events ?? []);
    /** @type {Record<string, unknown>} */
    const event = { type: of.name, at: chance(4) ? now + 1 + below(9 * DAY) : Math.min(now, before()) };
    if (chance(30)) event.id = `e${below(4)}`;
    for (const { name, type, values } of of.attributes) {
      if (chance(80)) event[name] = name === "bot" ? chance(10) : name === "seconds" && chance(3) ? 0 : value(random, type === "enum" ? values ?? [] : type);
    }
    return event;
  });
}

/** Where a lead may stand at a moment; seldom where none can. @param {ReturnType<typeof numbers>} random @param {Description} made @param {number} now @returns {State} */
export function stateOf({ below, chance, pick }, made, now) {
  // Long enough ago that time makes a move and resets scores.
  if (chance(4)) return { stage: "mrl", since: now - 61 * DAY };
  const past = () => now - (chance(50) ? below(40) * DAY : below(20 * DAY));
  /** @type {State} */
  const state = {};
  let stage = chance(60) ? pick(made.stages) : made.stages[0];
  if (chance(3)) state.stage = "trial";
  else if (stage !== made.stages[0] || chance(20)) state.stage = stage;
  if (chance(30)) {
    // Changes that follow one another, the oldest first.
    stage = pick(["archive", "trial", "lead", "mql", "sql"]);
    let at = now - 40 * DAY - below(DAY);
    if (chance(50)) state.since = at;
    state.history = [];
    for (let left = 1 + below(5); left > 0; left -= 1) {
      const change = CHANGES.filter(([, from]) => from === stage);
      if (change.length === 0) break;
      const [move, from, to] = pick(change);
      at += below(9 * DAY);
      state.history.push({ move, from, to, at: Math.min(at, now), ...(chance(30) ? { reason: "no budget", by: "li" } : {}) });
      stage = to;
    }
    state.stage = stage;
  } else if (chance(50)) state.since = past();
  if (chance(30)) state.resets = Array.from({ length: 1 + below(4) }, () => ({ score: chance(5) ? pick(["heat", "luck"]) : pick(made.scores).name, factor: pick([0, 333, 500, 1000]), at: past() }));
  if (chance(40)) state.enrolled = Object.keys(STEPS).filter(() => chance(50)).map((sop) => ({ sop, at: past() }));
  if (chance(40)) state.sent = Object.entries(STEPS).flatMap(([sop, steps]) => steps.filter(() => chance(30)).map((step) => ({ sop, step, at: past() })));
  if (chance(30)) state.visits = below(4);
  if (chance(5)) state.pins = { stage: { value: stage, by: "li", reason: "a friend", at: past() } };
  if (chance(10)) state.pins = { ...state.pins, owner: { value: pick(["wang", "zhou", "boss"]), by: "li", at: past() } };
  if (chance(3)) state.since = now + DAY;
  return state;
}

/**
 * What is asked about a lead at a moment, and its state afterwards.
 * @param {ReturnType<typeof numbers>} random
 * @param {(question: string, input: any) => any} ask answers, or gives `{ error }`; the questions are noted by whoever asks
 * @param {{ now: number, events: any, state: State }} situation
 * @param {Record<string, any>} rotations where the queues stand; they go on
 * @returns {State}
 */
export function asked({ below, chance, pick }, ask, situation, rotations) {
  const { now } = situation;
  let { state } = situation;
  const step = pick([{}, {}, { event: pick(EVENTS) }, { event: pick(EVENTS) }, { move: pick(MOVES) }]);
  const moved = ask("advance", { ...situation, step: { ...step, ...(chance(70) ? { reason: pick(["duplicate", "no budget"]) } : {}), ...(chance(30) ? { by: "wang" } : {}) } });
  if (moved.ok) state = moved.state;
  switch (below(8)) {
    case 0:
      ask("legal", { ...situation, state });
      break;
    case 1:
    case 2: {
      const due = ask("due", { ...situation, state });
      if (due.error || chance(20)) break;
      const { next: _, ...proposed } = due;
      const committed = ask("commit", { state, due: proposed });
      if (!committed.error) state = committed;
      for (const { sop, step, enrolled } of due.steps.slice(0, 2)) {
        const sent = ask("sent", { state, step: { sop, step, enrolled }, at: now });
        if (!sent.error) state = sent;
      }
      break;
    }
    case 3: {
      const queue = pick(["east", "phone"]);
      const absent = pick([[], ["wang", "zhao"], ["li", "wang", "zhao"], ["li", "wang", "chen"].filter(() => chance(15))]);
      // Several on one day, until some have had their number for it.
      for (let left = chance(20) ? 6 : 1; left > 0; left -= 1) {
        const turn = ask("assign", { queue, rotation: rotations[queue], state, now, absent });
        if (turn.error) {
          // The queue has been further than this already: it begins anew.
          delete rotations[queue];
          break;
        }
        rotations[queue] = turn.state;
        if (turn.member === undefined || turn.member === null || !chance(20)) continue;
        const back = ask("returned", { queue, rotation: turn.state, returned: turn });
        if (!back.error) rotations[queue] = back;
      }
      break;
    }
    case 4: {
      const what = chance(70) ? { stage: pick([null, "sql", "pool"]) } : { owner: pick([null, "wang"]) };
      const pinned = ask("pin", { state, ...what, by: "li", reason: "why", now });
      if (!pinned.error && chance(30)) state = pinned;
      break;
    }
    case 5:
      ask(pick(["stays", "migrate"]), { state });
      break;
    case 6:
      ask("whatIf", { ...situation, state, ask: { settle: pick(["route", "stage", "grade"]) } });
      break;
    default:
      ask("until", { ...situation, state, horizon: now + pick([1, 5, 20]) * DAY });
  }
  return state;
}
