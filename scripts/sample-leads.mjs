// Writes policies/saas-inbound/leads.csv: 2,000 made-up leads, the same ones each time. `node scripts/sample-leads.mjs`
//
// Nobody in it exists: the mobile numbers begin with 154, which no carrier has; company domains end in `.example`; addresses at public
// providers say that they are samples.

import { writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { formatCsv } from "./csv.mjs";

/** @typedef {Record<string, string | number | boolean | undefined>} Lead */
/** @template T @typedef {[value: T, weight: number]} Weighted */
/** @typedef {{ source: string, weight: number, ready: number, utm: string[][] }} Channel */

const SEED = 20261121;
const COUNT = 2000;

const columns = [
  "name", "company", "email", "mobile", "title", "industry", "province", "message", "source", "utm_source", "utm_medium",
  "main_need", "situation", "current_tool", "responsibility", "project", "budget", "vendors_met", "seats", "timeline_months",
  "match", "account.seats_bought", "account.seats_used", "sales.accepted",
  "sdr.need", "sdr.authority", "sdr.budget", "sdr.timing", "sdr.attitude",
];

const surnames = "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧".split(" ");
const givenNames = "敏 静 磊 洋 艳 勇 军 杰 娟 涛 超 明 霞 平 刚 桂英 文博 雨桐 子轩 思远 嘉怡 浩然 晓东 志强 海燕 立新 佳宁 卓然".split(" ");
const westernNames = ["Anna Keller", "Tom Harding", "Wei Ling Tan", "Marco Bianchi", "Priya Nair", "Julia Novak", "Kenji Mori", "Sarah O'Brien", "David Lim", "Elena Petrova"];

const places = "东海 京北 沪江 岭南 蜀光 滇池 泰岳 闽江 洞庭 楚天 燕山 松江 秦川 长白 云岭 珠江口 太湖 钱塘 鹭岛 天府".split(" ");
const placesLatin = "donghai jingbei hujiang lingnan shuguang dianchi taiyue minjiang dongting chutian yanshan songjiang qinchuan changbai yunling zhujiangkou taihu qiantang ludao tianfu".split(" ");
/** Of an industry: in Chinese, in a domain, in English. @type {Record<string, string[]>} */
const trades = {
  manufacturing: ["精密制造", "jm", "Precision"], finance: ["证券", "zq", "Securities"], retail: ["连锁超市", "ls", "Stores"], medical: ["医疗器械", "yl", "Medical"],
  education: ["教育", "jy", "Learning"], internet: ["网络科技", "wk", "Networks"], logistics: ["物流", "wl", "Logistics"], government: ["市政服务中心", "sz", "Municipal"], other: ["咨询", "zx", "Advisers"],
};
const legalForms = ["有限公司", "股份有限公司", "集团", "有限责任公司", ""];

/** @type {Weighted<string>[]} */
const provinces = [
  ["上海", 12], ["江苏省", 10], ["浙江省", 10], ["山东", 6], ["福建", 4], ["安徽", 3], ["江西", 2], ["广东省", 16], ["Guangdong", 2], ["广西", 2], ["湖北", 4], ["湖南", 3], ["河南", 4],
  ["北京市", 12], ["天津", 3], ["河北", 2], ["辽宁", 3], ["黑龙江", 1], ["内蒙古", 1], ["四川", 6], ["重庆", 3], ["陕西", 3], ["云南省", 2], ["贵州", 1], ["新疆", 1],
  ["Singapore", 2], ["台湾", 1], ["Shanghai", 2], ["Oslo", 1],
];

/** @type {Record<string, string[]>} */
const titles = {
  decides: [
    "首席信息官", "信息中心主任", "科技处处长", "信息化工作办公室主任", "IT部总经理", "CIO", "Chief Information Officer", "Head of IT", "IT Director", "CTO", "首席技术官", "技术总监",
    "总经理", "副总经理", "CEO", "创始人", "Managing Director", "VP of Engineering", "市场总监", "营销总监", "CMO", "Marketing Director", "分区校长", "Director of IT, Asia",
  ],
  pays: ["财务总监", "CFO", "采购经理", "采购总监", "Procurement Manager", "Finance Director", "Audit Director"],
  implements: ["IT经理", "信息主管", "运维工程师", "系统架构师", "IT Manager", "Software Engineer", "项目经理", "产品经理", "部长", "运营经理", "Product Manager", "International Sales Director"],
  uses: ["运营专员", "市场专员", "业务顾问", "Marketing Specialist", "Business Analyst", "项目助理", "总经理助理", "Executive Assistant", "Contractor", "编辑"],
  intern: ["市场部实习生", "Marketing Intern", "IT Trainee", "见习专员"],
  unknown: ["主理人", "合伙人", "Evangelist", "首席体验师"],
};
const studentTitles = ["在读学生", "大学生", "研究生", "Student", "PhD Student"];

/** Share of the channel, its UTM pairs, and how ready its visitors are to answer. @type {Channel[]} */
const channels = [
  { source: "sem", weight: 20, ready: 0.78, utm: [["baidu", "cpc"], ["360", "cpc"], ["bing", "cpc"], ["Baidu", "cpc"]] },
  { source: "seo", weight: 12, ready: 0.74, utm: [["baidu", "organic"], ["google", "organic"]] },
  { source: "event", weight: 9, ready: 0.85, utm: [["expo", "badge"], ["huodongxing", "event"]] },
  { source: "livestream", weight: 7, ready: 0.72, utm: [["weishi", "livestream"]] },
  { source: "referral", weight: 5, ready: 0.9, utm: [] },
  { source: "website", weight: 11, ready: 0.76, utm: [] },
  { source: "zhihu", weight: 5, ready: 0.64, utm: [["zhihu", "article"], ["zhihu", "answer"]] },
  { source: "partner", weight: 5, ready: 0.86, utm: [] },
  { source: "sales_self", weight: 5, ready: 0.75, utm: [["wechat", "sales_share"]] },
  { source: "download", weight: 13, ready: 0.4, utm: [["ebook", "download"], ["whitepaper", "download"]] },
  { source: "social", weight: 8, ready: 0.36, utm: [["weibo", "post"], ["xiaohongshu", "post"], ["wechat", "article"]] },
];

// Asked first, and so answered more often.
const core = new Set(["main_need", "project", "title", "seats"]);

/** What is wrong with a lead that nobody should work, by weight. @type {Weighted<string>[]} */
const oddities = [
  ["none", 881], ["no_contact", 10], ["duplicate", 30], ["repeated", 20], ["spam", 8], ["test_entry", 12], ["student", 12], ["disposable_mail", 8], ["nameless", 14], ["broken_account", 5],
];

const spam = ["低价代开发票，量大从优", "无抵押贷款，当天放款", "SEO services, first page guaranteed", "We buy \"guest posts\" and backlinks"];
const messages = ["请尽快联系", "想了解价格", "希望安排一次演示，周三下午方便", "How does it work with SAP?", "之前用过试用版，想续上", "Please call after 6 p.m., \"not\" before"];
const testNames = ["测试", "test", "asdf", "ＴＥＳＴ", "无", "123"];
const throwAway = ["mailinator.com", "10minutemail.com", "guerrillamail.com", "trashmail.com", "yopmail.com"];
const publicMail = ["qq.com", "163.com", "126.com", "foxmail.com", "gmail.com", "outlook.com", "sina.com"];
const tools = ["旧版 ERP", "Excel 插件", "自研系统", "SAP", "用友", "金蝶", "Salesforce", "OA"];

/** A small generator of numbers from 0 up to 1, the same everywhere. @param {number} seed */
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The sample: an object of answers for each lead, what is absent left out or undefined. @returns {Lead[]} */
export function sampleLeads(seed = SEED, count = COUNT) {
  const random = mulberry32(seed);
  const chance = (/** @type {number} */ share) => random() < share;
  const whole = (/** @type {number} */ low, /** @type {number} */ high) => low + Math.floor(random() * (high - low + 1));
  /** @template T @param {T[]} list @returns {T} */
  const pick = (list) => list[Math.floor(random() * list.length)];
  /** @template T @param {Weighted<T>[]} pairs @returns {T} */
  const weighted = (pairs) => {
    let rest = random() * pairs.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of pairs) if ((rest -= weight) < 0) return value;
    return pairs[pairs.length - 1][0];
  };

  /** @param {number} number @returns {Lead} */
  function person(number) {
    const western = chance(0.12);
    const industry = weighted([["manufacturing", 24], ["finance", 12], ["retail", 15], ["medical", 9], ["education", 9], ["internet", 14], ["logistics", 8], ["government", 3], ["other", 6]]);
    const place = whole(0, places.length - 1);
    const [trade, suffix, western_trade] = trades[industry];
    const domain = `${placesLatin[place]}-${suffix}.example`;
    const capital = placesLatin[place][0].toUpperCase() + placesLatin[place].slice(1);
    const id = String(number).padStart(4, "0");
    return {
      name: western ? pick(westernNames) : pick(surnames) + pick(givenNames),
      company: western ? `${capital} ${western_trade}${pick([" Ltd", " Inc.", " Co., Ltd.", ""])}` : places[place] + trade + pick(legalForms),
      email: chance(0.18) ? `sample.lead.${id}@${pick(publicMail)}` : `${pick(["info", "it", "office", "contact"])}.${id}@${domain}`,
      mobile: writtenNumber(`154${String(10000000 + number * 4177).slice(-8)}`),
      industry,
      province: weighted(provinces),
    };
  }

  /** @param {string} digits */
  function writtenNumber(digits) {
    const [a, b, c] = [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)];
    return weighted([[digits, 70], [`${a} ${b} ${c}`, 12], [`${a}-${b}-${c}`, 8], [`+86 ${digits}`, 8], [`0086${digits}`, 2]]);
  }

  /** @param {Channel} channel @returns {Lead} */
  function comesFrom(channel) {
    const known = chance(0.6) || channel.utm.length === 0;
    const [utm_source, utm_medium] = channel.utm.length > 0 ? pick(channel.utm) : [];
    if (known) return { source: channel.source, ...(chance(0.4) && { utm_source, utm_medium }) };
    return chance(0.94) ? { utm_source, utm_medium } : { utm_source };
  }

  /** @param {number} ready @returns {Lead} */
  function answers(ready) {
    const project = weighted([["approved", 30 + 40 * ready], ["planned", 30], ["none", 60 - 40 * ready]]);
    const situation = weighted([["paper", 10], ["spreadsheet", 35], ["own_system", 20], ["vendor_system", 35]]);
    const seats = weighted([[whole(1, 19), 30], [whole(20, 99), 40], [whole(100, 499), 23], [whole(500, 4000), 7]]);
    const level = weighted([["decides", 26], ["pays", 10], ["implements", 33], ["uses", 19], ["intern", 4], ["unknown", 8]]);
    const all = {
      main_need: weighted([["replace", 28], ["new_build", 24], ["expand", 14], ["compare", 20], ["learn", 14]]),
      situation,
      current_tool: situation.endsWith("system") ? pick(tools) : undefined,
      title: pick(titles[level]),
      responsibility: level === "decides" ? "decides" : weighted([["evaluates", 60], ["uses", 40]]),
      project,
      // Some name a budget before there is a project; the question's gate masks it.
      budget: project !== "none" || chance(0.15) ? Math.round((seats * whole(300, 2500)) / 1000) * 1000 : undefined,
      vendors_met: weighted([[0, 30], [1, 25], [2, 20], [3, 15], [whole(4, 8), 10]]),
      seats,
      timeline_months: project !== "none" ? weighted([[whole(0, 3), 35], [whole(4, 6), 30], [whole(7, 12), 25], [whole(13, 24), 10]]) : undefined,
    };
    /** @type {Lead} */
    const given = {};
    for (const [field, value] of Object.entries(all)) if (value !== undefined && chance(core.has(field) ? ready + 0.2 : ready - 0.05)) given[field] = value;
    return given;
  }

  /** @param {number} ready @returns {Lead} */
  function sdrSheet(ready) {
    const warm = chance(0.4 + 0.4 * ready);
    return {
      "sdr.need": weighted(warm ? [["clear", 75], ["vague", 25]] : [["vague", 50], ["none", 50]]),
      "sdr.authority": weighted(warm ? [["decides", 40], ["recommends", 45], ["collects", 15]] : [["recommends", 30], ["collects", 70]]),
      "sdr.budget": weighted(warm ? [["approved", 45], ["planned", 35], ["none", 20]] : [["planned", 20], ["none", 80]]),
      "sdr.timing": chance(0.8) ? weighted(warm ? [["this_quarter", 40], ["this_year", 45], ["later", 15]] : [["this_year", 25], ["later", 75]]) : undefined,
      "sdr.attitude": weighted(warm ? [["wants_meeting", 50], ["open", 50]] : [["open", 40], ["cold", 60]]),
      "sales.accepted": warm && chance(0.75) ? true : undefined,
    };
  }

  /** @param {number} number */
  function ordinary(number) {
    const channel = weighted(channels.map((one) => /** @type {Weighted<Channel>} */ ([one, one.weight])));
    const ready = Math.min(0.95, Math.max(0.05, channel.ready + (random() - 0.5) * 0.6));
    const who = person(number);
    /** @type {Lead} */
    const lead = { ...who, ...comesFrom(channel), ...answers(ready) };
    if (chance(0.2)) delete lead.name;
    if (chance(0.12)) delete lead.industry;
    if (chance(0.15)) delete lead.province;
    if (chance(0.12)) delete lead.company;
    if (chance(0.35)) delete lead.email;
    else if (chance(0.25)) delete lead.mobile;
    if (lead.email && !lead.mobile && !lead.company) lead.company = who.company;
    if (chance(0.15)) lead.message = pick(messages);
    if (ready > 0.7 && lead.mobile && lead.main_need && chance(0.6)) Object.assign(lead, sdrSheet(ready));
    lead.match = chance(0.06) ? "customer" : "none";
    if (lead.match === "customer") {
      const bought = whole(10, 300);
      Object.assign(lead, { "account.seats_bought": bought, "account.seats_used": whole(0, bought) });
    }
    return lead;
  }

  /** @type {Lead[]} */
  const leads = [];
  for (let number = 1; leads.length < count; number += 1) {
    const lead = ordinary(number);
    const oddity = weighted(oddities);
    if (oddity === "no_contact") { delete lead.email; delete lead.mobile; }
    if (oddity === "spam") lead.message = pick(spam);
    if (oddity === "test_entry") lead.name = pick(testNames);
    if (oddity === "student") Object.assign(lead, { title: pick(studentTitles), company: undefined });
    if (oddity === "disposable_mail") Object.assign(lead, { email: `sample.${number}@${pick(throwAway)}`, mobile: undefined });
    if (oddity === "nameless") Object.assign(lead, { email: `sample.lead.${number}@${pick(publicMail)}`, mobile: undefined, company: undefined });
    if (oddity === "broken_account") Object.assign(lead, { match: "customer", "account.seats_bought": 0, "account.seats_used": whole(5, 50) });
    // The same person again: a duplicate that the host recognised, or a second form that it has not looked up yet.
    if (leads.length > 0 && (oddity === "duplicate" || oddity === "repeated")) {
      const earlier = pick(leads);
      Object.assign(lead, { name: earlier.name, company: earlier.company, email: earlier.email && String(earlier.email).toUpperCase(), mobile: earlier.mobile });
      lead.match = oddity === "duplicate" ? "open_lead" : "none";
    }
    leads.push(lead);
  }
  return leads;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(fileURLToPath(new URL("../policies/saas-inbound/leads.csv", import.meta.url)), formatCsv(columns, sampleLeads()));
}
