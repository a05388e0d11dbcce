//! Four families of random policies with forms. Each policy is a document, so that what is measured is what authors write.

use std::fmt::Write;

/// The families: a card with four grades; one cut and a few heavy questions; routes with knock-outs, and questions of different friction; caps, tables over two scores
/// and questions that depend on others.
pub const FAMILIES: [&str; 4] = ["grades", "cut", "routes", "conditional"];

/// A fixed sequence (SplitMix64).
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// From the first number to the last.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1).unsigned_abs()) as i64
    }

    fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }
}

/// A policy of a family, with its questions from the most points to the fewest.
pub struct Made {
    pub text: String,
    pub most_points: Vec<String>,
}

/// One policy with so many questions.
pub fn policy(family: &str, questions: usize, random: &mut Random) -> Made {
    let mut fields = String::new();
    let mut rules: [String; 2] = Default::default();
    let mut asked = String::new();
    let mut spread = Vec::new();
    let (mut least, mut greatest) = (0, 0);
    let mut screen = String::new();
    let mut groups = [String::new(), String::new()];
    let mut gated = 0;
    for at in 0..questions {
        let values = random.between(2, 4);
        let names: Vec<String> = (0..values).map(|value| format!("v{value}")).collect();
        let _ = writeln!(fields, "  q{at}: {{ type: enum, values: [{}] }}", names.join(", "));
        let heavy = family == "cut" && random.chance(25);
        let top = if heavy { 40 } else { 10 };
        let low = if random.chance(30) { -5 } else { 0 };
        let points: Vec<i64> = (0..values).map(|_| random.between(low, top)).collect();
        let (min, max) = (points.iter().min().copied().unwrap_or_default().min(0), points.iter().max().copied().unwrap_or_default().max(0));
        least += min;
        greatest += max;
        spread.push((max - min, at));
        let worth: Vec<String> = names.iter().zip(&points).map(|(name, points)| format!("{name}: {points}")).collect();
        let score = usize::from(family == "conditional" && at % 2 == 1);
        if let (Some(rules), Some(group)) = (rules.get_mut(score), groups.get_mut(score)) {
            let line = format!("r{at}: {{ by: q{at}, points: {{ {} }} }}", worth.join(", "));
            // Some questions share a group with a cap.
            if family == "conditional" && at < 6 {
                let _ = writeln!(group, "          {line}");
            } else {
                let _ = writeln!(rules, "      {line}");
            }
        }
        let cost = match family {
            "routes" | "conditional" => random.between(1, 6) as f64 / 2.0,
            _ => 1.0,
        };
        let weights: Vec<String> = names.iter().map(|name| format!("{name}: {}", random.between(1, 6))).collect();
        let unanswered = random.between(0, 2);
        let when = if family == "conditional" && at >= 4 && gated < 2 && random.chance(40) {
            gated += 1;
            format!(", when: {{ q{}: v0 }}", random.between(0, 3))
        } else {
            String::new()
        };
        if (family == "routes" || family == "conditional") && at >= questions.saturating_sub(3) {
            let _ = writeln!(screen, "  k{at}: {{ when: {{ q{at}: v0 }} }}");
        }
        let _ = writeln!(asked, "    - {{ field: q{at}, label: q{at}, cost: {cost}{when}, prior: {{ {}, unanswered: {unanswered} }} }}", weights.join(", "));
    }
    let part = |share: i64| least + (greatest - least) * share / 100;
    let mut text = format!("leadgate: 1\npolicy: {family}\nversion: \"1\"\nfields:\n{fields}");
    if !screen.is_empty() {
        let _ = write!(text, "screen:\n{screen}");
    }
    text.push_str("scores:\n");
    for (at, (rules, group)) in rules.iter().zip(&groups).enumerate() {
        if rules.is_empty() && group.is_empty() {
            continue;
        }
        let _ = writeln!(text, "  s{at}:");
        if !group.is_empty() {
            let _ = write!(text, "    groups:\n      g:\n        max: {}\n        rules:\n{group}", random.between(8, 20));
        }
        if !rules.is_empty() {
            let _ = write!(text, "    rules:\n{rules}");
        }
    }
    match family {
        "grades" => {
            let _ = writeln!(
                text,
                "tables: {{ grade: {{ outputs: {{ grade: [A, B, C, D] }}, rows: [{{ id: a, when: {{ s0: \">= {}\" }}, then: A }}, {{ id: b, when: {{ s0: \">= {}\" }}, then: B }}, {{ id: c, when: {{ s0: \">= {}\" }}, then: C }}, {{ id: d, then: D }}] }} }}",
                part(70), part(50), part(30)
            );
            let _ = writeln!(text, "ask:\n  settle: grade\n  questions:\n{asked}");
        }
        "conditional" => {
            let _ = writeln!(
                text,
                "route: {{ outcomes: [sales, sdr, nurture], rows: [{{ id: both, when: {{ s0: \">= {}\", s1: \">= {}\" }}, to: sales }}, {{ id: one, when: \"s0 >= {}.0 || s1 >= {}.0\", to: sdr }}], default: nurture }}",
                part(20), part(20), part(30), part(35)
            );
            let _ = writeln!(text, "ask:\n  settle: route\n  questions:\n{asked}");
        }
        _ => {
            let cut = part(random.between(40, 70));
            let more = if family == "routes" { format!(", {{ id: some, when: {{ s0: \">= {}\" }}, to: sdr }}", part(30)) } else { String::new() };
            let _ = writeln!(text, "route: {{ outcomes: [sales, sdr, nurture], rows: [{{ id: good, when: {{ s0: \">= {cut}\" }}, to: sales }}{more}], default: nurture }}");
            let _ = writeln!(text, "ask:\n  settle: route\n  questions:\n{asked}");
        }
    }
    spread.sort_by_key(|&(spread, at)| (std::cmp::Reverse(spread), at));
    Made { text, most_points: spread.iter().map(|(_, at)| format!("q{at}")).collect() }
}
