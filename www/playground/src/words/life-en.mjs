// What the playground says of a lead's life, in English: moves, schedules, queues, stories, other answers.

/** @param {number} count @param {string} one */
const plural = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

export const life = {
  readings: { why: "Why", next: "What next", whatIf: "What if", questions: "Questions" },
  reading: "What of the decision is shown",
  refused: (/** @type {string} */ message) => `The engine refuses: ${message}`,
  in: (/** @type {number} */ ms) => `in ${span(ms)}`,
  ago: (/** @type {number} */ ms) => `${span(ms)} ago`,
  now: "now",

  // Questions
  asking: {
    next: "What the form asks now",
    open: "Not settled yet. The best question to ask now, by what is expected:",
    nothing: "No question applies now.",
    anyway: "What is asked in any case:",
    forecast: "What the form costs on average",
    known: (/** @type {number} */ count) => (count === 0 ? "Nothing is known beforehand" : `${plural(count, "answer")} known beforehand`),
    working: "Being worked out …",
    refused: /** @type {Record<string, string>} */ ({ "too-large": "What the form is there to find out rests on too much to be forecast.", "no-questions": "The policy asks no questions." }),
    way: "Way of asking",
    questions: "Questions",
    friction: "Friction",
    ofAll: "Of all",
    tooMuch: "too much to find out",
    ways: { everything: "Everything that applies", formOrder: "Form order, until settled", bestOrder: "Best fixed order", plan: "The plan", pages: "The plan, by pages", bestPages: "Best pages", optimum: "Exact optimum", floor: "Clairvoyant floor" },
    question: "Question",
    shown: "Shown",
    asked: "Asked",
    settles: "Settles",
    assumes: "Answers count as independent of each other and as likely as “prior” says. For authors: no visitor is told how many questions are left.",
    drawn: (/** @type {number} */ samples) => `Of ${samples} forms that were drawn, always the same; ± is the standard error.`,
    byValue: "Something reads answers themselves: forms may go on for longer than is forecast.",
  },

  // Stages
  moves: "Stage and moves",
  isIn: (/** @type {string} */ stage) => `The lead is in ${stage}.`,
  proposed: "The rules move it on:",
  commit: "Make these moves",
  onEvent: (/** @type {string} */ event) => `when “${event}” happens`,
  byHand: "by its condition",
  byTime: (/** @type {string} */ when) => `by itself, ${when}`,
  to: (/** @type {string} */ stage) => `to ${stage}`,
  make: (/** @type {string} */ move, /** @type {string} */ stage) => `${move}: to ${stage}`,
  reason: "Reason",
  reasonTitle: (/** @type {string} */ move) => `Why “${move}”?`,
  reasonNeeded: "A reason has to be given.",
  notNow: "Not possible now",
  elsewhere: "Not from this stage",
  from: (/** @type {string} */ stages) => `only from ${stages}`,
  noMoves: "No move leaves this stage.",
  needs: /** @type {Record<string, string>} */ ({
    "not-met": "its condition does not hold", "reason-missing": "with a reason", "reason-unknown": "with one of its reasons", pinned: "a person has fixed the stage",
    faulted: "its condition faults", screened: "this is not a lead", "reset-first": "an earlier move has to be made first", "illegal-move": "not from this stage", "unknown-event": "there is no such event",
  }),
  requires: (/** @type {string} */ fields) => `its stage requires ${fields}`,
  tooLate: (/** @type {string} */ when) => `too late since ${when}`,
  cooling: (/** @type {string} */ when) => `not before ${when}: it was there not long ago`,
  notDue: (/** @type {string} */ when) => `time makes it on ${when}`,
  pin: "Fix the stage by hand",
  pinStage: "Stage",
  pinBy: "Who says so",
  pinDo: "Fix it",
  unpin: "Let go of it",
  pinned: (/** @type {string} */ stage, /** @type {string} */ by) => `${by} has fixed the stage at ${stage}.`,
  history: "History",
  historyNone: "Nothing has changed yet.",
  historyMoves: /** @type {Record<string, string>} */ ({ "@pin": "fixed by hand", "@unpin": "let go of" }),
  by: (/** @type {string} */ who) => `by ${who}`,
  stayed: (/** @type {number} */ ms) => `after ${span(ms)}`,
  forget: "Begin anew",

  // Schedules
  schedules: "Schedules",
  dueNow: "Due now",
  nothingDue: "Nothing is due now.",
  noneRuns: "No schedule runs for this lead.",
  sent: "Sent",
  sentNamed: (/** @type {string} */ send) => `${send} was sent`,
  dueSince: (/** @type {string} */ when, /** @type {number} */ ms) => (ms < 60_000 ? "due now" : `due since ${when}, ${span(ms)} late`),
  upcoming: "Then, if nothing else happens",
  sentList: "Was sent",
  begins: "begins now",
  runs: (/** @type {string} */ when) => `runs since ${when}`,
  ends: "ends now",
  waits: "does not run",
  enters: (/** @type {string} */ condition) => `begins when ${condition}`,
  leaves: (/** @type {string} */ condition) => `ends when ${condition}`,
  marks: { sent: "sent", due: "due", ahead: "ahead", open: "waits" },
  stepOn: { day: (/** @type {string} */ n) => `day ${n}`, week: (/** @type {string} */ n) => `week ${n}`, working_day: (/** @type {string} */ n) => `working day ${n}`, after: (/** @type {string} */ length) => `${duration(length)} in`, when: () => "at once" },
  stepAt: (/** @type {string} */ time) => ` at ${time}`,
  stepWhen: (/** @type {string} */ condition) => `, if ${condition}`,
  andThen: " and ",

  // Queues
  queues: "Queue",
  queue: "Which queue",
  takes: ["", " takes this lead"],
  turn: { owner: "they have the lead already", account: "they have its account", turn: "it is their turn" },
  notFor: (/** @type {string} */ queue) => `This lead does not go to ${queue}; if it did:`,
  answerBy: (/** @type {string} */ when) => `to be answered by ${when}`,
  nobody: { absent: "Nobody can take it: all are absent.", full: "Nobody can take it: whoever is there has had their number for the day." },
  nextTen: "The ten leads after it",
  nobodyShort: "nobody",
  member: "Member",
  weight: "Weight",
  share: "Share",
  has: "Has taken",
  there: "There",
  isThere: (/** @type {string} */ member) => `${member} is there`,
  perDay: (/** @type {number} */ count) => `at most ${count} a day`,
  give: "Give the lead away",
  takeBack: (/** @type {string} */ member) => `Take it back from ${member}`,
  anew: "Begin anew",

  // Other answers
  whatIf: "What would change it",
  settle: "What is to change",
  settles: { route: "where it goes", stage: "its stage" },
  asIs: (/** @type {string} */ value) => `Now: ${value}. One other answer would change that; the easiest first.`,
  whatIfNone: "No single other answer changes it.",
  tryIt: "Try it",
  tryNamed: (/** @type {string} */ what) => `Try it: ${what}`,
  instead: (/** @type {string} */ from, /** @type {string} */ to) => [`${to}`, ` instead of ${from}`],
  orElse: (/** @type {number} */ count) => (count === 1 ? "or one other answer" : `or ${count} other answers`),
  absent: "no answer",
  declined: "refused",
  likeText: (/** @type {string} */ text) => `a text such as “${text}”`,
  range: (/** @type {string} */ low, /** @type {string} */ high) => `${low} to ${high}`,
  effort: (/** @type {number} */ cost, /** @type {number} */ steps) => `effort ${cost}${steps > 1 ? `, ${steps} steps away` : ""}`,
  untold: (/** @type {string} */ field, /** @type {string} */ why) => `Not all of ${field} was tried: ${why}.`,
  untoldWhy: { "too-many": "there are too many answers", calculated: "rules calculate with the value", "no-example": "no example of a text was found" },

  // Stories
  storySteps: (/** @type {number} */ count) => plural(count, "step"),
  story: "Story",
  storyAt: (/** @type {number} */ at, /** @type {number} */ of) => (at === 0 ? `Before the first of ${plural(of, "step")}` : `After step ${at} of ${of}`),
  back: "Back",
  next: "Next step",
  toEnd: "To the end",
  decides: "somebody looks",
  happens: (/** @type {string} */ event) => `“${event}” happens`,
  moved: (/** @type {string} */ move) => `move ${move}`,
  because: (/** @type {string} */ reason) => `because of “${reason}”`,
  came: (/** @type {string} */ stage, /** @type {string} */ moves) => (moves ? `${moves}: now ${stage}` : `stays in ${stage}`),
  expects: /** @type {Record<string, string>} */ ({ moves: "moves", stage: "stage", refused: "refused", route: "route", outcome: "outcome", due: "due" }),
  wasRefused: (/** @type {string} */ why) => `refused: ${why}`,
};

const UNITS = /** @type {Record<string, string>} */ ({ s: "second", m: "minute", h: "hour", d: "day", w: "week" });

/** A length as a document writes it. @param {string} length */
function duration(length) {
  const [, count, unit] = length.match(/^(\d+)([smhdw])$/) ?? [];
  return count ? plural(Number(count), UNITS[unit]) : length;
}

/** A span of time, roughly. @param {number} ms */
function span(ms) {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return plural(minutes, "minute");
  if (minutes < 48 * 60) return plural(Math.round(minutes / 60), "hour");
  return plural(Math.round(minutes / 1440), "day");
}
