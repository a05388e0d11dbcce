// A lead's life: what it does, when, and what becomes of it, asked of every environment.

const POLICY = `
leadgate: 1
policy: life
version: "1"
timezone: Asia/Shanghai
calendars: { cn: { hours: "09:00-18:00", days: [mon, tue, wed, thu, fri], holidays: [2026-11-23], workdays: [2026-11-28] } }
fields: { email: { type: string, normalize: [trim, lowercase], format: email }, seats: { type: int, min: 1, max: 1000 }, owner: { type: string, from: host } }
events: { click: { bot: bool, ignore: event.bot }, order: { amount: double } }
signals: { clicks: { count: click, within: 30d }, spent: { sum: order.amount }, silent: { days_since_last: [click, order] } }
experiments: { trial: { by: email, arms: { bold: 50, plain: 50 } } }
scores:
  heat: { range: [0, 100], rules: { clicks: { each: click, points: 7, half_life: 3d, max: 20 }, orders: { each: order, points: 9, decay: { 7d: 50% } }, quiet: { by: silent, points: { ">= 14": -5 } } } }
tables:
  grade: { hit: first, outputs: { grade: [A, B, C] }, rows: [{ when: { heat: ">= 15" }, then: A }, { when: { seats: ">= 100" }, then: B }, { then: C }] }
  offers: { hit: collect, outputs: { offer: [demo, call, mail] }, rows: [{ when: { seats: ">= 50" }, then: demo }, { when: { heat: ">= 5" }, then: call }, { when: { trial: bold }, then: mail }] }
stages:
  list: { lead: {}, mql: { require: [email] }, sql: {}, pool: {} }
  moves:
    - { id: qualify, from: lead, to: mql, when: { grade: A | B } }
    - { id: accept, from: mql, to: sql, event: accepted }
    - { id: back, from: sql, to: pool, event: returned, within: 7d, reason: [budget, timing], reset: { heat: 50% } }
    - { id: recall, from: mql, to: pool, after: { working: 4h, calendar: cn } }
route: { outcomes: [nurture], rows: [{ when: { stage: mql }, to: east }], default: nurture }
queues: { east: { owner: owner, respond_within: { working: 2h, calendar: cn }, members: [{ id: li, weight: 2 }, { id: wang }] } }
sops: { nurture: { enter: { stage: pool }, calendar: cn, steps: [{ day: 1, send: welcome }, { working_day: 3, send: cases }] } }
`;

const DAY = 86_400_000;
const NOW = Date.parse("2026-11-20T16:00:00+08:00");

/**
 * @param {typeof import("leadgate").load} load
 * @param {typeof import("leadgate/author")} author
 * @returns {unknown[]} answers, the same everywhere
 */
export function life(load, author) {
  const { program, diagnostics } = author.compile("policy.yaml", { "policy.yaml": POLICY });
  if (!program) throw new Error(diagnostics.map(({ rendered }) => rendered).join("\n"));
  const policy = load(program);
  const answers = [];
  const leads = Array.from({ length: 40 }, (_, at) => ({ email: `lead${at}@acme.example`, ...(at % 3 === 0 ? {} : { seats: (at * 37) % 400 + 1 }), ...(at % 5 === 0 ? { owner: "wang" } : {}) }));
  let rotation = null;
  for (const [at, lead] of leads.entries()) {
    const events = Array.from({ length: at % 6 }, (_, each) => (each % 3 === 2 ? { type: "order", at: NOW - each * 3 * DAY, amount: 10.5 * at } : { type: "click", at: NOW - (at + each) * DAY / 2, id: `c${each % 2}`, bot: each === 4 }));
    const state = at % 2 === 0 ? { since: NOW - DAY } : { stage: "mql", since: NOW - DAY * (at % 4) };
    const options = { now: NOW, events, state };
    answers.push(policy.decide(lead, options), policy.explain(lead, options).scores, policy.possible(lead, { ...options, events: "open" }), policy.until(lead, options), policy.legal(lead, options), policy.whatIf(lead, options));
    const moved = policy.advance(lead, at % 2 === 0 ? {} : { event: "accepted", by: "li" }, options);
    answers.push(moved, policy.due(lead, { ...options, state: { stage: "pool", since: NOW - at * DAY, enrolled: [{ sop: "nurture", at: NOW - at * DAY }] } }));
    const turn = policy.assign("east", rotation, { lead, now: NOW + at * 60_000, state: { since: NOW } });
    rotation = turn.state;
    answers.push(turn);
  }
  const many = policy.decideMany({ email: leads.map(({ email }) => email), seats: Float64Array.from(leads, ({ seats }) => seats ?? NaN) }, { now: NOW });
  answers.push([many.outcome.values, Array.from(many.outcome.codes), Array.from(many.scores.heat), many.tables]);
  return answers;
}
