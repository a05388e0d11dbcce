// What the command line says in the reader's language: headings and summaries. Errors are in English, as documents are.

import { grouped } from "./terminal/bars.mjs";

const en = {
  // headings of decisions
  line: "line",
  outcome: "outcome",
  stage: "stage",
  error: "error",
  // summaries
  leads: "leads",
  decided: (/** @type {number} */ count, /** @type {number} */ seconds) =>
    `${count === 1 ? "1 lead" : `${grouped(count)} leads`} decided in ${seconds.toFixed(seconds < 10 ? 2 : 0)} s${count >= 1000 ? ` (${grouped(count / seconds)}/s)` : ""}`,
  interrupted: (/** @type {number} */ line) => `interrupted after line ${grouped(line)}; everything up to there is written`,
  refusedRows: (/** @type {number} */ count) => (count === 1 ? "1 row was not decided" : `${grouped(count)} rows were not decided`),
  invalidValues: (/** @type {number} */ count) =>
    count === 1 ? "1 value was not valid and counted as absent" : `${grouped(count)} values were not valid and counted as absent`,
  moreProblems: "more are counted, not listed",
  none: "none",
  // explanations
  score: "score",
  points: "points",
  because: "because",
  total: "sum",
  cap: (/** @type {string} */ group, /** @type {number} */ bound) => `${group} gives no more than ${bound}`,
  floor: (/** @type {string} */ group, /** @type {number} */ bound) => `${group} takes no more than ${-bound}`,
  reset: "taken away when the stage changed",
  bound: "the rule gives no more",
  atMost: (/** @type {number} */ bound) => `the score is at most ${bound}`,
  atLeast: (/** @type {number} */ bound) => `the score is at least ${bound}`,
  key: (/** @type {string} */ text, /** @type {string} */ key) => `${text}: ${key}`,
  keys: /** @type {Record<string, string>} */ ({ unanswered: "not answered", declined: "declined", masked: "not asked", else: "anything else" }),
  missing: (/** @type {string | undefined} */ rule, /** @type {string} */ field) => `${rule === undefined ? "" : `${rule}: `}${field} is not known`,
  aside: (/** @type {string} */ text) => ` (${text})`,
  faults: "faults",
  violation: (/** @type {string} */ table) => `rows of ${table} that may not hold together`,
  notes: "counted as absent",
  // another policy beside it
  shadow: (/** @type {string} */ name, /** @type {string} */ differ, /** @type {string} */ all) => `${name} decides ${differ} of ${all} leads otherwise`,
  shadowPaths: "what differs",
  shadowErrors: "what it cannot decide",
  // what if
  whatWould: (/** @type {string} */ thing, /** @type {string} */ now) => `one answer that changes the ${thing}, now ${now}`,
  nothingWould: (/** @type {string} */ thing, /** @type {string} */ now) => `no single answer changes the ${thing}, now ${now}`,
  from: (/** @type {number} */ low) => `${low} or more`,
  upTo: (/** @type {number} */ high) => `at most ${high}`,
  moreThan: (/** @type {number} */ low) => `more than ${low}`,
  lessThan: (/** @type {number} */ high) => `less than ${high}`,
  between: (/** @type {number} */ low, /** @type {number} */ high) => `${low} to ${high}`,
  both: (/** @type {string} */ from, /** @type {string} */ to) => `${from}, ${to}`,
  anyNumber: "any number",
  suchAs: (/** @type {string} */ text) => `such as ${text}`,
  untold: {
    "too-many": "too many answers to try them all",
    calculated: "the policy calculates with it, and not every value was tried",
    "no-example": "not every kind of text was tried",
  },
  // npm start
  firstDecisions: (/** @type {number} */ shown, /** @type {number} */ all) => `the first ${shown} of ${grouped(all)} decisions`,
  tryNext: "try next",
  tries: { decide: "every decision, in a file", explain: "one lead, and why", check: "change a number in the policy, then check it", help: "all commands", test: "every test" },
};

/** @type {typeof en} */
const zh = {
  line: "行",
  outcome: "结果",
  stage: "阶段",
  error: "错误",
  leads: "条线索",
  decided: (count, seconds) =>
    `已判定 ${grouped(count)} 条线索，用时 ${seconds.toFixed(seconds < 10 ? 2 : 0)} 秒${count >= 1000 ? `（每秒 ${grouped(count / seconds)} 条）` : ""}`,
  interrupted: (line) => `在第 ${grouped(line)} 行之后中断；此前的结果均已写出`,
  refusedRows: (count) => `${grouped(count)} 行未判定`,
  invalidValues: (count) => `${grouped(count)} 个值无效，按未填写处理`,
  moreProblems: "其余只计数，不逐条列出",
  none: "无",
  score: "评分",
  points: "分值",
  because: "原因",
  total: "合计",
  reset: "阶段变更时扣除",
  bound: "该规则的分值已达上限",
  cap: (group, bound) => `“${group}”最多加 ${bound} 分`,
  floor: (group, bound) => `“${group}”最多扣 ${-bound} 分`,
  atMost: (bound) => `评分最高 ${bound} 分`,
  atLeast: (bound) => `评分最低 ${bound} 分`,
  key: (text, key) => `${text}：${key}`,
  keys: { unanswered: "未填写", declined: "不愿回答", masked: "未提问", else: "其他" },
  missing: (rule, field) => `${rule ?? ""}（未知：${field}）`,
  aside: (text) => `（${text}）`,
  faults: "故障",
  violation: (table) => `${table} 中不应同时成立的规则`,
  notes: "按未填写处理",
  shadow: (name, differ, all) => `${all} 条线索中，${name} 对 ${differ} 条的判定不同`,
  shadowPaths: "不同之处",
  shadowErrors: "无法判定",
  whatWould: (thing, now) => `改动一项回答即可改变${thing}（现为 ${now}）`,
  nothingWould: (thing, now) => `改动任何一项回答都不会改变${thing}（现为 ${now}）`,
  from: (low) => `${low} 及以上`,
  upTo: (high) => `${high} 及以下`,
  moreThan: (low) => `大于 ${low}`,
  lessThan: (high) => `小于 ${high}`,
  between: (low, high) => `${low} 至 ${high}`,
  both: (from, to) => `${from}且${to}`,
  anyNumber: "任意数字",
  suchAs: (text) => `例如 ${text}`,
  untold: {
    "too-many": "可选的回答太多，未全部试过",
    calculated: "政策用它参与计算，未逐一试过所有取值",
    "no-example": "未能试遍各类文本",
  },
  firstDecisions: (shown, all) => `共 ${grouped(all)} 条判定，前 ${shown} 条`,
  tryNext: "接下来可以试试",
  tries: { decide: "全部判定结果，写入文件", explain: "一条线索的判定及原因", check: "改动政策中的一个数字，再检查一遍", help: "全部命令", test: "运行全部测试" },
};

/** @type {Record<"en" | "zh", typeof en>} */
export const messages = { en, zh };
