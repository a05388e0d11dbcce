// The workload written by hand: what every engine must agree with, and what its speed is compared to. Not written from rules.mjs: the two are
// independent readings of the same rules, and the benchmark checks them against each other.

/**
 * Scores one lead.
 *
 * A missing field is `undefined`, which every comparison below makes false.
 */
export function score(lead) {
  const { industry, region, title, company_size: size, seats, budget, source, email, has_project: hasProject } = lead;
  const { pricing_page_views: pricing, page_views_7d: views, days_since_last_activity: silent, downloads } = lead;
  const { is_student: isStudent, is_competitor: isCompetitor, timeline_months: timeline } = lead;

  let fit = 0;
  switch (industry) {
    case "manufacturing":
      fit += region === "广东" || region === "江苏" || region === "浙江" || region === "山东" ? 15 : 12;
      break;
    case "retail": case "logistics":
      fit += 12;
      break;
    case "finance": case "healthcare": case "energy":
      fit += 8;
      break;
    case "education": case "government":
      fit += 4;
      break;
  }
  if (size >= 1000) fit += 14;
  else if (size >= 200) fit += 10;
  else if (size >= 50) fit += 5;
  else if (size < 10) fit -= 10;
  if (seats >= 100) fit += 12;
  else if (seats >= 20) fit += 7;
  switch (lead.title_level) {
    case "cxo": case "vp":
      fit += 14;
      break;
    case "director":
      fit += 10;
      break;
    case "manager":
      if (size >= 200) fit += 6;
      break;
  }
  if (title.includes("采购") || title.includes("Procurement") || title.includes("信息")) fit += 5;
  if (title.includes("实习") || title.includes("Intern") || title.includes("student")) fit -= 15;
  switch (region) {
    case "广东": case "上海": case "北京": case "江苏": case "浙江":
      fit += 5;
      break;
  }
  if (budget >= 500000) fit += 12;
  else if (budget >= 100000 && budget <= 499999) fit += 7;
  else if (budget < 20000 && !hasProject) fit -= 6;
  if (timeline <= 3) fit += 10;
  if (hasProject) {
    const need = lead.need;
    if (need === "replace" || need === "new_build") fit += 8;
  }
  if (isCompetitor) fit -= 40;
  if (isStudent || email.includes(".edu")) fit -= 20;
  if (size >= 500 && (email.includes("@qq.com") || email.includes("@163.com") || email.includes("@gmail.com"))) fit -= 4;
  fit = fit < 0 ? 0 : fit > 100 ? 100 : fit;

  let engagement = 0;
  const answered = lead.answered;
  if (answered >= 8) engagement += 12;
  else if (answered >= 4) engagement += 6;
  if (lead.email_clicks_30d >= 5) engagement += 10;
  if (views >= 20) engagement += 10;
  else if (views >= 5) engagement += 5;
  if (pricing >= 3) engagement += 15;
  else if (pricing >= 1 && views >= 5) engagement += 7;
  if (lead.webinar_minutes >= 45) engagement += 10;
  if (downloads >= 3 || (downloads >= 1 && source === "ebook")) engagement += 7;
  switch (source) {
    case "referral": case "event": case "sales_self":
      engagement += 12;
      break;
    case "sem": case "seo":
      if (pricing >= 1) engagement += 6;
      break;
  }
  const utm = lead.utm_source;
  if ((utm === "baidu" || utm === "bing") && lead.need !== undefined) engagement += 3;
  if (silent > 60) engagement -= 20;
  else if (silent > 30) engagement -= 10;
  else if (silent <= 3 && !isStudent) engagement += 8;
  if (lead.vendors_contacted >= 5) engagement -= 6;
  engagement = engagement < 0 ? 0 : engagement > 100 ? 100 : engagement;

  const total = fit + engagement;
  const grade = total >= 90 ? "A" : total >= 65 ? "B" : total >= 40 ? "C" : "D";

  let decision, queue;
  if (isCompetitor || isStudent || fit < 10) {
    decision = "disqualified";
    queue = isCompetitor ? "blocked" : "archive";
  } else if (fit >= 40 && engagement >= 25 && (hasProject || budget >= 300000)) {
    decision = "SQL";
    if (size >= 1000 && (industry === "finance" || industry === "government" || industry === "energy")) queue = "key_public";
    else if (seats >= 200) queue = "key_account";
    else if (region === "广东" || region === "福建") queue = "south_ae";
    else if (region === "上海" || region === "江苏" || region === "浙江") queue = "east_ae";
    else queue = "north_ae";
  } else if ((fit >= 30 && engagement >= 18) || (pricing >= 3 && fit >= 25)) {
    decision = "MQL";
    if (source === "referral") queue = "partner_desk";
    else if (total >= 65 && timeline <= 3) queue = "sdr_hot";
    else queue = "sdr_pool";
  } else {
    decision = "nurture";
    queue = downloads >= 1 || lead.webinar_minutes >= 15 ? "content_nurture" : "drip";
  }
  return { fit, engagement, grade, decision, queue };
}
