// What the playground says of a lead's life, in Chinese.

/** @type {typeof import("./life-en.mjs").life} */
export const life = {
  readings: { why: "原因", next: "下一步", whatIf: "假如" },
  reading: "查看判定的哪一部分",
  refused: (message) => `引擎无法接受：${message}`,
  in: (ms) => `${span(ms)}后`,
  ago: (ms) => `${span(ms)}前`,
  now: "现在",

  moves: "阶段与流转",
  isIn: (stage) => `线索处于 ${stage}。`,
  proposed: "按规则应流转：",
  commit: "执行流转",
  onEvent: (event) => `发生“${event}”时`,
  byHand: "条件满足时",
  byTime: (when) => `到 ${when} 自动流转`,
  to: (stage) => `到 ${stage}`,
  make: (move, stage) => `${move}：到 ${stage}`,
  reason: "原因",
  reasonTitle: (move) => `“${move}”的原因是什么？`,
  reasonNeeded: "必须填写原因。",
  notNow: "现在不能进行",
  elsewhere: "不能从当前阶段进行",
  from: (stages) => `只能从 ${stages} 进行`,
  noMoves: "没有从该阶段出发的流转。",
  needs: {
    "not-met": "条件不满足", "reason-missing": "需填写原因", "reason-unknown": "需选择列出的原因", pinned: "阶段已由人工固定",
    faulted: "条件出现故障", screened: "不算线索", "reset-first": "须先完成之前的流转", "illegal-move": "不能从当前阶段进行", "unknown-event": "没有这种事件",
  },
  requires: (fields) => `进入该阶段须填写 ${fields}`,
  tooLate: (when) => `${when} 起已过时限`,
  cooling: (when) => `冷却期内，${when} 之后才可以`,
  notDue: (when) => `${when} 到期自动流转`,
  pin: "人工固定阶段",
  pinStage: "阶段",
  pinBy: "操作人",
  pinDo: "固定",
  unpin: "取消固定",
  pinned: (stage, by) => `${by} 已将阶段固定为 ${stage}。`,
  history: "流转记录",
  historyNone: "还没有变化。",
  historyMoves: { "@pin": "人工固定", "@unpin": "取消固定" },
  by: (who) => `操作人 ${who}`,
  stayed: (ms) => `停留 ${span(ms)}`,
  forget: "重新开始",

  schedules: "跟进 SOP",
  dueNow: "现在该做",
  nothingDue: "现在没有待办。",
  noneRuns: "没有适用于该线索的 SOP。",
  sent: "已发送",
  sentNamed: (send) => `${send} 已发送`,
  dueSince: (when, ms) => (ms < 60_000 ? "现在到期" : `${when} 到期，已超时 ${span(ms)}`),
  upcoming: "如无其他变化，接下来",
  sentList: "发送记录",
  begins: "现在开始",
  runs: (when) => `自 ${when} 起进行`,
  ends: "现在结束",
  waits: "未启动",
  enters: (condition) => `${condition} 时开始`,
  leaves: (condition) => `${condition} 时结束`,
  marks: { sent: "已发送", due: "待发送", ahead: "未到时间", open: "等待" },
  stepOn: { day: (n) => `第 ${n} 天`, week: (n) => `第 ${n} 周`, working_day: (n) => `第 ${n} 个工作日`, after: (length) => `${duration(length)}后`, when: () => "立即" },
  stepAt: (time) => ` ${time}`,
  stepWhen: (condition) => `，条件：${condition}`,
  andThen: " 且 ",

  queues: "分配队列",
  queue: "哪个队列",
  takes: ["该线索由 ", " 接手"],
  turn: { owner: "线索本来就归其负责", account: "客户归其负责", turn: "轮到其接手" },
  notFor: (queue) => `该线索不进入 ${queue}；如果进入：`,
  answerBy: (when) => `须在 ${when} 前响应`,
  nobody: { absent: "无人可接：全部缺席。", full: "无人可接：在岗人员今日名额已满。" },
  nextTen: "之后的十条线索",
  nobodyShort: "无人",
  member: "成员",
  weight: "权重",
  share: "份额",
  has: "已接",
  there: "在岗",
  isThere: (member) => `${member} 在岗`,
  perDay: (count) => `每日最多 ${count} 条`,
  give: "分配该线索",
  takeBack: (member) => `从 ${member} 处退回`,
  anew: "重新开始",

  whatIf: "换一个答案会怎样",
  settle: "看什么会变",
  settles: { route: "去向", stage: "阶段" },
  asIs: (value) => `目前：${value}。只换一个答案就能改变它，最容易的排在最前。`,
  whatIfNone: "任何一个答案单独改变都不会改变它。",
  tryIt: "试一试",
  tryNamed: (what) => `试一试：${what}`,
  instead: (from, to) => [to, `，而不是${from}`],
  absent: "未填写",
  declined: "不愿回答",
  likeText: (text) => `类似“${text}”的内容`,
  range: (low, high) => `${low} 到 ${high}`,
  effort: (cost, steps) => `难度 ${cost}${steps > 1 ? `，相差 ${steps} 档` : ""}`,
  untold: (field, why) => `${field} 未逐一试过：${why}。`,
  untoldWhy: { "too-many": "可能的答案太多", calculated: "规则直接用该值计算", "no-example": "没有找到可举例的文本" },

  storySteps: (count) => `${count} 步`,
  story: "经过",
  storyAt: (at, of) => (at === 0 ? `共 ${of} 步，尚未开始` : `第 ${at} 步之后，共 ${of} 步`),
  back: "上一步",
  next: "下一步",
  toEnd: "走到最后",
  decides: "查看线索",
  happens: (event) => `发生“${event}”`,
  moved: (move) => `流转 ${move}`,
  because: (reason) => `原因“${reason}”`,
  came: (stage, moves) => (moves ? `${moves}：现为 ${stage}` : `仍为 ${stage}`),
  expects: { moves: "流转", stage: "阶段", refused: "拒绝原因", route: "分配", outcome: "去向", due: "待办" },
  wasRefused: (why) => `被拒绝：${why}`,
};

const UNITS = /** @type {Record<string, string>} */ ({ s: "秒", m: "分钟", h: "小时", d: "天", w: "周" });

/** @param {string} length */
function duration(length) {
  const [, count, unit] = length.match(/^(\d+)([smhdw])$/) ?? [];
  return count ? `${count} ${UNITS[unit]}` : length;
}

/** @param {number} ms */
function span(ms) {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} 分钟`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} 小时`;
  return `${Math.round(minutes / 1440)} 天`;
}
