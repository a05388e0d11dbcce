//! Following what the engine says to the end of a form, with answers that were drawn before.

use leadgate::AskOptions;

use crate::form::{Form, Partial};
use crate::reference::random::Random;

/// How a walk through a form went.
pub struct Walk {
    pub asked: usize,
    pub visible: usize,
}

/// Answers what is asked until nothing is; `answers` has them all, and what is open has a question of the form.
pub fn walk(form: &Form, goal: usize, lead: &Partial, answers: &[usize], options: &AskOptions) -> Result<Walk, String> {
    let mut lead = lead.clone();
    let full = form.number(answers);
    let open: Vec<usize> = (0..lead.len()).filter(|&at| lead[at].is_none()).collect();
    let visible = open.iter().filter(|&&at| form.table[full].applies[at]).count();
    let mut asked = 0;
    loop {
        let next = form.next(goal, &lead, options);
        if next.ask.is_empty() {
            let comes = form.words.told(form.table[full].goals[goal]);
            return match &next.certificate {
                None => Err(format!("nothing is asked any more, and it is not settled: {lead:?}")),
                Some(certificate) if certificate.comes_to.iter().map(|&settles| form.told(goal, settles)).ne([comes.to_owned()]) => Err(format!("the full form comes to {comes}, and the short one to {certificate:?}")),
                Some(_) if asked > visible => Err(format!("{asked} questions are asked, and the full form shows {visible}")),
                Some(_) => Ok(Walk { asked, visible }),
            };
        }
        for field in next.ask {
            let at = form.axis(goal, field);
            if lead[at].is_some() {
                return Err(format!("`{}` is asked again", form.axes[at].name));
            }
            lead[at] = Some(answers[at]);
            asked += 1;
        }
    }
}

/// Answers in an order, some of them wrong at first and put right later, some taken back: what is asked is the same as for a lead that was given so at once.
pub fn wanders(form: &Form, goal: usize, lead: &Partial, options: &AskOptions, random: &mut Random) -> Option<String> {
    let (at_once, stage) = form.lead(goal, lead);
    let subject = &form.subjects[goal];
    let expected = subject.engine().next(&at_once, stage, options);
    let mut order: Vec<usize> = (0..lead.len()).collect();
    let mut builder = subject.engine().lead();
    for _ in 0..2 {
        random.shuffle(&mut order);
        for &at in &order {
            subject.put(&mut builder, &form.axes[at].name, random.pick(&form.axes[at].entries));
            // On the way, too, it only looks.
            if random.chance(10) {
                subject.engine().next(&builder.build(), stage, options);
            }
        }
    }
    random.shuffle(&mut order);
    let answers = form.answers(lead);
    for &at in &order {
        subject.put(&mut builder, &form.axes[at].name, &answers[&form.axes[at].name]);
    }
    let found = subject.engine().next(&builder.build(), stage, options);
    (found != expected).then(|| format!("at once {expected:?}\nin the end {found:?}"))
}
