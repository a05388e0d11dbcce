//! What a visitor is told of each outcome.

use std::collections::HashMap;

use super::Builder;
use super::names::unknown;
use crate::program::Messages;
use crate::report::{Diagnostic, Span};

impl Builder<'_> {
    /// The messages of `page`: each outcome has one, those that no message names the one without `for`.
    pub fn messages(&mut self) {
        let document = self.document;
        let Some(page) = document.page.as_ref().filter(|page| !page.messages.is_empty()) else { return };
        let routes: Vec<String> = document.outcomes().into_iter().map(str::to_owned).collect();
        let screen: Vec<String> = document.screen.iter().map(|row| ["screened:", &row.id.value].concat()).collect();
        let known: Vec<&str> = routes.iter().chain(&screen).map(String::as_str).collect();
        let mut of: HashMap<&str, (u16, Span)> = HashMap::new();
        let mut otherwise: Option<(u16, Span)> = None;
        for (at, message) in page.messages.iter().enumerate() {
            if message.text.is_empty() {
                let found = Diagnostic::error("missing-text", message.id.span, format!("the message `{}` says nothing", message.id.value));
                self.report.push(found.help("give it a text, or one for each locale: { en: We call you today, zh: 今天致电 }"));
            }
            let Some(outcomes) = &message.outcomes else {
                if let Some((_, first)) = otherwise.replace((at as u16, message.id.span)) {
                    let found = Diagnostic::error("duplicate-message", message.id.span, "two messages are for everything else");
                    self.report.push(found.related(first, "the other one").help("say with `for` which outcomes one of them is for"));
                }
                continue;
            };
            for outcome in outcomes {
                match known.iter().find(|known| **known == outcome.value) {
                    None => self.report.push(unknown("unknown-outcome", outcome, &format!("`{}` does not come out of this policy", outcome.value), &known)),
                    Some(name) => {
                        if let Some((_, first)) = of.insert(name, (at as u16, outcome.span)) {
                            let found = Diagnostic::error("duplicate-message", outcome.span, format!("the outcome `{}` has two messages", outcome.value));
                            self.report.push(found.related(first, "named here first").help("a visitor is told one thing: keep one of them"));
                        }
                    }
                }
            }
        }
        let Some((otherwise, _)) = otherwise else {
            let last = page.messages.last().map_or(Span::default(), |message| message.id.span);
            let found = Diagnostic::error("missing-message", last, "no message is for everything else");
            self.report.push(found.help("add one without `for`: { thanks: { en: Thank you, zh: 谢谢 } }"));
            return;
        };
        let message = |name: &String| of.get(name.as_str()).map_or(otherwise, |(at, _)| *at);
        self.program.messages = Some(Messages {
            ids: page.messages.iter().map(|message| message.id.value.clone()).collect(),
            routes: routes.iter().map(message).collect(),
            screen: screen.iter().map(message).collect(),
            otherwise,
        });
    }
}
