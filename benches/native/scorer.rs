//! The workload written by hand in Rust.

use serde::Deserialize;

/// A lead as a program that knows its fields would hold it; what no rule reads is left out.
#[derive(Deserialize)]
pub struct Lead {
    industry: String,
    region: String,
    title: String,
    title_level: String,
    company_size: i64,
    seats: i64,
    budget: Option<f64>,
    timeline_months: Option<i64>,
    need: Option<String>,
    source: String,
    utm_source: String,
    email: String,
    email_clicks_30d: i64,
    page_views_7d: i64,
    pricing_page_views: i64,
    webinar_minutes: i64,
    downloads: i64,
    days_since_last_activity: i64,
    is_competitor: bool,
    is_student: bool,
    has_project: bool,
    vendors_contacted: i64,
    answered: i64,
}

/// What a lead comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome<'a> {
    /// Sum of the fit rules, 0 to 100.
    pub fit: i64,
    /// Sum of the engagement rules, 0 to 100.
    pub engagement: i64,
    /// A to D.
    pub grade: &'a str,
    /// What to do with the lead.
    pub decision: &'a str,
    /// Who gets it.
    pub queue: &'a str,
}

/// Scores one lead.
pub fn score(lead: &Lead) -> Outcome<'static> {
    let fit = fit(lead);
    let engagement = engagement(lead);
    let total = fit + engagement;
    let grade = match total {
        90.. => "A",
        65.. => "B",
        40.. => "C",
        _ => "D",
    };
    let (decision, queue) = if lead.is_competitor || lead.is_student || fit < 10 {
        ("disqualified", if lead.is_competitor { "blocked" } else { "archive" })
    } else if fit >= 40 && engagement >= 25 && (lead.has_project || lead.budget.is_some_and(|budget| budget >= 300_000.0)) {
        ("SQL", sales_queue(lead))
    } else if (fit >= 30 && engagement >= 18) || (lead.pricing_page_views >= 3 && fit >= 25) {
        let soon = lead.timeline_months.is_some_and(|months| months <= 3);
        let queue = if lead.source == "referral" {
            "partner_desk"
        } else if total >= 65 && soon {
            "sdr_hot"
        } else {
            "sdr_pool"
        };
        ("MQL", queue)
    } else {
        ("nurture", if lead.downloads >= 1 || lead.webinar_minutes >= 15 { "content_nurture" } else { "drip" })
    };
    Outcome { fit, engagement, grade, decision, queue }
}

fn sales_queue(lead: &Lead) -> &'static str {
    if lead.company_size >= 1000 && matches!(lead.industry.as_str(), "finance" | "government" | "energy") {
        return "key_public";
    }
    if lead.seats >= 200 {
        return "key_account";
    }
    match lead.region.as_str() {
        "广东" | "福建" => "south_ae",
        "上海" | "江苏" | "浙江" => "east_ae",
        _ => "north_ae",
    }
}

fn fit(lead: &Lead) -> i64 {
    let region = lead.region.as_str();
    let size = lead.company_size;
    let mut points = match lead.industry.as_str() {
        "manufacturing" if matches!(region, "广东" | "江苏" | "浙江" | "山东") => 15,
        "manufacturing" | "retail" | "logistics" => 12,
        "finance" | "healthcare" | "energy" => 8,
        "education" | "government" => 4,
        _ => 0,
    };
    points += match size {
        1000.. => 14,
        200.. => 10,
        50.. => 5,
        10.. => 0,
        _ => -10,
    };
    points += match lead.seats {
        100.. => 12,
        20.. => 7,
        _ => 0,
    };
    points += match lead.title_level.as_str() {
        "cxo" | "vp" => 14,
        "director" => 10,
        "manager" if size >= 200 => 6,
        _ => 0,
    };
    let title = lead.title.as_str();
    if title.contains("采购") || title.contains("Procurement") || title.contains("信息") {
        points += 5;
    }
    if title.contains("实习") || title.contains("Intern") || title.contains("student") {
        points -= 15;
    }
    if matches!(region, "广东" | "上海" | "北京" | "江苏" | "浙江") {
        points += 5;
    }
    if let Some(budget) = lead.budget {
        if budget >= 500_000.0 {
            points += 12;
        } else if (100_000.0..=499_999.0).contains(&budget) {
            points += 7;
        } else if budget < 20_000.0 && !lead.has_project {
            points -= 6;
        }
    }
    if lead.timeline_months.is_some_and(|months| months <= 3) {
        points += 10;
    }
    if lead.has_project && matches!(lead.need.as_deref(), Some("replace" | "new_build")) {
        points += 8;
    }
    if lead.is_competitor {
        points -= 40;
    }
    let email = lead.email.as_str();
    if lead.is_student || email.contains(".edu") {
        points -= 20;
    }
    if size >= 500 && (email.contains("@qq.com") || email.contains("@163.com") || email.contains("@gmail.com")) {
        points -= 4;
    }
    points.clamp(0, 100)
}

fn engagement(lead: &Lead) -> i64 {
    let mut points = match lead.answered {
        8.. => 12,
        4.. => 6,
        _ => 0,
    };
    if lead.email_clicks_30d >= 5 {
        points += 10;
    }
    points += match lead.page_views_7d {
        20.. => 10,
        5.. => 5,
        _ => 0,
    };
    points += match lead.pricing_page_views {
        3.. => 15,
        1.. if lead.page_views_7d >= 5 => 7,
        _ => 0,
    };
    if lead.webinar_minutes >= 45 {
        points += 10;
    }
    if lead.downloads >= 3 || (lead.downloads >= 1 && lead.source == "ebook") {
        points += 7;
    }
    points += match lead.source.as_str() {
        "referral" | "event" | "sales_self" => 12,
        "sem" | "seo" if lead.pricing_page_views >= 1 => 6,
        _ => 0,
    };
    if lead.need.is_some() && matches!(lead.utm_source.as_str(), "baidu" | "bing") {
        points += 3;
    }
    points += match lead.days_since_last_activity {
        61.. => -20,
        31.. => -10,
        ..=3 if !lead.is_student => 8,
        _ => 0,
    };
    if lead.vendors_contacted >= 5 {
        points -= 6;
    }
    points.clamp(0, 100)
}
