use leadgate::{Lead, WalkOptions, AskOptions, Unanswered};
use crate::saas::{Form, VALUES};
use crate::saas::Given::{self, Text};

#[test]
fn count() {
    let form = Form::shipped();
    let titles: Vec<String> = std::fs::read_to_string("policies/saas-inbound/lists/titles.csv").unwrap().lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect();
    let mut leads: Vec<Lead> = vec![form.engine.lead().build()];
    let mut declined = form.engine.lead();
    for (name, _) in VALUES { declined.decline(name).unwrap(); }
    declined.decline("source").unwrap();
    leads.push(declined.build());
    let mut values: Vec<(&str, String)> = Vec::new();
    for t in &titles { for t in [t.clone(), format!("{t}助理"), format!("{t} intern"), format!("intern {t}"), format!("{t}助理 intern"), format!("intern {t} 助理")] { values.push(("title", t)); } }
    for line in std::fs::read_to_string("policies/saas-inbound/lists/provinces.csv").unwrap().lines().skip(1) { values.push(("province", line.split(',').next().unwrap().to_owned())); }
    for (name, all) in VALUES { for g in *all { match g { Text(t) => values.push((name, t.to_string())), Given::Number(n) => { leads.push({ let mut l = form.engine.lead(); l.set(name, *n).unwrap(); l.build() }); }, _ => {} } } }
    for s in "sem seo event livestream referral website zhihu partner sales_self download social".split(' ') { values.push(("source", s.into())); }
    for i in "logistics other".split(' ') { values.push(("industry", i.into())); }
    for (name, value) in &values { let mut l = form.engine.lead(); l.set(name, value.as_str()).unwrap(); leads.push(l.build()); }
    println!("{} leads", leads.len());
    for (limit, known) in [(1, false), (0, false), (1, true), (0, true)] {
        let mut lead = form.engine.lead();
        for (name, _) in VALUES { lead.open(name).unwrap(); }
        if known { lead.open("source").unwrap(); }
        let lead = lead.build();
        let known: Vec<u16> = if known { vec![form.engine.field("source").unwrap()] } else { vec![] };
        let began = std::time::Instant::now();
        let (mut states, mut ways, mut likely) = (0, 0.0, 0.0);
        let found = form.engine.walk(&WalkOptions { lead: &lead, answers: &leads, known: &known, stage: None, asking: AskOptions { limit, submissions: 0 } }, &mut |met| {
            states += 1; if states % 5000 == 0 { eprintln!("{states} {} {:?}", met.answers.len(), began.elapsed()); }
            if met.ask.is_empty() { ways += met.ways; likely += met.likely; assert!(met.settles.is_some()); }
        });
        match found {
            Err(Unanswered::Answers(field, cells)) => println!("{} {cells:?}", form.engine.program().variables[usize::from(field)].name),
            other => println!("{other:?} {states} {ways} {likely} {:?}", began.elapsed()),
        }
    }
}
