// What visitors are told, as long as the policy itself does not say it.

/** @type {Record<string, { for: string[], en: string, zh: string }>} */
export const MESSAGES = {
  soon: { for: ["source_owner", "industry_team", "sales_east", "sales_south", "sales_north", "sales_west", "sales_desk", "sdr_now"], en: "A colleague who knows your field calls you within one working day.", zh: "熟悉您所在领域的同事会在一个工作日内联系您。" },
  turn: { for: ["sdr_queue", "reseller", "manual_review"], en: "A colleague reads your answers and gets back to you this week.", zh: "我们会有同事阅读您的回答，并在本周内联系您。" },
  thanks: { for: [], en: "We send you what helps at this stage, and are there when you want to talk.", zh: "我们会把眼下用得上的资料发给您；想聊的时候，随时找我们。" },
};
