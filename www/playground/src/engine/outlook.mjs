// What lies before a lead: the moves that there are, what is due, whose turn it is, and what another answer would change. Runs in the worker.

/**
 * @typedef {import("leadgate").Policy} Policy
 * @typedef {import("leadgate").Lead} Lead
 * @typedef {import("leadgate").Options & { now: number }} Options
 * @typedef {import("leadgate").Assignment} Assignment
 *
 * @typedef {object} Outlook
 * @property {{ stage: string, legal: import("leadgate").Legal[] } | Refused | null} moves null in a policy without stages
 * @property {{ due: import("leadgate").Due, ahead: Ahead[] } | Refused} schedules
 * @property {{ name: string, first: Assignment, then: Assignment[] } | Refused | null} queue null in a policy without queues
 *
 * @typedef {{ refused: string }} Refused the engine's words for why
 * @typedef {{ at: string, sop: string, step: string, send: string }} Ahead a step that comes due at its time, if nothing else happens
 * @typedef {{ name: string | null, rotations: Record<string, import("leadgate").Rotation>, absent: string[] }} Turns
 */

/** How many steps ahead are told, and how many moments are looked at for them. */
const STEPS = 6;
const MOMENTS = 24;
/** How many leads after this one are shared out. */
const TURNS = 10;

/** Asks, and where the engine refuses, gives its word for why. @template T @param {() => T} question @returns {T | Refused} */
export function asked(question) {
  try {
    return question();
  } catch (error) {
    if (error instanceof Error && error.name === "LeadgateError") return { refused: error.message };
    throw error;
  }
}

/** The state in which all that is due was begun and sent. @param {Policy} policy @param {Options["state"]} state @param {import("leadgate").Due} due */
const done = (policy, state, due) => due.steps.reduce((now, step) => policy.sent(now, step, due.at), policy.commit(state, due));

/** @param {Policy} policy @param {Lead} lead @param {Options} options */
function schedules(policy, lead, options) {
  const due = policy.due(lead, options);
  /** @type {Ahead[]} */
  const ahead = [];
  let state = done(policy, options.state, due);
  let at = due.next;
  for (let moment = 0; at !== null && ahead.length < STEPS && moment < MOMENTS; moment += 1) {
    const then = policy.due(lead, { ...options, now: Date.parse(at), state });
    ahead.push(...then.steps.map(({ sop, step, send, at }) => ({ at, sop, step, send })));
    state = done(policy, state, then);
    at = then.next;
  }
  return { due, ahead: ahead.slice(0, STEPS) };
}

/** @param {Policy} policy @param {string} name @param {Lead} lead @param {Options} options @param {Turns} turns */
function queue(policy, name, lead, { state, now, onInvalid }, { rotations, absent }) {
  const first = policy.assign(name, rotations[name] ?? null, { lead, state, now, absent, onInvalid });
  /** @type {Assignment[]} */
  const then = [];
  for (let rotation = first.state; then.length < TURNS; rotation = then[then.length - 1].state) then.push(policy.assign(name, rotation, { now, absent }));
  return { name, first, then };
}

/** Which queue is shown: the one that was chosen, otherwise the one that the lead goes to. @param {import("leadgate").Description} description @param {string | null} chosen @param {string | null} outcome */
const queueOf = ({ queues }, chosen, outcome) => (queues.find(({ name }) => name === chosen) ?? queues.find(({ name }) => name === outcome) ?? queues[0])?.name;

/**
 * @param {Policy} policy
 * @param {import("leadgate").Description} description
 * @param {Lead} lead
 * @param {Options} options
 * @param {Turns} turns
 * @param {string | null} outcome
 * @returns {Outlook}
 */
export function outlook(policy, description, lead, options, turns, outcome) {
  const name = queueOf(description, turns.name, outcome);
  return {
    moves: description.stages.length === 0 ? null : asked(() => policy.legal(lead, options)),
    schedules: asked(() => schedules(policy, lead, options)),
    queue: name === undefined ? null : asked(() => queue(policy, name, lead, options, turns)),
  };
}

/**
 * What somebody does: one of these. Each gives the state that is to take the old one's place.
 * @typedef {{ do: "advance", step: import("leadgate").Step }
 *   | { do: "pin", pin: Omit<import("leadgate").PinOptions, "now"> & { stage: string | null } }
 *   | { do: "sent", step: import("leadgate").DueStep }
 *   | { do: "assign", queue: string, turns: Turns }
 *   | { do: "returned", queue: string, turns: Turns, answer: import("leadgate").Returned }
 *   | { do: "replay", steps: import("./written.mjs").StoryStep[] }} Action
 *
 * @typedef {{ state?: import("leadgate").State, rotation?: import("leadgate").Rotation, answer?: Assignment, steps?: Told[], refusal?: { code: string, message: string } }} Done
 * @typedef {{ moves: string[], stage: string | null, refused: string | null }} Told what came of a story's step
 */

/** @param {Policy} policy @param {Lead} lead @param {Options} options @param {Action} action @returns {Done | Refused} */
export function act(policy, lead, options, action) {
  return asked(() => {
    switch (action.do) {
      case "advance": {
        const found = policy.advance(lead, action.step, options);
        return found.ok ? { state: found.state } : { refusal: { code: found.code, message: found.message } };
      }
      case "pin":
        return { state: policy.pin(options.state, { ...action.pin, now: options.now }) };
      case "sent":
        return { state: policy.sent(policy.commit(options.state, policy.due(lead, options)), action.step, options.now) };
      case "assign": {
        const { turns, queue } = action;
        const answer = policy.assign(queue, turns.rotations[queue] ?? null, { lead, state: options.state, now: options.now, absent: turns.absent, onInvalid: options.onInvalid });
        return { rotation: answer.state, answer };
      }
      case "returned":
        return { rotation: policy.returned(action.queue, action.turns.rotations[action.queue], action.answer) };
      case "replay":
        return replay(policy, lead, options, action.steps);
    }
  });
}

/** Walks a story from its beginning. @param {Policy} policy @param {Lead} lead @param {Options} options @param {import("./written.mjs").StoryStep[]} steps */
function replay(policy, lead, options, steps) {
  let { state } = options;
  /** @type {Told[]} */
  const told = [];
  for (const { at, ...step } of steps) {
    const found = policy.advance(lead, step, { ...options, now: Date.parse(at), state });
    if (found.ok) state = found.state;
    told.push(found.ok ? { moves: found.moves.map(({ move }) => move), stage: found.state.stage ?? null, refused: null } : { moves: [], stage: found.stage, refused: found.code });
  }
  return { state: state ?? undefined, steps: told };
}
