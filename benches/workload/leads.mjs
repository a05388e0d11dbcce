// The workload's leads: the same 10,000 every time.
//
//   node benches/workload/leads.mjs           says how often each rule fires and each queue is reached
//   node benches/workload/leads.mjs --json    writes { leads, expected } as JSON to standard output

import { pathToFileURL } from "node:url";
import { coverage } from "./coverage.mjs";
import { score } from "./oracle.mjs";
import { fields } from "./rules.mjs";
import { enums, titles, utmSources } from "./values.mjs";

/** How many leads the workload has. */
export const count = 10_000;

const freeMail = ["qq.com", "163.com", "gmail.com"];
const workMail = ["huaxing-steel.com", "lanhai.com.cn", "example.org", "edu-soft.cn", "nordwind.de", "brightfield.io", "qqmail-corp.com"];
const campusMail = ["pku.edu.cn", "mail.tsinghua.edu.cn", "stanford.edu"];
const names = ["wei.zhang", "li.na", "wang.fang", "chen.jie", "liu.yang", "anna.smith", "tom.mueller", "sara.lee", "zhao.min", "sun.hao"];

/** mulberry32: 32 bits of state, a number in [0, 1) a call. */
function mulberry32(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Draws from one stream of random numbers. */
export class Draw {
  constructor(seed) {
    this.next = mulberry32(seed);
  }
  int(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }
  chance(probability) {
    return this.next() < probability;
  }
  pick(values) {
    return values[this.int(0, values.length - 1)];
  }
  /** A whole number from one of these ranges, all ranges being equally likely: thresholds get their share of both sides. */
  range(...ranges) {
    const [low, high] = this.pick(ranges);
    return this.int(low, high);
  }
}

function email(draw) {
  const kind = draw.next();
  const domain = kind < 0.05 ? draw.pick(campusMail) : kind < 0.35 ? draw.pick(freeMail) : draw.pick(workMail);
  return `${draw.pick(names)}${draw.int(1, 99_999)}@${domain}`;
}

/** Mostly whole amounts, some with a fraction, and some right at a threshold or just beside it. */
function budgetOf(draw) {
  const amount = draw.range([1_000, 19_999], [20_000, 99_999], [100_000, 499_999], [500_000, 3_000_000]);
  if (draw.chance(0.02)) return draw.pick([19_999.5, 20_000, 99_999.5, 100_000, 299_999.5, 300_000, 499_999, 499_999.5, 500_000]);
  return draw.chance(0.1) ? amount + 0.5 : amount;
}

function lead(draw) {
  const industry = draw.pick(enums.industry);
  const region = draw.pick(enums.region);
  const title = draw.pick(titles);
  const level = draw.pick(enums.title_level);
  const size = draw.range([1, 9], [10, 49], [50, 199], [200, 999], [1000, 20_000]);
  const seats = draw.range([1, 19], [20, 99], [100, 199], [200, 1000]);
  const budget = budgetOf(draw);
  const months = draw.range([0, 3], [4, 24]);
  const need = draw.pick(enums.need);
  const source = draw.pick(enums.source);
  const utm = draw.pick(utmSources);
  const mail = email(draw);
  const phone = `1${draw.pick([3, 5, 7, 8, 9])}${String(draw.int(0, 999_999_999)).padStart(9, "0")}`;
  const clicks = draw.range([0, 4], [5, 30]);
  const views = draw.range([0, 4], [5, 19], [20, 80]);
  const pricing = draw.range([0, 0], [1, 2], [3, 12]);
  const webinar = draw.range([0, 0], [0, 14], [15, 44], [45, 120]);
  const downloads = draw.range([0, 0], [0, 0], [1, 2], [3, 9]);
  const silent = draw.range([0, 3], [4, 30], [31, 60], [61, 200]);
  const competitor = draw.chance(0.03);
  const student = draw.chance(0.04);
  const project = draw.chance(0.45);
  const vendors = draw.range([0, 4], [0, 4], [5, 9]);
  const answered = draw.int(0, 10);
  const lacks = [draw.chance(0.3), draw.chance(0.3), draw.chance(0.25)];
  return {
    industry, region, title, title_level: level, company_size: size, seats, budget: lacks[0] ? undefined : budget,
    timeline_months: lacks[1] ? undefined : months, need: lacks[2] ? undefined : need, source, utm_source: utm, email: mail, phone,
    email_clicks_30d: clicks, page_views_7d: views, pricing_page_views: pricing, webinar_minutes: webinar, downloads,
    days_since_last_activity: silent, is_competitor: competitor, is_student: student, has_project: project, vendors_contacted: vendors,
    answered,
  };
}

const keys = Object.keys(fields);

/** The lead without the keys that have no value, its other keys rotated: which optional keys it lacks decides its shape, so there are eight. */
function reshaped(source) {
  const lacking = (source.budget === undefined ? 1 : 0) + (source.timeline_months === undefined ? 2 : 0) + (source.need === undefined ? 4 : 0);
  const turned = {};
  for (let index = 0; index < keys.length; index++) {
    const key = keys[(index + lacking * 3) % keys.length];
    if (source[key] !== undefined) turned[key] = source[key];
  }
  return turned;
}

/**
 * The leads, in one of two forms with the same content.
 *
 * `one`: every object has the same keys in the same order, a missing value is `undefined`, as a form's own code would build it.
 * `eight`: eight shapes; a missing value is an absent key, and each shape has an order of keys of its own, as they come out of JSON.
 */
export function generate(shapes = "eight", seed = 20_261_121) {
  const draw = new Draw(seed);
  const leads = Array.from({ length: count }, () => lead(draw));
  if (shapes === "one") return leads;
  if (shapes === "eight") return JSON.parse(JSON.stringify(leads.map(reshaped)));
  throw new RangeError(`there are no leads with ${shapes} shapes`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const leads = generate();
  const { lines, problems } = coverage(leads, score);
  if (problems.length > 0) {
    console.error(problems.join("\n"));
    process.exitCode = 1;
  } else if (process.argv.includes("--json")) {
    process.stdout.write(JSON.stringify({ leads, expected: leads.map(score) }));
  } else {
    console.log(lines.join("\n"));
  }
}
