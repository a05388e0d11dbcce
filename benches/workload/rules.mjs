// The workload as data: one description from which every peer's rules are translated.
//
// A condition is { all: [...] }, { any: [...] }, { not: condition } or a test { field, op, value }. Text tests are case-sensitive, ranges
// include both ends, and a comparison on a missing field is false. `fit`, `engagement`, `total`, `grade` and `decision` are computed; all
// other names are fields of the lead.

export const all = (...of) => ({ all: of });
export const any = (...of) => ({ any: of });
export const not = (of) => ({ not: of });
export const oneOf = (field, ...value) => ({ field, op: "in", value });
export const is = (field, value) => ({ field, op: "is", value });
export const atLeast = (field, value) => ({ field, op: ">=", value });
export const atMost = (field, value) => ({ field, op: "<=", value });
export const below = (field, value) => ({ field, op: "<", value });
export const above = (field, value) => ({ field, op: ">", value });
export const within = (field, low, high) => ({ field, op: "between", value: [low, high] });
export const contains = (field, value) => ({ field, op: "contains", value });
export const yes = (field) => ({ field, op: "true" });
export const present = (field) => ({ field, op: "present" });

/** The fields that a lead may lack. */
export const optional = ["budget", "timeline_months", "need"];

/** Every field with its kind, in the order of the leads' keys. */
export const fields = {
  industry: "string", region: "string", title: "string", title_level: "string", company_size: "number", seats: "number", budget: "number",
  timeline_months: "number", need: "string", source: "string", utm_source: "string", email: "string", phone: "string",
  email_clicks_30d: "number", page_views_7d: "number", pricing_page_views: "number", webinar_minutes: "number", downloads: "number",
  days_since_last_activity: "number", is_competitor: "bool", is_student: "bool", has_project: "bool", vendors_contacted: "number",
  answered: "number",
};

/** Both scores are sums clamped to this. */
export const range = [0, 100];

const rule = (id, when, points) => ({ id, when, points });

export const fit = [
  rule("F1", oneOf("industry", "manufacturing", "retail", "logistics"), 12),
  rule("F2", oneOf("industry", "finance", "healthcare", "energy"), 8),
  rule("F3", oneOf("industry", "education", "government"), 4),
  rule("F4", atLeast("company_size", 1000), 14),
  rule("F5", within("company_size", 200, 999), 10),
  rule("F6", within("company_size", 50, 199), 5),
  rule("F7", below("company_size", 10), -10),
  rule("F8", atLeast("seats", 100), 12),
  rule("F9", within("seats", 20, 99), 7),
  rule("F10", oneOf("title_level", "cxo", "vp"), 14),
  rule("F11", is("title_level", "director"), 10),
  rule("F12", all(is("title_level", "manager"), atLeast("company_size", 200)), 6),
  rule("F13", any(contains("title", "采购"), contains("title", "Procurement"), contains("title", "信息")), 5),
  rule("F14", any(contains("title", "实习"), contains("title", "Intern"), contains("title", "student")), -15),
  rule("F15", oneOf("region", "广东", "上海", "北京", "江苏", "浙江"), 5),
  rule("F16", all(is("industry", "manufacturing"), oneOf("region", "广东", "江苏", "浙江", "山东")), 3),
  rule("F17", atLeast("budget", 500000), 12),
  rule("F18", within("budget", 100000, 499999), 7),
  rule("F19", all(below("budget", 20000), not(yes("has_project"))), -6),
  rule("F20", atMost("timeline_months", 3), 10),
  rule("F21", all(oneOf("need", "replace", "new_build"), yes("has_project")), 8),
  rule("F22", yes("is_competitor"), -40),
  rule("F23", any(yes("is_student"), contains("email", ".edu")), -20),
  rule("F24", all(any(contains("email", "@qq.com"), contains("email", "@163.com"), contains("email", "@gmail.com")), atLeast("company_size", 500)), -4),
];

export const engagement = [
  rule("E1", atLeast("answered", 8), 12),
  rule("E2", within("answered", 4, 7), 6),
  rule("E3", atLeast("email_clicks_30d", 5), 10),
  rule("E4", atLeast("page_views_7d", 20), 10),
  rule("E5", within("page_views_7d", 5, 19), 5),
  rule("E6", atLeast("pricing_page_views", 3), 15),
  rule("E7", all(within("pricing_page_views", 1, 2), atLeast("page_views_7d", 5)), 7),
  rule("E8", atLeast("webinar_minutes", 45), 10),
  rule("E9", any(atLeast("downloads", 3), all(atLeast("downloads", 1), is("source", "ebook"))), 7),
  rule("E10", oneOf("source", "referral", "event", "sales_self"), 12),
  rule("E11", all(oneOf("source", "sem", "seo"), atLeast("pricing_page_views", 1)), 6),
  rule("E12", all(oneOf("utm_source", "baidu", "bing"), present("need")), 3),
  rule("E13", above("days_since_last_activity", 60), -20),
  rule("E14", within("days_since_last_activity", 31, 60), -10),
  rule("E15", all(atMost("days_since_last_activity", 3), not(yes("is_student"))), 8),
  rule("E16", atLeast("vendors_contacted", 5), -6),
];

const row = (when, then) => ({ when, then });

/** First match by `total` (fit + engagement). */
export const grade = {
  rows: [row(atLeast("total", 90), "A"), row(atLeast("total", 65), "B"), row(atLeast("total", 40), "C")],
  otherwise: "D",
};

/** First match. */
export const decision = {
  rows: [
    row(any(yes("is_competitor"), yes("is_student"), below("fit", 10)), "disqualified"),
    row(all(atLeast("fit", 40), atLeast("engagement", 25), any(yes("has_project"), atLeast("budget", 300000))), "SQL"),
    row(any(all(atLeast("fit", 30), atLeast("engagement", 18)), all(atLeast("pricing_page_views", 3), atLeast("fit", 25))), "MQL"),
  ],
  otherwise: "nurture",
};

const disqualified = is("decision", "disqualified");
const sql = is("decision", "SQL");
const mql = is("decision", "MQL");

/** First match. */
export const queue = {
  rows: [
    row(all(disqualified, yes("is_competitor")), "blocked"),
    row(disqualified, "archive"),
    row(all(sql, atLeast("company_size", 1000), oneOf("industry", "finance", "government", "energy")), "key_public"),
    row(all(sql, atLeast("seats", 200)), "key_account"),
    row(all(sql, oneOf("region", "广东", "福建")), "south_ae"),
    row(all(sql, oneOf("region", "上海", "江苏", "浙江")), "east_ae"),
    row(sql, "north_ae"),
    row(all(mql, is("source", "referral")), "partner_desk"),
    row(all(mql, oneOf("grade", "A", "B"), atMost("timeline_months", 3)), "sdr_hot"),
    row(mql, "sdr_pool"),
    row(any(atLeast("downloads", 1), atLeast("webinar_minutes", 15)), "content_nurture"),
  ],
  otherwise: "drip",
};
