//! What forms cost their visitors: `cargo bench --all-features --bench asking`.
//!
//! For each family of random policies, and for the shipped ones, the expected friction of several ways of asking over the exact optimum, and the optimum over what nobody can
//! go below. `-- --policies 20 --questions 8` makes a smaller run; `-- --walk` walks the shipped inbound form instead,
//! `-- --shipped` measures the shipped policies alone, and `-- --programs FOLDER` writes programs for `next.mjs`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs, reason = "a measurement, run by hand")]

mod families;
mod walk;

use std::path::Path;
use std::time::Instant;

use families::{FAMILIES, Random, policy};
use leadgate::{AskOptions, Engine, Forecast, ForecastOptions};

/// Ways of asking, by their column.
const WAYS: [&str; 5] = ["everything", "form order", "most points", "best order", "leadgate"];

/// What was found of a policy.
struct Found {
    ratios: [Option<f64>; 5],
    floor: Option<f64>,
    next: f64,
    questions: f64,
    /// How long the policy took to compile.
    compiled: f64,
    optimum: Option<f64>,
    /// The plan by pages over the best pages.
    pages: Option<f64>,
}

/// How many questions a page has whose best is looked for, and how many a form then has at most.
const PAGE: u32 = 3;
const PAGED: usize = 8;

fn found(engine: &Engine, most_points: &[String], compiled: f64) -> Option<Found> {
    let order = most_points.iter().filter_map(|name| engine.field(name)).collect();
    let Forecast { everything, form_order, plan, optimum, floor, best_order, orders, .. } = engine.forecast(&ForecastOptions { orders: vec![order], limit: 1, ..Default::default() })?;
    let over = |friction: f64| optimum.filter(|&least| least > 0.0).map(|least| friction / least);
    // A plan by pages is measured against every page, where these are few enough.
    let paged = if engine.program().ask.questions.len() <= PAGED { engine.forecast(&ForecastOptions { limit: PAGE, ..Default::default() })?.pages } else { None };
    let pages = paged.and_then(|pages| Some(pages.plan.friction / pages.optimum.filter(|least| least.friction > 0.0)?.friction));
    let mut lead = engine.lead();
    for &field in &engine.program().ask.questions {
        lead.open(&engine.program().variables.get(usize::from(field))?.name).ok()?;
    }
    let lead = lead.build();
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            let begun = Instant::now();
            std::hint::black_box(engine.next(&lead, None, &AskOptions { limit: 1, ..Default::default() }));
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    Some(Found {
        ratios: [
            over(everything.friction),
            over(form_order.friction),
            orders.first().copied().flatten().and_then(over).filter(|_| !most_points.is_empty()),
            best_order.and_then(|(_, friction)| over(friction)),
            over(plan.friction),
        ],
        floor: floor.zip(optimum).filter(|(floor, _)| *floor > 0.0).map(|(floor, optimum)| optimum / floor),
        next: times.get(2).copied()?,
        questions: plan.questions,
        compiled,
        optimum,
        pages,
    })
}

fn mean_and_most(values: impl Iterator<Item = f64>) -> Option<(f64, f64, usize)> {
    let values: Vec<f64> = values.collect();
    (!values.is_empty()).then(|| (values.iter().sum::<f64>() / values.len() as f64, values.iter().copied().fold(0.0, f64::max), values.len()))
}

fn shown(value: Option<(f64, f64, usize)>) -> String {
    value.map_or("-".into(), |(mean, most, _)| format!("{mean:.3} / {most:.3}"))
}

fn argument(name: &str, otherwise: usize) -> usize {
    let arguments: Vec<String> = std::env::args().collect();
    arguments.iter().position(|argument| argument == name).and_then(|at| arguments.get(at + 1)?.parse().ok()).unwrap_or(otherwise)
}

fn main() {
    let (policies, most) = (argument("--policies", 200), argument("--questions", 12));
    if std::env::args().any(|argument| argument == "--shipped") {
        return shipped();
    }
    if let Some(folder) = std::env::args().skip_while(|argument| argument != "--programs").nth(1) {
        return programs(Path::new(&folder), most);
    }
    if std::env::args().any(|argument| argument == "--walk") {
        return walk::walk();
    }
    println!("friction over the exact optimum, mean / most; then the optimum over the floor; then milliseconds of one `next` with nothing answered, median / most\n");
    println!("| family | policies | {} | optimum over floor | pages of {PAGE} over the best, up to {PAGED} questions | next, ms | compiled, ms |", WAYS.join(" | "));
    println!("|---|---:|{}---:|---:|---:|", "---:|".repeat(WAYS.len()));
    for family in FAMILIES {
        let mut all = Vec::new();
        let mut seed = 0;
        while all.len() < policies {
            let mut random = Random(seed);
            seed += 1;
            let questions = random.between(6, most as i64) as usize;
            let made = policy(family, questions, &mut random);
            let begun = Instant::now();
            let program = leadgate::compile_str(&made.text).unwrap_or_else(|errors| panic!("{family} {seed}: {errors}\n{}", made.text));
            let compiled = begun.elapsed().as_secs_f64() * 1e3;
            if let Some(found) = found(&Engine::new(program), &made.most_points, compiled).filter(|found| found.optimum.is_some_and(|optimum| optimum > 0.0)) {
                all.push(found);
            }
        }
        row(family, &all);
    }
    shipped();
}

/// Writes programs of each family with so many questions, for measurements elsewhere.
fn programs(folder: &Path, questions: usize) {
    std::fs::create_dir_all(folder).unwrap();
    for family in FAMILIES {
        for seed in 0..10 {
            let made = policy(family, questions, &mut Random(seed));
            std::fs::write(folder.join(format!("{family}-{seed}")), leadgate::compile_str(&made.text).unwrap().to_bytes()).unwrap();
        }
    }
}

/// The policies that come with the package.
fn shipped() {
    println!("\n| shipped policy | {} | optimum over floor | optimum | questions asked | next, ms | compiled, ms |", WAYS.join(" | "));
    println!("|---|{}---:|---:|---:|---:|", "---:|".repeat(WAYS.len()));
    let mut names: Vec<_> = std::fs::read_dir("policies").unwrap().filter_map(|entry| Some(entry.ok()?.path())).collect();
    names.sort();
    for path in names {
        let begun = Instant::now();
        let Ok(program) = leadgate::compile_file(path.join("policy.yaml")) else { continue };
        let compiled = begun.elapsed().as_secs_f64() * 1e3;
        let Some(found) = found(&Engine::new(program), &[], compiled) else { continue };
        let ratios: Vec<String> = found.ratios.iter().map(|ratio| ratio.map_or("-".into(), |ratio| format!("{ratio:.3}"))).collect();
        let number = |value: Option<f64>| value.map_or("-".into(), |value| format!("{value:.3}"));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        println!("| {name} | {} | {} | {} | {:.2} | {:.2} | {:.1} |", ratios.join(" | "), number(found.floor), number(found.optimum), found.questions, found.next, found.compiled);
    }
}

fn row(name: &str, all: &[Found]) {
    let ways: Vec<String> = (0..WAYS.len()).map(|way| shown(mean_and_most(all.iter().filter_map(|found| found.ratios.get(way).copied().flatten())))).collect();
    let mut times: Vec<f64> = all.iter().map(|found| found.next).collect();
    times.sort_by(f64::total_cmp);
    let (median, slowest) = (times.get(times.len() / 2).copied().unwrap_or_default(), times.last().copied().unwrap_or_default());
    let slow = all.iter().map(|found| found.compiled).fold(0.0, f64::max);
    let pages = shown(mean_and_most(all.iter().filter_map(|found| found.pages)));
    println!("| {name} | {} | {} | {} | {pages} | {median:.2} / {slowest:.2} | {slow:.1} |", all.len(), ways.join(" | "), shown(mean_and_most(all.iter().filter_map(|found| found.floor))));
}
