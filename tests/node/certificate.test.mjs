// Certificates and forecasts in words, English and Chinese.

import assert from "node:assert/strict";
import { test } from "node:test";
import { adviceText } from "leadgate/advice";
import { certificateLines, certificateText } from "leadgate/certificate";

/** @type {import("leadgate").Certificate} */
const certificate = {
  goal: "route",
  comesTo: ["sales"],
  remaining: [{ field: "seats", why: "idle" }, { field: "budget", why: "masked" }, { field: "city", why: "idle" }, { field: "name", why: "unread" }],
  scores: { fit: [12, 40.5], need: [3, 3], risk: null },
};

test("a certificate says what it comes to, and why each question cannot matter", () => {
  assert.deepEqual(certificateLines(certificate), [
    "The 4 remaining questions cannot change the route: it is sales, whatever is answered, declined or left out.",
    "seats and city: no answer makes a difference any more.",
    "budget: the question does not apply, and will not.",
    "name: nothing rests on the answer.",
    "fit stays between 12 and 40.5.",
  ]);
  const style = { locale: "zh-CN", field: (/** @type {string} */ name) => ({ seats: "端口数", city: "城市" })[name] ?? name, value: () => "销售" };
  assert.equal(certificateText(certificate, style), "余下 4 个问题不会改变去向：无论回答什么、拒答或留空，都是销售。端口数、城市：怎样回答都不再有影响。budget：该问题不适用，以后也不会适用。name：没有规则用到它。fit保持在 12 到 40.5 之间。");
});

test("what is still looked up may decide, and all may be answered", () => {
  assert.equal(certificateText({ goal: "grade", comesTo: ["A", "B", null], remaining: [{ field: "seats", why: "idle" }], scores: {} }, { value: (goal, value) => `${goal} ${value}` }),
    "The one remaining question cannot change grade; what is still looked up decides whether it is grade A, grade B or a fault, or nothing. seats: no answer makes a difference any more.");
  assert.equal(certificateText({ goal: "stage", comesTo: [3], remaining: [], scores: {} }), "Every question is answered; the stage is 3.");
  assert.equal(certificateText({ goal: "stage", comesTo: ["mql"], remaining: [], scores: {} }, { locale: "zh" }), "问题均已回答，阶段为mql。");
});

const way = (/** @type {number} */ friction) => ({ questions: friction, friction, error: 0 });
/** @type {import("leadgate/author").Forecast} */
const forecast = {
  everything: way(10), formOrder: way(8), plan: way(5), pages: null, optimum: 5, floor: 4, floorError: 0, bestOrder: null, settled: 0, samples: 0, exact: true,
  questions: [{ field: "seats", shown: 1, asked: 1, settles: 0.25 }, { field: "city", shown: 1, asked: 0.125, settles: 0.01 }],
};

test("a forecast says what is saved, and what cannot be shortened", () => {
  assert.equal(adviceText(forecast), "The plan saves 50 % of the friction of asking everything; nobody could save more than about 60 %. The question needed least often is city: in 13 % of forms. What settles most is seats: its answer ends 25 % of forms.");
  assert.match(adviceText({ ...forecast, floor: 9.7 }), /^This card cannot be shortened: .* Add a knock-out or merge grades\.$/);
  assert.match(adviceText({ ...forecast, floor: 9.69 }), /^The plan saves/);
  assert.match(adviceText({ ...forecast, floor: 9.8 }, { locale: "zh" }), /^这张评分卡无法缩短/);
  assert.match(adviceText({ ...forecast, floor: null }), /^The plan saves 50 % of the friction of asking everything\. /);
  assert.match(adviceText({ ...forecast, plan: way(0), settled: 1 }), /settled before the first question/);
});
