//! What is wrong with what the engine says to ask, by enumeration.

use leadgate::{AskOptions, Certificate, Next, Why};

use crate::form::{Form, Partial};

/// A lead under way of a form, and how it is asked.
pub struct Case<'f> {
    pub form: &'f Form,
    pub goal: usize,
    pub lead: Partial,
    pub options: AskOptions,
    /// Everything is a function of few cells, so that the engine must know exactly.
    pub exact: bool,
}

impl Case<'_> {
    fn questions(&self) -> Vec<usize> {
        (0..self.lead.len()).filter(|&at| self.form.may_ask(&self.lead, at, self.options.submissions)).collect()
    }

    fn matters(&self, fields: &[usize]) -> bool {
        self.form.matter(&self.lead, &|at| fields.contains(&at), &|comes| comes.goals[self.goal])
    }

    /// What is wrong, if anything is, and whether the form is settled.
    pub fn wrong(&self) -> (Option<String>, bool) {
        let next = self.form.next(self.goal, &self.lead, &self.options);
        let told = |why: String| format!("{why}\n{next:?}");
        (self.wrong_with(&next).map(told), next.settled)
    }

    fn wrong_with(&self, next: &Next) -> Option<String> {
        let questions = self.questions();
        let settled = !self.matters(&questions);
        if next.settled && !settled {
            return Some("said to be settled, and is not".to_owned());
        }
        if self.exact && settled && !next.settled {
            return Some("settled, and not said to be".to_owned());
        }
        if next.certificate.is_some() != next.settled {
            return Some("a certificate where it is not settled, or none where it is".to_owned());
        }
        self.wrong_page(next, &questions).or_else(|| self.wrong_certificate(next.certificate.as_ref()?, &questions))
    }

    fn wrong_page(&self, next: &Next, questions: &[usize]) -> Option<String> {
        let ask: Vec<usize> = next.ask.iter().map(|&field| self.form.axis(self.goal, field)).collect();
        let limit = self.limit();
        if ask.len() > limit {
            return Some(format!("more than {limit} questions"));
        }
        for (place, &at) in ask.iter().enumerate() {
            let axis = &self.form.axes[at];
            if ask[..place].contains(&at) {
                return Some(format!("`{}` is asked twice", axis.name));
            }
            if !questions.contains(&at) {
                return Some(format!("`{}` is asked, and is not open or not to be asked yet", axis.name));
            }
            if self.form.applies(&self.lead, at) != Some(true) {
                return Some(format!("`{}` is asked, and may not apply", axis.name));
            }
            if self.exact && !axis.sure && (next.settled || !self.matters(&[at])) {
                return Some(format!("`{}` is asked, and cannot change anything", axis.name));
            }
        }
        let applies: Vec<usize> = questions.iter().copied().filter(|&at| self.form.applies(&self.lead, at) == Some(true)).collect();
        let sure: Vec<usize> = applies.iter().copied().filter(|&at| self.form.axes[at].sure).collect();
        let first = ask.iter().take(sure.len()).filter(|at| sure.contains(at)).count();
        if first < sure.len().min(limit) {
            return Some("what is asked in any case does not come first".to_owned());
        }
        if !next.settled && ask.is_empty() && applies.iter().any(|&at| self.matters(&[at])) {
            return Some("nothing is asked, and something could change the goal".to_owned());
        }
        None
    }

    fn limit(&self) -> usize {
        let of_policy = self.form.documents[self.goal]["ask"]["per_visit"].as_u64();
        self.options.limit.map_or(of_policy.unwrap_or(1), u64::from) as usize
    }

    fn wrong_certificate(&self, certificate: &Certificate, questions: &[usize]) -> Option<String> {
        let mut said: Vec<String> = certificate.comes_to.iter().map(|&settles| self.form.told(self.goal, settles)).collect();
        let mut comes: Vec<&str> = Vec::new();
        // The table has scores by name.
        let names = self.form.scores(self.goal);
        let mut sorted: Vec<usize> = (0..names.len()).collect();
        sorted.sort_by_key(|&at| names[at]);
        let mut outside = None;
        self.form.completions(&self.lead, &mut |number| {
            let decided = &self.form.table[number];
            let word = self.form.words.told(decided.goals[self.goal]);
            if !comes.contains(&word) {
                comes.push(word);
            }
            for (score, &at) in decided.scores.iter().zip(&sorted) {
                let range = certificate.scores[at];
                if score.is_some_and(|score| range.is_none_or(|(low, high)| score < low || high < score)) {
                    outside = Some(format!("`{}` is {score:?} and not in {range:?}", names[at]));
                }
            }
        });
        comes.sort_unstable();
        said.sort();
        if self.exact && said != comes || comes.iter().any(|word| !said.iter().any(|said| said == word)) {
            return Some(format!("it is said to come to {said:?}, and comes to {comes:?}"));
        }
        if outside.is_some() {
            return outside;
        }
        let mut remaining: Vec<usize> = certificate.remaining.iter().map(|&(field, _)| self.form.axis(self.goal, field)).collect();
        remaining.sort_unstable();
        if remaining != questions {
            return Some(format!("{remaining:?} are said to remain, and {questions:?} do"));
        }
        for &(field, why) in &certificate.remaining {
            let at = self.form.axis(self.goal, field);
            let wrong = match why {
                Why::Unread => self.form.matter(&self.lead, &|other| other == at, &|comes| comes.rest),
                Why::Masked => self.form.applies(&self.lead, at) != Some(false),
                Why::Idle => self.exact && self.form.applies(&self.lead, at) == Some(false) && self.form.matter(&self.full(), &|other| other == at, &|comes| comes.rest),
            };
            if wrong {
                return Some(format!("`{}` is said to be {why:?}, and is not", self.form.axes[at].name));
            }
        }
        None
    }

    /// The lead of which everything is open.
    fn full(&self) -> Partial {
        vec![None; self.lead.len()]
    }
}
