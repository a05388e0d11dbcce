//! How much friction the plan has over the exact optimum, on the benchmark's families: a small part of them. `cargo bench --all-features --bench asking` measures all.

// Of what the benchmark makes, only the policies are used.
#[path = "../../benches/asking/families.rs"]
#[allow(dead_code)]
mod families;

use families::{FAMILIES, Random, policy};
use leadgate::{Engine, Forecast};

#[test]
fn the_plan_is_near_the_optimum() {
    let mut ratios = Vec::new();
    for family in FAMILIES {
        for seed in 1000..1012 {
            let mut random = Random(seed);
            let questions = random.between(4, 7) as usize;
            let made = policy(family, questions, &mut random);
            let engine = Engine::new(leadgate::compile_str(&made.text).unwrap());
            let Forecast { plan, optimum, samples, .. } = engine.forecast(&Default::default()).unwrap();
            let optimum = optimum.unwrap();
            assert_eq!(samples, 0);
            assert!(plan.friction >= optimum * (1.0 - 1e-9), "{family} {seed}: nothing is below the optimum");
            assert!(plan.friction <= optimum * 1.05 + 1e-9, "{family} {seed}: {} over {optimum}", plan.friction);
            if optimum > 0.0 {
                ratios.push(plan.friction / optimum);
            }
        }
    }
    let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
    assert!(ratios.len() > 40 && mean <= 1.02, "{mean} on average of {}", ratios.len());
}
