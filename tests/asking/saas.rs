//! The shipped inbound form, asked to its end.
//!
//! *Exhaustively*, with all of it answered but six questions: every answer to these, in every order in which `next` asks them. *Drawn*, from the first question on. Both with what
//! the page knows of the channel, and with and without what enrichment knows. Routes are those of full forms, which the engine decides; there are never more questions than
//! these show, and fewer on average.

use std::collections::BTreeMap;
use std::path::Path;

use leadgate::document::Folder;
use leadgate::{AskOptions, Engine, Lead, Outcome, Settles};

use crate::reference::random::Random;

/// An answer: absent, declined, or a value from the form or from a record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Given {
    Absent,
    Declined,
    Text(&'static str),
    Number(i64),
}
use Given::{Number, Text};

/// A value for each way in which the policy's conditions tell answers to a question apart.
pub const VALUES: &[(&str, &[Given])] = &[
    ("main_need", &[Text("replace"), Text("new_build"), Text("expand"), Text("compare"), Text("learn")]),
    ("seats", &[Number(5), Number(50), Number(200), Number(800)]),
    ("industry", &[Text("manufacturing"), Text("finance"), Text("retail"), Text("medical"), Text("education"), Text("internet"), Text("government")]),
    ("project", &[Text("approved"), Text("planned"), Text("none")]),
    ("budget", &[Number(0), Number(5000), Number(50_000), Number(200_000), Number(900_000)]),
    ("timeline_months", &[Number(2), Number(5), Number(9), Number(20)]),
    ("situation", &[Text("paper"), Text("spreadsheet"), Text("own_system"), Text("vendor_system")]),
    ("current_tool", &[Text("OA")]),
    ("title", &[
        Text("首席信息官"), Text("首席信息官助理"), Text("ceo"), Text("cmo"), Text("cto"), Text("cfo"), Text("it manager"), Text("校长"), Text("采购经理"), Text("产品经理"), Text("工程师"), Text("实习生"),
        Text("marketing intern"), Text("在读学生"), Text("gardener"),
    ]),
    ("responsibility", &[Text("decides"), Text("evaluates"), Text("uses")]),
    ("vendors_met", &[Number(3)]),
    ("province", &[Text("上海"), Text("北京"), Text("广东"), Text("四川"), Text("云南省"), Text("Oslo")]),
    ("company", &[Text("东海精密制造有限公司"), Text("测试公司")]),
    ("name", &[Text("王敏"), Text("测试")]),
    ("mobile", &[Text("15400139001"), Text("没有手机")]),
    ("email", &[Text("wang.min@donghai.example"), Text("boss@qq.com"), Text("x@mailinator.com")]),
];
/// What the page knows of where somebody comes from.
const SOURCES: &[Given] = &[Given::Absent, Text("sem"), Text("seo"), Text("download"), Text("sales_self")];
/// What enrichment tells of a company.
pub const ENRICHED: &[&str] = &["company", "industry", "province", "seats"];

pub struct Form {
    pub engine: Engine,
    costs: BTreeMap<&'static str, f64>,
}

/// What is given of a lead, with whether it stands on record.
pub type Answers = BTreeMap<&'static str, (Given, bool)>;

impl Form {
    pub fn shipped() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/saas-inbound");
        let (program, _) = leadgate::author("policy.yaml", &Folder(folder)).compiled.expect("the policy compiles");
        let engine = Engine::new(program);
        let cost = |name: &str| engine.program().fields[usize::from(engine.field(name).unwrap())].cost as f64 / 1000.0;
        let costs = VALUES.iter().map(|(name, _)| (*name, cost(name))).collect();
        Self { engine, costs }
    }

    pub fn lead(&self, answers: &Answers, open: bool) -> Lead {
        let mut lead = self.engine.lead();
        for (name, (given, record)) in answers {
            match given {
                Given::Absent => lead.absent(name),
                Given::Declined => lead.decline(name),
                Text(text) if *record => lead.record(name, *text),
                Text(text) => lead.set(name, *text),
                Number(number) if *record => lead.record(name, *number),
                Number(number) => lead.set(name, *number),
            }
            .unwrap_or_else(|error| panic!("{name}: {given:?}: {error:?}"));
        }
        if open {
            for (name, _) in VALUES.iter().filter(|(name, _)| !answers.contains_key(name)) {
                lead.open(name).unwrap();
            }
        }
        lead.build()
    }

    pub fn route(&self, answers: &Answers) -> Outcome {
        self.engine.decide(&self.lead(answers, false), None).outcome
    }

    /// Which questions apply to what is answered.
    pub fn shown(&self, answers: &Answers) -> Vec<&'static str> {
        let applies = self.engine.form(&self.lead(answers, false));
        let questions = &self.engine.program().ask.questions;
        let applies = |name: &str| questions.iter().position(|&field| Some(field) == self.engine.field(name)).is_some_and(|at| applies[at]);
        VALUES.iter().map(|(name, _)| *name).filter(|name| applies(name)).collect()
    }

    /// What to ask, and what it comes to where that is settled.
    pub fn next(&self, answers: &Answers, limit: u32) -> (Vec<&'static str>, Option<Outcome>) {
        let next = self.engine.next(&self.lead(answers, true), None, &AskOptions { limit, submissions: 0 });
        let name = |field: &u16| VALUES.iter().map(|(name, _)| *name).find(|name| self.engine.field(name) == Some(*field)).expect("a question of the form");
        let comes = next.certificate.map(|certificate| match certificate.comes_to[..] {
            [Settles::Outcome(outcome)] => outcome,
            ref other => panic!("the route comes to {other:?}"),
        });
        (next.ask.iter().map(name).collect(), comes)
    }
}

/// How many questions were asked, and what they cost.
#[derive(Debug, Default, Clone, Copy)]
struct Cost(f64, f64);

impl Cost {
    fn add(&mut self, form: &Form, asked: &[&'static str]) {
        self.0 += asked.len() as f64;
        self.1 += asked.iter().map(|name| form.costs[name]).sum::<f64>();
    }
}

/// Walks every answer to what is open, and checks every end of it against every completion.
struct Walk<'f> {
    form: &'f Form,
    limit: u32,
    ends: usize,
    decided: usize,
}

impl Walk<'_> {
    fn walk(&mut self, answers: &mut Answers, asked: &mut Vec<&'static str>) {
        let (ask, comes) = self.form.next(answers, self.limit);
        if ask.is_empty() {
            let comes = comes.expect("what is not settled asks on");
            self.ends += 1;
            self.complete(answers, asked, comes, &mut VALUES.iter().map(|(name, _)| *name).filter(|name| !answers.contains_key(name)).collect::<Vec<_>>());
            return;
        }
        assert!(ask.iter().all(|name| !answers.contains_key(name)), "{ask:?} of {answers:?}");
        let before = asked.len();
        asked.extend(&ask);
        self.answer(answers, asked, &ask);
        asked.truncate(before);
    }

    /// Everything that can be answered on a page.
    fn answer(&mut self, answers: &mut Answers, asked: &mut Vec<&'static str>, page: &[&'static str]) {
        let Some((&name, page)) = page.split_first() else { return self.walk(answers, asked) };
        for given in all(name) {
            answers.insert(name, (given, false));
            self.answer(answers, asked, page);
        }
        answers.remove(name);
    }

    /// Every completion has the route, and its full form shows what was asked.
    fn complete(&mut self, answers: &mut Answers, asked: &[&'static str], comes: Outcome, rest: &mut Vec<&'static str>) {
        let Some(name) = rest.pop() else {
            self.decided += 1;
            assert_eq!(self.form.route(answers), comes, "{answers:?}");
            let shown = self.form.shown(answers);
            assert!(asked.iter().all(|name| shown.contains(name)), "{asked:?} are asked, {shown:?} are shown: {answers:?}");
            return;
        };
        for given in all(name) {
            answers.insert(name, (given, false));
            self.complete(answers, asked, comes, rest);
        }
        answers.remove(name);
        rest.push(name);
    }
}

fn all(name: &str) -> impl Iterator<Item = Given> + use<> {
    let values = VALUES.iter().find(|(known, _)| *known == name).expect("a question of the form").1;
    [Given::Absent, Given::Declined].into_iter().chain(values.iter().copied())
}

/// Somebody's answers to everything: declined now and then, otherwise each as likely as none.
fn person(random: &mut Random) -> Answers {
    let answer = |random: &mut Random, name: &'static str| {
        let all: Vec<Given> = all(name).collect();
        (name, (if random.chance(3) { Given::Declined } else { *random.pick(&[&all[..1], &all[2..]].concat()) }, false))
    };
    VALUES.iter().map(|(name, _)| answer(random, name)).collect()
}

fn known(answers: &mut Answers, person: &Answers, source: Given, enriched: bool) {
    answers.insert("source", (source, false));
    if enriched {
        for &name in ENRICHED {
            let values = VALUES.iter().find(|(known, _)| *known == name).unwrap().1;
            let given = if matches!(person[name].0, Given::Absent | Given::Declined) { values[0] } else { person[name].0 };
            answers.insert(name, (given, true));
        }
    }
}

#[test]
fn every_answer_to_the_last_questions() {
    let form = Form::shipped();
    let mut random = Random::new(1);
    let last: [&[&str]; 3] = [&["project", "budget", "timeline_months", "main_need", "mobile"], &["title", "industry", "email", "company"], &["seats", "email", "mobile", "province", "name"]];
    let (mut ends, mut decided) = (0, 0);
    for (number, open) in last.into_iter().enumerate() {
        for enriched in [false, true] {
            for limit in [1, 0] {
                let mut answers = person(&mut random);
                known(&mut answers, &person(&mut random), SOURCES[(number + usize::from(enriched)) % SOURCES.len()], enriched);
                open.iter().filter(|name| !enriched || !ENRICHED.contains(name)).for_each(|name| {
                    answers.remove(name);
                });
                let mut walk = Walk { form: &form, limit, ends: 0, decided: 0 };
                walk.walk(&mut answers, &mut Vec::new());
                (ends, decided) = (ends + walk.ends, decided + walk.decided);
            }
        }
    }
    println!("{ends} ways to the end of forms, {decided} full forms decided");
    assert!(ends > 200 && decided > 10_000, "{ends} ways, {decided} full forms");
}

#[test]
fn whole_forms_are_shorter() {
    let form = Form::shipped();
    let people: usize = std::env::var("LEADGATE_CASES").map_or(60, |text| text.parse::<usize>().expect("LEADGATE_CASES is a number") / 100);
    for enriched in [false, true] {
        let mut random = Random::new(2 + u64::from(enriched));
        let [mut full, mut ordered, mut planned, mut paged] = [Cost::default(); 4];
        for number in 0..people {
            let person = person(&mut random);
            let mut begin = Answers::new();
            known(&mut begin, &person, SOURCES[number % SOURCES.len()], enriched);
            let mut answers = person.clone();
            answers.extend(begin.clone());
            let route = form.route(&answers);
            let shown: Vec<&str> = form.shown(&answers).into_iter().filter(|name| !begin.contains_key(name)).collect();
            full.add(&form, &shown);
            // The form's order, until nothing can change any more.
            let (mut lead, mut asked) = (begin.clone(), Vec::new());
            let required = |name: &str| form.engine.program().fields[usize::from(form.engine.field(name).unwrap())].required;
            for &name in &shown {
                if required(name) || form.next(&lead, 1).1.is_none() {
                    lead.insert(name, answers[name]);
                    asked.push(name);
                }
            }
            ordered.add(&form, &asked);
            for (limit, cost) in [(1, &mut planned), (0, &mut paged)] {
                let (mut lead, mut asked) = (begin.clone(), Vec::new());
                loop {
                    let (ask, comes) = form.next(&lead, limit);
                    if ask.is_empty() {
                        assert_eq!(comes, Some(route), "{answers:?}\nwith {lead:?}");
                        break;
                    }
                    for name in ask {
                        assert!(shown.contains(&name) && lead.insert(name, answers[name]).is_none(), "{name} of {shown:?}: {lead:?}");
                        asked.push(name);
                    }
                }
                assert!(asked.len() <= shown.len(), "{asked:?} of {shown:?}");
                cost.add(&form, &asked);
            }
        }
        println!("enriched: {enriched}, {people} people; questions and friction on average");
        for (way, cost) in [("everything", full), ("form order", ordered), ("one by one", planned), ("by pages", paged)] {
            println!("  {way:<12} {:>6.2} {:>6.2}", cost.0 / people as f64, cost.1 / people as f64);
        }
        assert!(planned.0 < full.0 && planned.1 < full.1 && planned.1 < ordered.1 && paged.1 < full.1, "{full:?} {ordered:?} {planned:?} {paged:?}");
    }
}
